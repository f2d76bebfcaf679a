public import Foundation

/// A MedMNIST-style archive: `train_images`, `train_labels`, and the same for `val` and `test`.
///
/// Yang et al. *MedMNIST v2.* Scientific Data 10, 41 (2023). Images are `[N, height, width]` or
/// `[N, height, width, 3]`; labels are `[N, L]` whole numbers, L > 1 where an image has several.
public struct MedMNIST: Sendable {
  /// The given splits.
  public enum Part: String, Sendable, CaseIterable {
    case train, val, test
  }

  private let archive: NPZReader

  /// Opens a file that has all six arrays; their sizes are checked when they are read.
  ///
  /// - Throws: `ImageError` naming an array that is missing.
  public init(_ url: URL) throws {
    archive = try NPZReader(url)
    for part in Part.allCases {
      for name in ["\(part.rawValue)_images", "\(part.rawValue)_labels"]
      where !archive.names.contains(name) {
        throw ImageError(.missing("the array '\(name)'"), format: .npz, place: url.path)
      }
    }
  }

  /// The images of a split; `image(_:)` gives one.
  public func images(_ part: Part) throws -> StoredArray {
    try archive.array(part.rawValue + "_images")
  }

  /// The labels of a split, a list for each image.
  public func labels(_ part: Part) throws -> [[Int]] {
    let array = try archive.array(part.rawValue + "_labels")
    guard let count = array.shape.first, (1...2).contains(array.shape.count) else {
      throw ImageError(.unsupported("labels that are no [N, L]"), format: .npz)
    }
    let width = array.shape.count == 2 ? array.shape[1] : 1
    let values = array.ints
    return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }
}
