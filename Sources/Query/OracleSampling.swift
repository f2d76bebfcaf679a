import Base

/// Shared by the controls that look at the truth: they show what a perfect knowledge of the classes
/// would be worth, and are for simulations only.
extension Draft {
  /// Draws a class for each pick, uniformly among those that still have an item, and then an item of
  /// it, uniformly.
  func takeByClass(
    _ members: [[Int]], upTo limit: Int, key: RandomKey, words: String = "true class"
  ) {
    var left = min(limit, remaining)
    var queues = members.enumerated().map { index, places in
      let key = key.folding(index)
      return places.sorted { (noise($0, key), $0) < (noise($1, key), $1) }
    }
    var number = 0
    while left > 0 {
      for index in queues.indices { queues[index].removeAll { !isOpen($0) } }
      let filled = queues.indices.filter { !queues[$0].isEmpty }
      guard !filled.isEmpty else { return }
      var generator = key.folding("class").folding(number).generator()
      let drawn = filled[generator.below(filled.count)]
      let place = queues[drawn].removeFirst()
      // An image may stand in several queues, each of which might have given it.
      let chance = filled.reduce(0.0) { sum, index in
        let isThere = index == drawn || queues[index].contains(place)
        let size = queues[index].count + (index == drawn ? 1 : 0)
        return sum + (isThere ? 1 / Double(size * filled.count) : 0)
      }
      take(
        place, 1 / Double(filled.count), "drawn within \(words) \(drawn)", probability: chance)
      (left, number) = (left - 1, number + 1)
    }
  }

  private func noise(_ place: Int, _ key: RandomKey) -> Double {
    key.folding("item").folding(item(place)).uniform()
  }
}
