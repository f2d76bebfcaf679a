/// Texts one after the other in one piece of memory: 8 bytes each beside their letters, where an
/// array of `String` takes some eighty.
struct TextList: Sendable, RandomAccessCollection {
  private var letters: [UInt8] = []
  private var ends: [Int] = []

  init() {}

  init(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { ends.count }

  subscript(place: Int) -> String { String(decoding: letters[range(place)], as: UTF8.self) }

  mutating func append(_ text: String) {
    letters.append(contentsOf: text.utf8)
    ends.append(letters.count)
  }

  /// Appends unless the last text is the same; returns the place.
  mutating func appendOnce(_ text: String) -> Int {
    if ends.isEmpty || !letters[range(ends.count - 1)].elementsEqual(text.utf8) { append(text) }
    return ends.count - 1
  }

  /// The same texts in the order of their bytes.
  func sorted() -> TextList {
    var order = Array(0..<Int32(ends.count))
    letters.withUnsafeBufferPointer { letters in
      order.sort { left, right in
        let (left, right) = (range(Int(left)), range(Int(right)))
        return letters[left].lexicographicallyPrecedes(letters[right])
      }
    }
    var result = TextList()
    result.letters.reserveCapacity(letters.count)
    result.ends.reserveCapacity(ends.count)
    for place in order {
      result.letters.append(contentsOf: letters[range(Int(place))])
      result.ends.append(result.letters.count)
    }
    return result
  }

  private func range(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }
}
