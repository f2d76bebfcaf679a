import Imaging

/// A run of images inside an archive.
struct ArchiveBlock: Sendable {
  /// The number of its first image among all of the archive.
  let firstFrame: Int
  /// How many images it has.
  let count: Int
  /// The class of each image; empty where they have none.
  let labels: [Int]
  /// Reads them as the frames of one image.
  let read: @Sendable () throws -> ImageBuffer
}
