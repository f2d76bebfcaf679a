public import ArgumentParser
import Base
import Foundation
public import Pool

/// `pipeline import`: images, masks and labels into a pool.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring images, masks and labels into a pool.",
    discussion: """
      SOURCE is a folder, a MedMNIST archive (.npz) or an image file. Example:
        pipeline import scans/ --pool pool --labels scans/labels.csv

      The labels file has the columns file, label (or mask), group and split; other names by the
      options below. With --mode multi-label a label is several classes with | between them, or -
      for none; or there is a column for each class, with 0 or 1. Without a labels file, a folder with images/ and masks/ is read by names, and sub-folders
      that look like classes are classes; an nnU-Net v2 folder is read by its dataset.json. The
      slices of a DICOM series stand in anatomical order, and those of a patient are a group. A group
      is never on two sides of a split.

      Given again, an import goes on where it stopped and adds nothing twice. Names of files and
      groups are not kept, only pseudonyms; names of classes are.

      Files are decoded in processes of their own, with limits of memory and time: one that crashes
      or hangs its decoder is set aside with the reason, and the import goes on. See them with
      `pipeline pool quarantine`.
      """)

  @Argument(help: "A folder, a .npz archive, or an image file.")
  var source: String

  @OptionGroup var place: PoolOptions
  @OptionGroup var labels: LabelOptions
  @OptionGroup var decoding: DecodeLimitOptions

  @Option(help: "classification, segmentation or multi-label; else what the labels show.")
  var mode: PoolMode?

  @Option(help: "The classes in the order of their numbers, comma-separated.")
  var classes: String?

  @Option(help: "What sub-folders are: automatic, classes, groups or nothing.")
  var folders = FolderMeaning.automatic

  @Option(help: "The share of groups to test on, where no split is given.")
  var testShare = 0.2

  @Option(help: "From which the split is drawn.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Which slices of volumes and which frames of long files: slices, middle or every:N.",
      valueName: "choice"))
  var volumes = FrameChoice.all

  @Option(help: "Which channel of an nnU-Net data set, from 0.")
  var channel = 0

  @Option(help: "Threads that decode, each with a process of its own.")
  var threads = 2

  @Flag(help: "Decode again what an earlier import could not use.")
  var retry = false

  @Flag(help: "Import only the files that the labels file names.")
  var listedOnly = false

  @Flag(help: "Keep the labels as hidden truth: only oracles and evaluations read them.")
  var truth = false

  @Flag(help: "End with an error where a file was quarantined.")
  var strict = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    if !(0...1).contains(testShare) { throw ValidationError("--test-share is from 0 to 1") }
    if threads < 1 { throw ValidationError("--threads is at least 1") }
  }

  func run() throws {
    StopSignal.install()
    let key = try place.pseudonymKey()
    let pool = Pool.exists(place.url) ? try Pool.open(place.url) : try Pool.create(place.url)
    let summary = try Importer(pool, options: try options(), key: key)
      .run(URL(fileURLWithPath: source))
    print(json ? try encoded(summary) : Self.table(summary))
    if strict, summary.quarantined > 0 { throw PoolError.setAside(summary.quarantined) }
    if summary.isPartial { throw ArgumentParser.ExitCode(Base.ExitCode.partial.rawValue) }
  }

  private func options() throws -> ImportOptions {
    var options = ImportOptions()
    options.labels = labels.labels.map { URL(fileURLWithPath: $0) }
    options.columns = labels.columns
    options.masks = labels.masks.map { URL(fileURLWithPath: $0) }
    options.maskValues = try parsedMaskValues(labels.maskValues)
    options.mode = mode
    options.classes = classes?.split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    options.folders = folders
    options.testShare = testShare
    options.seed = seed
    options.listedOnly = listedOnly
    options.asTruth = truth
    options.threads = threads
    options.frames = volumes
    options.channel = channel
    options.retry = retry
    options.decoding = .helper(program: "/proc/self/exe", decoding.limits)
    return options
  }

  private static func table(_ summary: ImportSummary) -> String {
    var rows: [(String, String)] = [
      ("files", "\(summary.files)" + (summary.ignored > 0 ? " (+\(summary.ignored) ignored)" : "")),
      ("items", "\(summary.items), \(summary.added) of them new"),
      ("copies merged", "\(summary.merged)"), ("copies held", "\(summary.held)"),
      ("quarantined", "\(summary.quarantined)"), ("labels added", "\(summary.labels)"),
      ("groups in pool", "\(summary.groups)"),
    ]
    for split in Split.allCases {
      rows.append(("\(split) in pool", "\(summary.splits[split.description] ?? 0)"))
    }
    if summary.left > 0 { rows.append(("slices left out", "\(summary.left)")) }
    rows += summary.classes.map { ("class \($0.name)", "\($0.items)") }
    if summary.filesPerSecond > 0 {
      let speed = String(
        format: "%.0f files/s, %.1f MB/s", summary.filesPerSecond, summary.megabytesPerSecond)
      rows.append(("speed", speed))
    }
    rows += summary.reasons.sorted { $0.key < $1.key }.map { ("\($0.value) set aside", $0.key) }
    rows += summary.notes.map { ("note", $0) }
    return aligned(rows)
  }
}

/// Where the labels of an import stand.
struct LabelOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A table with one row an image.", valueName: "file.csv"))
  var labels: String?

  @Option(help: ArgumentHelp("A folder of masks named like the images.", valueName: "dir"))
  var masks: String?

  @Option(
    help: ArgumentHelp(
      "Values in mask files by class, such as 0,255; else a value is its class.",
      valueName: "values"))
  var maskValues: String?

  @Option(help: "The column that names the group, such as the patient (usually `group`).")
  var group: String?

  @Option(help: "The column that says train, val or test (usually `split`).")
  var split: String?

  @Option(help: "The column that names the image's file.")
  var fileColumn = "file"

  @Option(help: "The column that names the class.")
  var labelColumn = "label"

  @Option(help: "The column that names the mask's file.")
  var maskColumn = "mask"

  var columns: LabelColumns {
    var columns = LabelColumns()
    columns.file = fileColumn
    columns.label = labelColumn
    columns.mask = maskColumn
    columns.group = group
    columns.split = split
    return columns
  }
}

extension FrameChoice: ExpressibleByArgument {
  /// Reads `slices`, `middle` or `every:N`.
  public init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    switch (parts[0], parts.count) {
    case ("slices", 1): self = .all
    case ("middle", 1): self = .middle
    case ("every", 2):
      guard let step = Int(parts[1]), step > 0, step <= 1 << 30 else { return nil }
      self = .every(step)
    default: return nil
    }
  }

  /// As it is written on the command line.
  public var defaultValueDescription: String {
    switch self {
    case .all: "slices"
    case .middle: "middle"
    case .every(let step): "every:\(step)"
    }
  }
}

/// Reads `0,255`.
func parsedMaskValues(_ text: String?) throws -> [Int]? {
  guard let text else { return nil }
  let values = text.split(separator: ",").compactMap {
    Int($0.trimmingCharacters(in: .whitespaces))
  }
  guard values.count == text.split(separator: ",").count, Set(values).count == values.count,
    (1...255).contains(values.count), values.allSatisfy({ (0...255).contains($0) })
  else {
    throw ValidationError("--mask-values is a list of different values from 0 to 255, as 0,255")
  }
  return values
}
