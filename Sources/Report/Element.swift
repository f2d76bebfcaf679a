/// A piece of SVG: a name, attributes, and what is inside.
///
/// Text and attribute values are escaped when it is written, so a class's name may hold anything.
struct Element {
  let name: String
  let attributes: [(String, String)]
  let children: [Element]
  let text: String

  init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = "",
    _ children: [Element] = []
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.children = children
    self.text = text
  }

  /// The piece as markup that is well-formed in XML and in HTML.
  var markup: String {
    let head = attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    let inside = escaped(text) + children.map(\.markup).joined()
    return inside.isEmpty ? "<\(name)\(head)/>" : "<\(name)\(head)>\(inside)</\(name)>"
  }
}

/// The text with the characters that markup reserves written as references.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: if isAllowed(scalar) { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}

/// The text as the template engine can escape it.
///
/// The engine looks at whole characters, and "<" with a combining mark is one of its own: a
/// zero-width space parts them. What XML forbids is dropped.
func plain(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for character in text {
    let scalars = character.unicodeScalars.filter(isAllowed)
    guard let first = scalars.first else { continue }
    result.append(first)
    if scalars.count > 1, "<>&\"'".unicodeScalars.contains(first) { result.append("\u{200B}") }
    result.append(contentsOf: scalars.dropFirst())
  }
  return String(result)
}

/// Whether XML 1.0 allows the scalar.
private func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x9, 0xA, 0xD: true
  case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: false
  default: true
  }
}
