import Yams

extension YAMLDecoding {
  /// Puts into words why `type` could not be read.
  func record(_ error: any Error, as type: Any.Type) {
    if error is Abandoned { return }
    if let names = names(of: type), let scalar = layers.first?.node.scalar {
      findings.add(unknown("value '\(scalar.string)'", scalar.string, among: names), at: place)
    } else if case DecodingError.dataCorrupted(let context) = error {
      findings.add("\(subject) cannot be read: \(context.debugDescription)", at: place)
    } else {
      findings.add("\(subject) cannot be read", at: place)
    }
  }

  /// "unknown value 'x' of 'path'", the nearest name, and all of them.
  func unknown(_ what: String, _ word: String, among names: [String]) -> String {
    let guess = nearest(to: word, in: names).map { " Did you mean '\($0)'?" } ?? ""
    return "unknown \(what) of \(subject).\(guess) Known: \(names.joined(separator: ", "))"
  }

  /// Reports every key that no type asked for.
  func reportUnknownKeys() {
    for decoding in nested { decoding.reportUnknownKeys() }
    guard let known else { return }
    let names = known.isEmpty ? "none" : known.joined(separator: ", ")
    for layer in layers where layer.origin != .defaults {
      for (key, place) in layer.keys where !known.contains(key) {
        let path = (path + [key]).joined(separator: ".")
        let guess = nearest(to: key, in: known).map { " Did you mean '\($0)'?" } ?? ""
        findings.add("unknown key '\(path)'.\(guess) Known keys here: \(names)", at: place)
      }
    }
  }

  /// Reports what a `Validatable` says, at the line of the key that it names.
  func report(_ faults: [String]) {
    for fault in faults {
      let key = fault.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
      let parts = key.split(separator: ".").map(String.init)
      let found = layers.compactMap { layer in
        parts.reduce(layer as YAMLLayer?) { $0?[$1] }
      }
      let prefix = path.isEmpty ? "" : path.joined(separator: ".") + "."
      findings.add(prefix + fault, at: found.first?.place ?? place)
    }
  }
}
