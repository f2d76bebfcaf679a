/// The fields of comma-separated text, line by line, as RFC 4180 has them.
///
/// Quoted fields may hold commas, line ends and doubled quotes. Empty lines are left out.
func commaSeparated(_ text: String) -> [[String]] {
  var reader = CommaSeparatedReader()
  for character in text { reader.take(character) }
  return reader.finish()
}

/// The field, in quotes where its content needs them.
func quoted(_ field: String) -> String {
  let special = field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
  guard special else { return field }
  return "\"" + field.replacing("\"", with: "\"\"") + "\""
}

private struct CommaSeparatedReader {
  private var lines: [[String]] = []
  private var line: [String] = []
  private var field = ""
  private var isQuoted = false
  private var sawQuote = false

  mutating func take(_ character: Character) {
    if isQuoted {
      takeQuoted(character)
    } else if character == "," {
      endField()
    } else if character.isNewline {
      endLine()
    } else if character == "\"", field.isEmpty {
      isQuoted = true
    } else {
      field.append(character)
    }
  }

  /// Inside quotes a quote either ends the field or, doubled, stands for itself.
  private mutating func takeQuoted(_ character: Character) {
    if sawQuote, character != "\"" {
      isQuoted = false
      sawQuote = false
      take(character)
    } else if sawQuote || character != "\"" {
      field.append(character)
      sawQuote = false
    } else {
      sawQuote = true
    }
  }

  mutating func finish() -> [[String]] {
    endLine()
    return lines
  }

  private mutating func endField() {
    line.append(field)
    field = ""
  }

  private mutating func endLine() {
    endField()
    if line != [""] { lines.append(line) }
    line = []
  }
}
