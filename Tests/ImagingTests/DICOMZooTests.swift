import Foundation
import Imaging
import Testing

/// Real files of every vintage, where a folder of them is at hand (`MODICUM_DATA/dicom-zoo`).
@Suite struct DICOMZooTests {
  static let zoo = ProcessInfo.processInfo.environment["MODICUM_DATA"]
    .map { URL(fileURLWithPath: $0).appendingPathComponent("dicom-zoo") }
    .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

  @Test(
    "every file is an image like pydicom's, or gives a reason",
    .enabled(if: zoo != nil, "MODICUM_DATA names no folder that holds dicom-zoo"))
  func everyFile() throws {
    let rows = try Self.index()
    #expect(rows.count > 100)
    var reasons: [String: Int] = [:]
    var decoded = 0
    for row in rows {
      let file = try #require(Self.zoo).appendingPathComponent(row.file)
      do {
        let image = try ImageReader.read(file)
        decoded += 1
        guard row.pixels == "ok" else { continue }
        #expect(Self.tuple(image.arrayShape) == row.shape, "\(row.file)")
        let names = [image.sample.rawValue, ">" + image.sample.code]
        #expect(names.contains(row.type), "\(row.file)")
      } catch let error as ImageError {
        reasons[error.code, default: 0] += 1
      }
    }
    print("dicom-zoo: \(decoded) of \(rows.count) decoded; others: \(reasons)")
    #expect(decoded >= 136)
  }

  private static func tuple(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + ")"
  }

  private struct Row {
    let file: String
    let pixels: String
    let shape: String
    let type: String
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
      return Row(file: fields[0], pixels: fields[14], shape: fields[15], type: fields[16])
    }
  }
}
