import Base
public import Foundation

extension PoolStatistics {
  /// The statistics in a folder, mapped; an item is its row.
  ///
  /// Read are the `.npy` files named as in `PoolStatistic`, `trust.json`, `labelled.csv` (`item`
  /// and `label`), `groups.csv` (`item` and `group`) and `strata.csv` (`item` and `stratum`), as far
  /// as they are there. A label is a class number; any other text, or none, is a label without a
  /// class. Groups and strata may be any text.
  ///
  /// - Throws: a `Diagnostic` where a file cannot be read or two do not fit together.
  public init(directory: URL) throws {
    var matrices: [PoolStatistic: Matrix] = [:]
    for statistic in PoolStatistic.allCases where statistic != .trust {
      let url = directory.appendingPathComponent(statistic.rawValue + ".npy")
      if FileManager.default.fileExists(atPath: url.path) {
        matrices[statistic] = Matrix(try ArrayFile(url))
      }
    }
    guard let count = Self.count(matrices) else {
      throw Diagnostic(
        "there are no statistics in this folder", at: directory.path,
        fix: "write at least embeddings.npy or probabilities.npy, one row for each item")
    }
    self.init(count: count)
    for (statistic, matrix) in matrices { self[statistic] = matrix }
    trust = try Self.trust(directory)
    labelled = try Self.labels(directory, count)
    groups = try Self.numbers(of: "group", in: "groups.csv", directory, count)
    strata = try Self.numbers(of: "stratum", in: "strata.csv", directory, count)
  }

  /// The number of items that the matrices speak of.
  private static func count(_ matrices: [PoolStatistic: Matrix]) -> Int? {
    for statistic in PoolStatistic.allCases {
      guard let matrix = matrices[statistic] else { continue }
      let isByMember = statistic == .memberProbabilities || statistic == .passes
      return isByMember && matrix.shape.count == 3 ? matrix.shape[1] : matrix.shape[0]
    }
    return nil
  }

  private static func trust(_ directory: URL) throws -> Trust? {
    let url = directory.appendingPathComponent("trust.json")
    guard let data = try? Data(contentsOf: url) else { return nil }
    do {
      return try JSONDecoder().decode(Trust.self, from: data)
    } catch {
      throw Diagnostic(
        "trust.json does not hold a score and its interval", at: url.path,
        fix: #"write {"score": 0.71, "low": 0.63, "high": 0.78}"#)
    }
  }

  private static func labels(_ directory: URL, _ count: Int) throws -> [Int: Int] {
    let url = directory.appendingPathComponent("labelled.csv")
    guard let table = try ItemTable(url, column: "label", count: count) else { return [:] }
    return table.values.mapValues { Int($0) ?? -1 }
  }

  /// Numbers for the texts of a column; nil without the file.
  private static func numbers(
    of column: String, in file: String, _ directory: URL, _ count: Int
  ) throws -> [Int]? {
    let url = directory.appendingPathComponent(file)
    guard let table = try ItemTable(url, column: column, count: count) else { return nil }
    var numbers: [String: Int] = [:]
    return (0..<count).map { item in
      // An item without one stands for itself.
      let name = table.values[item].map { "=" + $0 } ?? "item \(item)"
      if numbers[name] == nil { numbers[name] = numbers.count }
      return numbers[name] ?? 0
    }
  }
}

/// A table of two columns, `item` and another.
struct ItemTable {
  let values: [Int: String]

  /// Reads a table, nil where there is no file.
  init?(_ url: URL, column: String, count: Int) throws {
    guard let data = try? Data(contentsOf: url) else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    let names = lines.first.map(Self.fields) ?? []
    guard let itemColumn = names.firstIndex(of: "item"),
      let valueColumn = names.firstIndex(of: column)
    else {
      throw Diagnostic(
        "the first line does not name the columns item and \(column)", at: url.path,
        fix: "write 'item,\(column)' as the first line")
    }
    var values: [Int: String] = [:]
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = Self.fields(line)
      guard fields.count == names.count, let item = Int(fields[itemColumn]), 0..<count ~= item
      else {
        throw Diagnostic(
          "this line does not name an item of 0…\(count - 1) and its \(column)",
          at: "\(url.path), line \(number + 1)", fix: "correct the line; an item is its row")
      }
      if let old = values.updateValue(fields[valueColumn], forKey: item),
        old != fields[valueColumn]
      {
        throw Diagnostic(
          "item \(item) has two different values of \(column)",
          at: "\(url.path), line \(number + 1)", fix: "keep one of the two lines")
      }
    }
    self.values = values
  }

  private static func fields(_ line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces).trimmingCharacters(
        in: CharacterSet(charactersIn: "\""))
    }
  }
}
