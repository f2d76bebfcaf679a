import Base
import Foundation
import Imaging

/// Pseudonyms of files and groups: all that the pool keeps of their names.
///
/// A file has two: one of its relative path, by which `pool quarantine --reveal` finds it again
/// wherever the folder stands, and one of its full path, size and time of change, by which a file
/// that changed is told from one that was imported. A file that was moved is decoded again and
/// merges with its own copy.
struct SourceNames: Sendable {
  let plan: ImportPlan
  let key: PseudonymKey
  let frames: FrameChoice

  func pseudonym(_ entry: ImportPlan.Entry) -> Pseudonym {
    Self.file(plan.relative(entry), key)
  }

  static func file(_ relative: String, _ key: PseudonymKey) -> Pseudonym {
    Pseudonym("file\0" + relative, key)
  }

  /// Nil where the file is gone.
  func version(_ entry: ImportPlan.Entry) -> Pseudonym? {
    let path = plan.path(entry)
    var status = stat()
    if stat(path, &status) != 0 { return nil }
    let change = "\(status.st_size)\0\(status.st_mtim.tv_sec)\0\(status.st_mtim.tv_nsec)"
    let chosen = frames == .all ? "" : "\0\(frames)"
    return Pseudonym("version\0" + path + "\0" + change + chosen, key)
  }

  /// The pseudonym of the group of a frame: a named group, else the frames of one file; in an
  /// archive, each image by itself.
  func group(_ entry: ImportPlan.Entry, frame: Int) -> Pseudonym {
    if let group = plan.group(entry) { return Pseudonym("group\0" + group, key) }
    let image = entry.block == nil ? "" : "\0\(frame)"
    return Pseudonym("only\0" + plan.path(entry) + image, key)
  }

  /// What the database holds of a DICOM file's place: pseudonyms of patient and series.
  ///
  /// Files without a patient stand together by their series.
  func series(_ place: SeriesPlace) -> (patient: Pseudonym?, series: Pseudonym?) {
    let series = place.series.map { Pseudonym("series\0" + $0, key) }
    return (place.patient.map { Pseudonym("patient\0" + $0, key) } ?? series, series)
  }

  /// The name by which the group's side is drawn; never stored.
  func drawName(_ entry: ImportPlan.Entry, frame: Int) -> String {
    plan.group(entry) ?? plan.relative(entry) + (entry.block == nil ? "" : "\0\(frame)")
  }
}
