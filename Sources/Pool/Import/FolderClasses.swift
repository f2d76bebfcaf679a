/// Classes as sub-folders: `SOURCE/CLASS/…`, or `SOURCE/train/CLASS/…` with the split above.
///
/// Names of classes are kept in clear, names of patients must not be. So sub-folders count as
/// classes without being asked only where there are 2 to 100 of them, each with 5 images or more on
/// average, with no other image beside them, and no name that looks like an identifier (three
/// digits in a row, a comma, `^`); or where `--classes` names them all.
struct FolderClasses {
  /// A file's class and split.
  struct Place: Equatable {
    let name: String
    let split: Split?
  }

  /// The place of every file, nil for the files outside.
  let places: [Place?]

  /// Reads the relative paths.
  init(_ files: [String]) {
    let parts = files.map { $0.split(separator: "/").map(String.init) }
    let tops = Set(parts.map { $0.count > 1 ? $0[0] : "" })
    let areSplits = tops.allSatisfy { Split(word: $0) != nil }
    let depth = areSplits ? 1 : 0
    places = parts.map { parts in
      guard parts.count > depth + 1 else { return nil }
      return Place(name: parts[depth], split: areSplits ? Split(word: parts[0]) : nil)
    }
  }

  /// The names, sorted.
  var names: [String] { sortedNaturally(Set(places.compactMap { $0?.name })) }

  /// Whether they may be taken for classes without being asked.
  func areEvident(among known: [String]?) -> Bool {
    let names = names
    if let known, !names.isEmpty, Set(names).isSubset(of: known) { return true }
    let files = places.compactMap(\.self).count
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
