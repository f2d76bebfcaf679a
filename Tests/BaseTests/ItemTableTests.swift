import Base
import Testing

@Suite("A number for each item")
struct ItemTableTests {
  @Test("items without one have none, wherever they are asked")
  func absent() {
    var table: ItemTable = [2: 7, 5: -3]
    #expect([0, 2, 4, 5, 6, 900, -1].map { table[$0] } == [nil, 7, nil, -3, nil, nil, nil])
    table[2] = nil
    table[8] = 0
    #expect(table[2] == nil && table[8] == 0 && table[7] == nil)
    #expect(ItemTable([:] as [Int: Int])[0] == nil)
  }

  @Test("places of items are their positions")
  func places() {
    let table = ItemTable(placesOf: [9, 4, 7])
    #expect([9, 4, 7].map { table[$0] } == [0, 1, 2])
    #expect(table[5] == nil)
  }

  @Test("equal however it was made")
  func equal() {
    #expect(ItemTable([3, 4]) == ItemTable([0: 3, 1: 4]))
  }
}
