import Foundation
import Testing

extension TinyPool {
  /// Arguments of a small study in `name`.
  func study(_ name: String, of pool: URL) throws -> [String] {
    let text = """
      datasets: [{name: tiny, pool: "\(pool.path)", weights: ""}]
      arms: [{name: random, query: random}, {name: margin, query: margin}]
      seeds: 2
      classification:
        model: {architecture: resnet18, imageSize: 32, channels: 1, stem: small, widthFactor: 0.125}
        rounds: {budgets: [4, 8]}
        fineTune: {trunk: full, batch: 4, steps: {minimum: 3, maximum: 3}}
      """
    return [
      "compare", "--config", try write(text + "\n", to: "\(name).yaml"),
      "--out", folder.appendingPathComponent(name).path, "--threads", "1", "--device", "cpu",
    ]
  }

  /// The lines of a study's results.csv without the seconds, which no two runs share.
  func results(_ name: String) throws -> [[String]] {
    let text = String(decoding: try bytes("\(name)/results.csv"), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let column = try #require(lines.first?.firstIndex(of: "seconds"))
    return lines.map { Array($0[..<column] + $0[(column + 1)...]) }
  }

  /// Arguments of a small semi-supervised training in `run`, from the rounds in `source`.
  ///
  /// Few labels pass its checks, so that folds are compared; where they are not, the student is
  /// trained at once.
  func semisup(_ run: String, from source: String, compares: Bool) -> [String] {
    ["semisup", "--from", folder.appendingPathComponent(source).path]
      + stage(run, nil, Self.semisup + ["offSwitch.enabled=\(compares)"])
  }

  /// Settings of learning from unlabelled images that tiny rounds can bear.
  static let semisup = [
    "steps=12", "supervisedSteps=12", "batch=4", "unlabelledBatch=4", "quota=1",
    "thresholds.precision=0.1", "thresholds.lowest=0.1", "offSwitch.folds=2",
    "offSwitch.share=0.5", "offSwitch.needs.perClass=1", "offSwitch.needs.withForeground=1",
    "offSwitch.needs.aboveChance=0", "offSwitch.needs.dice=0",
  ]
}

extension TinyPool {
  /// A line of a table of labels for every image.
  func lines(_ line: (Int) -> String) -> [String] { (0..<32).map(line) }

  /// Arguments of an import into the pool `name` with a table of labels of its own.
  func importing(_ name: String, table: [String]) throws -> [String] {
    let labels = try write(table.joined(separator: "\n") + "\n", to: "\(name).csv")
    return [
      "import", folder.appendingPathComponent("source").path, "--labels", labels, "--pool",
      folder.appendingPathComponent(name).path, "--mode", "classification", "--threads", "1",
    ]
  }

  /// The pool `name` after such an import.
  func imported(_ name: String, table: [String]) throws -> URL {
    try program.run(importing(name, table: table), ends: 0)
    return folder.appendingPathComponent(name)
  }
}
