public import Foundation

/// What the sub-folders of a source mean.
public enum FolderMeaning: String, Sendable, Codable, CaseIterable {
  /// Classes where they look like it (see `FolderClasses`), else nothing.
  case automatic
  /// The first sub-folder names the class; its name is kept in clear.
  case classes
  /// The first sub-folder names the group; only a pseudonym of it is kept.
  case groups
  /// Nothing.
  case nothing
}

/// How a source is imported.
public struct ImportOptions: Sendable {
  /// A table with one row an image: file, class or mask, group, split.
  public var labels: URL?
  /// The names of the table's columns.
  public var columns = LabelColumns()
  /// A folder of masks named like the images (suffixes may differ).
  public var masks: URL?
  /// What the values of mask files mean: value `maskValues[c]` is class c.
  ///
  /// Nil: a value is its class, and 255 is ignored.
  public var maskValues: [Int]?
  /// What the labels are; nil: what the labels show.
  public var mode: PoolMode?
  /// The classes in the order of their numbers; nil: those that occur, sorted.
  public var classes: [String]?
  /// What sub-folders mean where there is no labels file.
  public var folders = FolderMeaning.automatic
  /// The share of groups to be tested on, among those whose split is not given.
  public var testShare = 0.2
  /// From which the split is drawn.
  public var seed: UInt64 = 0
  /// Whether only the files that the labels file names are imported.
  public var listedOnly = false
  /// Whether the labels are kept as hidden truth.
  public var asTruth = false
  /// Which frames of volumes and other files with several are imported.
  public var frames = FrameChoice.all
  /// Which channel of an nnU-Net data set is imported, from 0.
  public var channel = 0
  /// Whether files that an earlier import could not use are decoded again.
  public var retry = false
  /// Where files are decoded.
  public var decoding = Decoding.inProcess
  /// Threads that decode.
  public var threads = 2
  /// The label of the progress bar; nil for none.
  public var progress: String? = "import"

  /// The usual import.
  public init() {}
}
