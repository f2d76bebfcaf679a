import Foundation

/// Several classes of an image as one field of a table: their names with `|` between them, and `-`
/// where it has none of the classes.
enum ClassList {
  static let separator: Character = "|"
  static let none = "-"

  /// The names in a field that is not empty.
  static func names(_ field: String) -> [String] {
    field == none
      ? []
      : field.split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// Whether a class may have that name.
  static func canName(_ name: String) -> Bool {
    !name.isEmpty && name != none && !name.contains(separator)
  }

  /// The field with every name once, in one order.
  static func sorted(_ field: String) -> String { self.field(Set(names(field)).sorted()) }

  /// The field that says these names.
  static func field(_ names: [String]) -> String {
    names.isEmpty ? none : names.joined(separator: String(separator))
  }
}

extension Label {
  /// Numbers of classes as the ledger holds them.
  static func text(of classes: Set<Int>) -> String {
    classes.sorted().map(String.init).joined(separator: ",")
  }

  /// The numbers in such a text.
  static func classes(of text: String) -> Set<Int> {
    Set(text.split(separator: ",").compactMap { Int($0) })
  }

  /// Of which pools it is a label.
  var mode: PoolMode {
    switch self {
    case .class: .classification
    case .mask: .segmentation
    case .classes: .multiLabel
    }
  }
}

extension Label {
  /// All classes that it says the image has; nil for one class and for a mask.
  public var classes: Set<Int>? {
    if case .classes(let values) = self { values } else { nil }
  }

  /// The classes by name, in the order of their numbers; nil for a mask.
  public func names(_ classes: [String]) -> String? {
    func name(_ value: Int) -> String {
      classes.indices.contains(value) ? classes[value] : "\(value)"
    }
    return switch self {
    case .class(let value): name(value)
    case .classes(let values): ClassList.field(values.sorted().map(name))
    case .mask: nil
    }
  }
}
