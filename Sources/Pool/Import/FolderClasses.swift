/// Classes as sub-folders: `SOURCE/CLASS/…`, or `SOURCE/train/CLASS/…` with the split above.
///
/// Names of classes are kept in clear, names of patients must not be. So sub-folders count as
/// classes without being asked only where there are 2 to 100 of them, each with 5 images or more on
/// average, with no other image beside them, and no name that looks like an identifier (three
/// digits in a row, a comma, `^`); or where `--classes` names them all.
struct FolderClasses {
  /// The names, sorted.
  let names: [String]
  /// The place in `names` of each file's folder; nil for the files outside.
  let places: [Int32?]
  /// The folder above, where the first folders are all splits.
  let splits: [Split?]

  /// Reads the relative paths.
  init(_ files: some RandomAccessCollection<String>) {
    let parts = files.lazy.map { $0.split(separator: "/", maxSplits: 2) }
    let areSplits = parts.allSatisfy { $0.count > 1 && Split(word: String($0[0])) != nil }
    let depth = areSplits ? 1 : 0
    var numbers: [Substring: Int32] = [:]
    var places: [Int32?] = []
    places.reserveCapacity(files.count)
    for parts in parts {
      if parts.count > depth + 1 {
        // The folder's name is kept once, not the path of which it is a part.
        let known = numbers[parts[depth]]
        let number = known ?? Int32(numbers.count)
        if known == nil { numbers[Substring(String(parts[depth]))] = number }
        places.append(number)
      } else {
        places.append(nil)
      }
    }
    let names = sortedNaturally(numbers.keys.map(String.init))
    var order = [Int32](repeating: 0, count: names.count)
    for (place, name) in names.enumerated() {
      if let number = numbers[Substring(name)] { order[Int(number)] = Int32(place) }
    }
    self.names = names
    self.places = places.map { number in number.map { order[Int($0)] } }
    splits = areSplits ? parts.map { Split(word: String($0[0])) } : []
  }

  /// Whether they may be taken for classes without being asked.
  func areEvident(among known: [String]?) -> Bool {
    if let known, !names.isEmpty, Set(names).isSubset(of: known) { return true }
    let files = places.count { $0 != nil }
    return files == places.count && (2...100).contains(names.count) && files >= 5 * names.count
      && !Set(names.map { $0.lowercased() }).isSubset(of: Self.roles)
      && !names.contains(where: looksLikeIdentifier)
  }

  /// Folders that sort files by role, not by class.
  private static let roles: Set<String> = [
    "images", "image", "img", "imgs", "masks", "mask", "labels", "label", "annotations",
  ]

  private func looksLikeIdentifier(_ name: String) -> Bool {
    var digits = 0
    for character in name {
      digits = character.isNumber ? digits + 1 : 0
      if digits == 3 || character == "^" || character == "," { return true }
    }
    return false
  }
}

/// Names in their natural order: as numbers where all are numbers, else by their bytes.
func sortedNaturally(_ names: some Sequence<String>) -> [String] {
  let names = Array(names)
  let numbers = names.map { Int($0) }
  if !numbers.contains(nil) {
    return zip(names, numbers).sorted { ($0.1 ?? 0, $0.0) < ($1.1 ?? 0, $1.0) }.map(\.0)
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
