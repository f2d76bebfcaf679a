import Foundation
import Imaging
import Testing

/// Real files of every vintage, where a folder of them is at hand (`MODICUM_DATA/dicom-zoo`).
@Suite struct DICOMZooTests {
  static let zoo = ProcessInfo.processInfo.environment["MODICUM_DATA"]
    .map { URL(fileURLWithPath: $0).appendingPathComponent("dicom-zoo") }
    .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

  /// What is refused, and why.
  private static let refused = [
    "dtf_IMG0003.dcm.zst": "unknown-format", "dtf_image_IMG0003.dcm.zst": "unknown-format",
    // Directories, reports, plans and structure sets.
    "pyd_DICOMDIR-bigEnd": "no-pixels", "pyd_DICOMDIR-empty.dcm": "no-pixels",
    "pyd_DICOMDIR-nooffset": "no-pixels", "pyd_ExplVR_BigEndNoMeta.dcm": "no-pixels",
    "pyd_ExplVR_LitEndNoMeta.dcm": "no-pixels", "pyd_IM000000": "no-pixels",
    "pyd_IM000001": "no-pixels", "pyd_UN_sequence.dcm": "no-pixels",
    "pyd_empty_charset_LEI.dcm": "no-pixels", "pyd_no_meta_group_length.dcm": "no-pixels",
    "pyd_reportsi.dcm": "no-pixels", "pyd_reportsi_with_empty_number_tags.dcm": "no-pixels",
    "pyd_rtplan.dcm": "no-pixels", "pyd_rtstruct.dcm": "no-pixels", "pyd_test-SR.dcm": "no-pixels",
    // Cut short: a plan, an MR image of 8,192 bytes with 8,130, a series of which the end is gone.
    "pyd_rtplan_truncated.dcm": "truncated", "pyd_MR_truncated.dcm": "truncated",
    "pdd_emri_small_jpeg_2k_lossless_too_short.dcm": "truncated",
    // A codestream with a delimiter of DICOM amid its data.
    "pyd_JPEG2000-embedded-sequence-delimiter.dcm": "corrupt",
    "pyd_badVR.dcm": "invalid",  // Number of Frames is "1A"
    "pyd_meta_missing_tsyntax.dcm": "missing", "pyd_nested_priv_SQ.dcm": "missing",
  ]

  private static let isThere = Comment("MODICUM_DATA names no folder that holds dicom-zoo")

  @Test(
    "every file is an image like pydicom's, or gives its reason", .enabled(if: zoo != nil, isThere),
    .timeLimit(.minutes(5)))
  func everyFile() throws {
    let rows = try Self.index()
    #expect(rows.count == 163)
    for row in rows {
      do {
        let image = try ImageReader.read(try Self.file(row))
        #expect(Self.refused[row.name] == nil, "\(row.name)")
        if row.pixels == "ok" { Self.compare(image, row) }
      } catch let error as ImageError {
        #expect(Self.refused[row.name] == error.code, "\(row.name): \(error.what)")
      }
    }
  }

  private static func compare(_ image: ImageBuffer, _ row: Row) {
    #expect(tuple(image.arrayShape) == row.shape, "\(row.name)")
    let names = [image.sample.rawValue, ">" + image.sample.code]
    #expect(names.contains(row.type), "\(row.name)")
    // Lossy decoders differ by rounding, JPEG's colours by three levels.
    let isLossy = row.syntax.hasPrefix("JPEG") && !row.syntax.contains("Lossless")
    let values = (0..<image.frames).flatMap { image.floats(frame: $0) }
    for (found, expected) in [(values.min(), row.least), (values.max(), row.largest)] {
      let difference = abs((found ?? .infinity) - expected)
      #expect(difference <= (isLossy ? 3 : abs(expected) * 1e-6), "\(row.name): \(difference)")
    }
  }

  @Test(
    "a file cut anywhere gives a reason or an image, never an end",
    .enabled(if: zoo != nil && ProcessInfo.processInfo.environment["MODICUM_SLOW"] == "1", isThere))
  func cut() throws {
    for row in try Self.index() {
      let file = try Data(contentsOf: Self.file(row))
      for percent in 0..<100 {
        do {
          let image = try ImageReader.read(data: file.prefix(file.count * percent / 100))
          #expect(image.bytes.count == image.sampleCount * image.sample.byteCount)
        } catch let error as ImageError {
          #expect(!error.what.isEmpty)
        }
      }
    }
  }

  private static func file(_ row: Row) throws -> URL {
    try #require(zoo).appendingPathComponent("files").appendingPathComponent(row.name)
  }

  private static func tuple(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + ")"
  }

  private struct Row {
    let name: String
    let syntax: String
    let pixels: String
    let shape: String
    let type: String
    let least: Float
    let largest: Float
  }

  /// The columns that matter; a quoted field may hold commas.
  private static func index() throws -> [Row] {
    let text = try String(
      contentsOf: #require(zoo).appendingPathComponent("index.csv"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
      }
      return Row(
        name: String(fields[0].dropFirst("files/".count)), syntax: fields[2], pixels: fields[14],
        shape: fields[15], type: fields[16], least: Float(fields[17]) ?? .nan,
        largest: Float(fields[18]) ?? .nan)
    }
  }
}
