import Pool

extension Pool {
  /// All items, for small pools.
  func items() throws -> [Item] { try items(in: nil, from: 0, limit: Int.max) }
}
