import Base
import Foundation

/// What `dataset.json` of an nnU-Net v2 raw data set says.
///
/// Isensee et al. *nnU-Net: a self-configuring method for deep learning-based biomedical image
/// segmentation.* Nature Methods 18 (2021). The format:
/// <https://github.com/MIC-DKFZ/nnUNet/blob/master/documentation/dataset_format.md>
struct NNUNetDataset {
  /// The name of the class whose pixels count for nothing.
  private static let ignoredName = "ignore"

  /// The suffix of all images and masks, such as `.nii.gz`.
  let ending: String
  /// The number of channels, each a file of its own: `CASE_0000`, `CASE_0001`, ….
  let channels: Int
  /// The classes in the order of their values, the background first.
  let classes: [String]
  /// The value of each class.
  let values: [Int]
  /// The value of pixels that nobody labelled.
  let ignored: Int?

  /// Reads the file.
  ///
  /// - Throws: `PoolError.faults` with everything in it that cannot be used.
  init(_ url: URL) throws {
    let text = try String(readingFile: url)
    guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
      let fields = object as? [String: Any]
    else { throw PoolError.faults(["the file is no JSON object"], place: url.path) }
    var faults: [String] = []
    let ending = fields["file_ending"] as? String
    if ending == nil { faults.append("there is no 'file_ending', such as \".nii.gz\"") }
    let channels = (fields["channel_names"] as? [String: Any])?.count ?? 0
    if channels == 0 { faults.append("there are no 'channel_names'") }
    let labels = fields["labels"] as? [String: Any] ?? [:]
    var named: [(name: String, value: Int)] = []
    for (name, value) in labels {
      if let value = value as? Int {
        named.append((name, value))
      } else {
        faults.append("class '\(name)' is no single value; give each value a name of its own")
      }
    }
    named.sort { $0.value < $1.value }
    if !named.contains(where: { $0.value == 0 }) { faults.append("no class has the value 0") }
    if named.contains(where: { !(0...255).contains($0.value) }) {
      faults.append("values of classes are from 0 to 255")
    }
    if Set(named.map(\.value)).count != named.count {
      faults.append("two classes have the same value")
    }
    if !faults.isEmpty { throw PoolError.faults(faults, place: url.path) }
    self.ending = ending ?? ""
    self.channels = channels
    ignored = named.first { $0.name == Self.ignoredName }?.value
    let used = named.filter { $0.name != Self.ignoredName }
    classes = used.map(\.name)
    values = used.map(\.value)
  }
}

extension ImportPlan {
  /// Reads an nnU-Net v2 raw folder; false where the source is none.
  ///
  /// One channel of each case comes in, with its mask; a case is a group, and those of `imagesTs`
  /// are tested on.
  mutating func readNNUNet(_ options: ImportOptions) throws -> Bool {
    let description = listing.root.appendingPathComponent("dataset.json")
    let files = listing.files
    guard options.masks == nil, mode == nil || mode == .segmentation,
      files.contains(where: { $0.hasPrefix("imagesTr/") }),
      FileManager.default.fileExists(atPath: description.path)
    else { return false }
    let dataset = try NNUNetDataset(description)
    guard options.channel < dataset.channels else {
      throw PoolError.faults(
        ["there are \(dataset.channels) channels; --channel counts from 0"], place: description.path
      )
    }
    mode = .segmentation
    classes = dataset.classes
    maskValues = dataset.values
    ignoredValue = dataset.ignored
    let known = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1, Int32($0)) })
    let tail = String(format: "_%04d", options.channel) + dataset.ending
    entries.removeAll { entry in
      let file = files[Int(entry.file)]
      return !file.hasSuffix(tail) || !(file.hasPrefix("imagesTr/") || file.hasPrefix("imagesTs/"))
    }
    for place in entries.indices {
      let file = relative(entries[place])
      let side = file.hasPrefix("imagesTs/") ? "Ts/" : "Tr/"
      let stem = String(file.dropFirst("imagesTr/".count).dropLast(tail.count))
      set(group: stem, of: place)
      if side == "Ts/" { entries[place].split = .test }
      let mask = "labels" + side + stem + dataset.ending
      if known[mask] != nil { set(mask: listing.path(mask), of: place) }
    }
    let without = entries.count { $0.mask == nil }
    if without > 0 { notes.append("\(without) images have no mask") }
    if dataset.channels > 1 {
      notes.append(
        "channel \(options.channel) of \(dataset.channels) was taken; --channel names another")
    }
    return true
  }
}
