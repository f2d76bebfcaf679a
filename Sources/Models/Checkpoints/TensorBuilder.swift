import Torch

/// Makes tensors of a pickle's references into storages, every bound checked.
struct TensorBuilder {
  let heap: PickleHeap
  /// Bytes of the whole file.
  let fileSize: Int
  /// Where a storage's bytes lie.
  let storage: (StorageReference) throws -> UnsafeRawBufferPointer

  /// The tensors of a table, or of the table under one of `names` in a dictionary.
  func tensors(
    of value: PickleValue, _ names: [String]
  ) throws -> [(name: String, tensor: Tensor)] {
    guard case .dictionary(let root) = value else {
      throw CheckpointError.noTensors("the file's value is no dictionary")
    }
    let table = try table(root, names)
    var bytes = 0
    for (name, tensor) in table {
      let size = Self.count(tensor.shape).map { $0 * tensor.storage.type.dtype.byteCount }
      guard let size, (bytes + size) / 4 <= fileSize else {
        throw CheckpointError.tooLarge(
          "'\(name)' of \(tensor.shape) in a file of \(fileSize) bytes")
      }
      bytes += size
    }
    return try table.map { ($0.name, try tensor($0.tensor)) }
  }

  private func table(
    _ root: Int, _ names: [String]
  ) throws -> [(name: String, tensor: TensorReference)] {
    let own = tensors(in: root)
    if !own.isEmpty { return try complete(own, root) }
    for name in names {
      for case (.text(name), .dictionary(let inner)) in heap.dictionaries[root] {
        let found = tensors(in: inner)
        if !found.isEmpty { return try complete(found, inner) }
      }
    }
    let keys = heap.dictionaries[root].prefix(12).compactMap { entry -> String? in
      if case .text(let key) = entry.key { return key }
      return nil
    }
    throw CheckpointError.noTensors("its keys are " + keys.joined(separator: ", "))
  }

  private func tensors(in dictionary: Int) -> [(name: String, tensor: TensorReference)] {
    heap.dictionaries[dictionary].compactMap { key, value in
      guard case .text(let name) = key, case .tensor(let index) = value else { return nil }
      return (name, heap.tensors[index])
    }
  }

  /// A table that holds something besides tensors is refused rather than read in part.
  private func complete(
    _ found: [(name: String, tensor: TensorReference)], _ dictionary: Int
  ) throws -> [(name: String, tensor: TensorReference)] {
    guard found.count == heap.dictionaries[dictionary].count,
      Set(found.map(\.name)).count == found.count
    else { throw CheckpointError.noTensors("a table of tensors with other or doubled entries") }
    return found
  }

  private func tensor(_ reference: TensorReference) throws -> Tensor {
    let bytes = try storage(reference.storage)
    let type = reference.storage.type.dtype
    guard bytes.count / type.byteCount >= reference.storage.count,
      let range = span(reference), range.upperBound <= reference.storage.count
    else { throw CheckpointError.malformed("a tensor reaches beyond its storage", position: 0) }
    let window = UnsafeRawBufferPointer(
      rebasing: bytes[range.lowerBound * type.byteCount..<range.upperBound * type.byteCount])
    if isContiguous(reference) { return Tensor(bytes: window, reference.shape, type) }
    let gathered = gather(window, reference, type.byteCount)
    return gathered.withUnsafeBytes { Tensor(bytes: $0, reference.shape, type) }
  }

  /// The number of elements; nil when it is absurd, even with an empty axis left out.
  private static func count(_ shape: [Int]) -> Int? {
    var product = 1
    for length in shape where length > 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      guard !overflow, next < 1 << 44 else { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }

  /// The elements between the first and the last that a view touches.
  private func span(_ view: TensorReference) -> Range<Int>? {
    if view.shape.contains(0) { return 0..<0 }
    var last = view.offset
    for (length, stride) in zip(view.shape, view.strides) {
      let (reach, tooFar) = (length - 1).multipliedReportingOverflow(by: stride)
      let (sum, beyond) = last.addingReportingOverflow(reach)
      if tooFar || beyond { return nil }
      last = sum
    }
    return last == Int.max ? nil : view.offset..<last + 1
  }

  private func isContiguous(_ view: TensorReference) -> Bool {
    var expected = 1
    for (length, stride) in zip(view.shape, view.strides).reversed() {
      if length != 1 && stride != expected { return false }
      expected *= length
    }
    return true
  }

  /// The elements of a view in row-major order.
  private func gather(
    _ bytes: UnsafeRawBufferPointer, _ view: TensorReference, _ size: Int
  ) -> [UInt8] {
    let count = view.shape.reduce(1, *)
    var result = [UInt8](repeating: 0, count: count * size)
    var index = [Int](repeating: 0, count: view.shape.count)
    var place = 0
    result.withUnsafeMutableBytes { result in
      for element in 0..<count {
        for byte in 0..<size { result[element * size + byte] = bytes[place * size + byte] }
        for axis in view.shape.indices.reversed() {
          index[axis] += 1
          place += view.strides[axis]
          if index[axis] < view.shape[axis] { break }
          place -= view.strides[axis] * index[axis]
          index[axis] = 0
        }
      }
    }
    return result
  }
}
