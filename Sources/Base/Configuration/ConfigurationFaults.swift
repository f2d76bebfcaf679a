/// Everything that is wrong with a configuration, at once.
public struct ConfigurationFaults: Diagnosable {
  /// One thing that is wrong.
  public struct Fault: Sendable, Hashable {
    /// What is wrong, naming the key path.
    public let what: String
    /// The file and line, or the `--set` argument.
    public let place: String
  }

  /// What is wrong, in the order in which it was found.
  public let faults: [Fault]

  /// The one fault, or all with their places.
  public var what: String {
    if faults.count == 1 { return faults[0].what }
    return "the configuration has \(faults.count) faults\n"
      + faults.map { "\($0.place): \($0.what)" }.joined(separator: "\n")
  }

  /// The place of a single fault; several carry their own.
  public var place: String? { faults.count == 1 ? faults[0].place : nil }

  /// Where the keys are explained.
  public var remedy: String? {
    "'pipeline config STAGE' prints every key with its default and its meaning"
  }
}

/// The one of `known` that `word` was probably meant to be: at most a third of it is mistyped.
func nearest(to word: String, in known: [String]) -> String? {
  let best = known.map { (name: $0, distance: editDistance(word, $0)) }
    .min { $0.distance < $1.distance }
  guard let best, best.distance <= max(1, word.count / 3) else { return nil }
  return best.name
}

/// Insertions, deletions and replacements between two words (Levenshtein).
private func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
