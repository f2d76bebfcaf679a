import Foundation

/// Understands the part of Python's pickle format that a table of tensors needs.
///
/// A pickle is a program for a stack machine whose instructions can call any Python function. Here
/// the callable names are an allow-list of tables, tensors and storages (``PickleGlobal``); any other
/// is refused by name, and nothing is ever run. Pickles of more than 16 MiB, of more than two
/// million values or with instructions that tables of tensors have no use for are refused too.
struct PickleReader {
  private static let longest = 16 << 20
  private static let mostValues = 2_000_000

  private var reader: ByteReader
  private let start: Int
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var made = 0
  /// The containers that were made.
  private(set) var heap: PickleHeap

  /// Reads the pickle that begins at `position`.
  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0, heap: PickleHeap = PickleHeap()) {
    reader = ByteReader(bytes, at: position)
    start = position
    self.heap = heap
  }

  /// Where the pickle ended.
  var end: Int { reader.position }

  /// Runs the instructions to the end and gives the value they make.
  mutating func read() throws -> PickleValue {
    while try step() {
      guard end - start <= Self.longest, made <= Self.mostValues else {
        throw CheckpointError.tooLarge("a description of more than \(Self.mostValues) values")
      }
    }
    return try pop()
  }

  /// One instruction; false at the last.
  private mutating func step() throws -> Bool {
    let place = end
    let code = try reader.number(UInt8.self)
    if code == Code.stop { return false }
    if try constant(code) { return true }
    if try container(code) { return true }
    if try reference(code) { return true }
    throw CheckpointError.malformed(
      String(format: "instruction 0x%02x has no place in a table of tensors", code),
      position: place)
  }

  private mutating func push(_ value: PickleValue) {
    made += 1
    stack.append(value)
  }

  private mutating func pop() throws -> PickleValue {
    guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
      throw CheckpointError.malformed("the description's stack is empty", position: end)
    }
    return value
  }

  private mutating func popToMark() throws -> [PickleValue] {
    guard let mark = marks.popLast() else {
      throw CheckpointError.malformed("the description's mark is missing", position: end)
    }
    let values = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return values
  }
}

// MARK: - Constants

extension PickleReader {
  private mutating func constant(_ code: UInt8) throws -> Bool {
    switch code {
    case Code.proto: _ = try reader.take(1)
    case Code.frame: _ = try reader.take(8)
    case Code.none: push(.none)
    case Code.newTrue: push(.bool(true))
    case Code.newFalse: push(.bool(false))
    case Code.int1: push(.integer(Int(try reader.number(UInt8.self))))
    case Code.int2: push(.integer(Int(try reader.number(UInt16.self))))
    case Code.int4: push(.integer(Int(try reader.number(Int32.self))))
    case Code.long1: push(.integer(try long()))
    case Code.float: push(.real(Double(bitPattern: try reader.number(UInt64.self).byteSwapped)))
    case Code.shortString, Code.shortUnicode: push(try text(reader.count(UInt8.self)))
    case Code.string: push(try text(reader.count(Int32.self)))
    case Code.unicode: push(try text(reader.count(UInt32.self)))
    case Code.unicode8: push(try text(reader.count(UInt64.self)))
    default: return false
    }
    return true
  }

  private mutating func text(_ count: Int) throws -> PickleValue {
    .text(String(decoding: try reader.take(count), as: UTF8.self))
  }

  /// A two's-complement integer of up to eight bytes; the format's magic number is longer and is
  /// kept by its lowest eight.
  private mutating func long() throws -> Int {
    let count = try reader.count(UInt8.self)
    let bytes = try reader.take(count)
    let negative = (bytes.last ?? 0) & 0x80 != 0
    var value: UInt64 = negative && count < 8 ? ~0 << (8 * UInt64(count)) : 0
    for (index, byte) in bytes.prefix(8).enumerated() { value |= UInt64(byte) << (8 * index) }
    return Int(truncatingIfNeeded: value)
  }
}

// MARK: - Containers

extension PickleReader {
  private mutating func container(_ code: UInt8) throws -> Bool {
    switch code {
    case Code.mark: marks.append(stack.count)
    case Code.emptyTuple, Code.emptyList: push(heap.sequence([]))
    case Code.tuple: push(heap.sequence(try popToMark()))
    case Code.tuple1: try tuple(of: 1)
    case Code.tuple2: try tuple(of: 2)
    case Code.tuple3: try tuple(of: 3)
    case Code.emptyDictionary: push(heap.dictionary())
    case Code.append: try append([pop()])
    case Code.appends: try append(popToMark())
    case Code.setItem:
      let value = try pop()
      try set([pop(), value])
    case Code.setItems: try set(popToMark())
    default: return false
    }
    return true
  }

  private mutating func tuple(of count: Int) throws {
    var values: [PickleValue] = []
    for _ in 0..<count { values.append(try pop()) }
    push(heap.sequence(values.reversed()))
  }

  private mutating func append(_ values: [PickleValue]) throws {
    guard case .sequence(let index)? = stack.last else {
      throw CheckpointError.malformed("members without a list", position: end)
    }
    heap.sequences[index] += values
  }

  private mutating func set(_ values: [PickleValue]) throws {
    guard case .dictionary(let index)? = stack.last, values.count % 2 == 0 else {
      throw CheckpointError.malformed("entries without a dictionary", position: end)
    }
    for pair in stride(from: 0, to: values.count, by: 2) {
      heap.dictionaries[index].append((values[pair], values[pair + 1]))
    }
  }
}

// MARK: - Names and references

extension PickleReader {
  private mutating func reference(_ code: UInt8) throws -> Bool {
    switch code {
    case Code.put1: try remember(Int(reader.number(UInt8.self)))
    case Code.put4: try remember(reader.count(UInt32.self))
    case Code.memoize: try remember(memo.count)
    case Code.get1: try recall(Int(reader.number(UInt8.self)))
    case Code.get4: try recall(reader.count(UInt32.self))
    case Code.global: try name(module: reader.line(), reader.line())
    case Code.stackGlobal:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw CheckpointError.malformed("a name that is no text", position: end)
      }
      try self.name(module: module, name)
    case Code.persistent: push(.storage(try storage(pop())))
    case Code.reduce:
      let arguments = try pop()
      try reduce(pop(), arguments)
    case Code.build: try build()
    default: return false
    }
    return true
  }

  private mutating func remember(_ place: Int) throws {
    guard let value = stack.last else {
      throw CheckpointError.malformed("nothing to remember", position: end)
    }
    made += 1
    memo[place] = value
  }

  private mutating func recall(_ place: Int) throws {
    guard let value = memo[place] else {
      throw CheckpointError.malformed("a reference to nothing", position: end)
    }
    push(value)
  }

  private mutating func name(module: String, _ name: String) throws {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw CheckpointError.refused("\(module).\(name)")
    }
    push(.global(global))
  }

  /// The attributes of a dictionary (PyTorch's `_metadata`) are left behind; nothing else has any.
  private mutating func build() throws {
    _ = try pop()
    guard case .dictionary? = stack.last else {
      throw CheckpointError.refused("an object with attributes")
    }
  }

  private mutating func reduce(_ callee: PickleValue, _ arguments: PickleValue) throws {
    guard case .global(let global) = callee, case .sequence(let index) = arguments else {
      throw CheckpointError.refused("a call of something that is no name")
    }
    let values = heap.sequences[index]
    switch global {
    case .orderedDictionary where values.isEmpty: push(heap.dictionary())
    case .rebuildTensor:
      heap.tensors.append(try tensor(values))
      push(.tensor(heap.tensors.count - 1))
    case .orderedDictionary, .storage: throw CheckpointError.refused("a call of \(global)")
    }
  }

  /// `('storage', type, key, device, count)`, in older files with a sixth member that is None.
  private func storage(_ identity: PickleValue) throws -> StorageReference {
    guard case .sequence(let index) = identity, heap.sequences[index].count >= 5,
      case .text("storage") = heap.sequences[index][0],
      case .global(.storage(let type)) = heap.sequences[index][1],
      case .text(let key) = heap.sequences[index][2],
      case .integer(let count) = heap.sequences[index][4], count >= 0,
      heap.sequences[index].dropFirst(5).allSatisfy({ $0 == .none })
    else { throw CheckpointError.malformed("a storage without type, key and count", position: end) }
    return StorageReference(type: type, key: key, count: count)
  }

  /// `(storage, offset, shape, strides, …)`.
  private func tensor(_ values: [PickleValue]) throws -> TensorReference {
    guard values.count >= 4, case .storage(let storage) = values[0],
      case .integer(let offset) = values[1],
      let shape = integers(values[2]), let strides = integers(values[3]),
      shape.count == strides.count, shape.count <= 16,
      offset >= 0, (shape + strides).allSatisfy({ $0 >= 0 })
    else { throw CheckpointError.malformed("a tensor without shape and strides", position: end) }
    return TensorReference(storage: storage, offset: offset, shape: shape, strides: strides)
  }

  private func integers(_ value: PickleValue) -> [Int]? {
    guard case .sequence(let index) = value else { return nil }
    let numbers = heap.sequences[index].compactMap { value -> Int? in
      if case .integer(let number) = value { return number }
      return nil
    }
    return numbers.count == heap.sequences[index].count ? numbers : nil
  }
}

/// The instructions that tables of tensors use (protocols 2 to 5).
private enum Code {
  static let mark = UInt8(ascii: "(")
  static let stop = UInt8(ascii: ".")
  static let none = UInt8(ascii: "N")
  static let int1 = UInt8(ascii: "K")
  static let int2 = UInt8(ascii: "M")
  static let int4 = UInt8(ascii: "J")
  static let float = UInt8(ascii: "G")
  static let string = UInt8(ascii: "T")
  static let shortString = UInt8(ascii: "U")
  static let unicode = UInt8(ascii: "X")
  static let emptyTuple = UInt8(ascii: ")")
  static let emptyList = UInt8(ascii: "]")
  static let emptyDictionary = UInt8(ascii: "}")
  static let tuple = UInt8(ascii: "t")
  static let append = UInt8(ascii: "a")
  static let appends = UInt8(ascii: "e")
  static let setItem = UInt8(ascii: "s")
  static let setItems = UInt8(ascii: "u")
  static let put1 = UInt8(ascii: "q")
  static let put4 = UInt8(ascii: "r")
  static let get1 = UInt8(ascii: "h")
  static let get4 = UInt8(ascii: "j")
  static let global = UInt8(ascii: "c")
  static let reduce = UInt8(ascii: "R")
  static let build = UInt8(ascii: "b")
  static let persistent = UInt8(ascii: "Q")
  static let proto: UInt8 = 0x80
  static let tuple1: UInt8 = 0x85
  static let tuple2: UInt8 = 0x86
  static let tuple3: UInt8 = 0x87
  static let newTrue: UInt8 = 0x88
  static let newFalse: UInt8 = 0x89
  static let long1: UInt8 = 0x8a
  static let shortUnicode: UInt8 = 0x8c
  static let unicode8: UInt8 = 0x8d
  static let stackGlobal: UInt8 = 0x93
  static let memoize: UInt8 = 0x94
  static let frame: UInt8 = 0x95
}
