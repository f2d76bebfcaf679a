/// How close an item stands to its nearest neighbours.
enum Typicality {
  private static let most = 4096

  /// 1 / (mean distance to the k nearest other members + 10⁻⁵); 0 where k is 0.
  ///
  /// - Complexity: O(m·min(m, 4096)·width) for m members.
  static func values(_ members: [Int], _ points: Points, neighbours k: Int) throws -> [Double] {
    if k == 0 { return Array(repeating: 0, count: members.count) }
    // Members come in the order of places, so that a prefix is a uniform sample.
    let others = Array(members.prefix(most))
    return try Neighbours.means(members, among: others, points, nearest: k) {
      Double($0).squareRoot()
    }.map { 1 / ($0 + 1e-5) }
  }
}
