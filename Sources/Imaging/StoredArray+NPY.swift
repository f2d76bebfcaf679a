extension StoredArray {
  /// Decodes the bytes of a `.npy` file (NumPy Enhancement Proposal 1), either byte order.
  init(npy file: [UInt8]) throws {
    let (text, start) = try Self.header(file)
    guard let descriptor = text.firstMatch(of: /'descr':\s*'([<>|=])([a-z]\d+)'/)?.output,
      let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
      let lengths = text.firstMatch(of: /'shape':\s*\(([0-9,\s]*)\)/)?.1
    else { throw Self.fault(.unsupported("elements that are no numbers")) }
    let shape = try Self.shape(lengths)
    let numbers = try Self.numbers(String(descriptor.2))
    let size = shape.reduce(1, *) * numbers.byteCount
    guard file.count - start >= size else { throw Self.fault(.truncated("within an array")) }
    self.shape = shape
    let stored = numbers.samples(
      Array(file[start..<start + size]), isSwapped: descriptor.1 == ">")
    sample = stored.sample
    bytes =
      order == "True"
      ? Self.inCOrder(stored.bytes, shape, element: sample.byteCount) : stored.bytes
  }

  /// Elements whose first index runs fastest, put in the order in which the last does.
  private static func inCOrder(_ bytes: [UInt8], _ shape: [Int], element: Int) -> [UInt8] {
    if shape.filter({ $0 > 1 }).count < 2 || bytes.isEmpty { return bytes }
    var strides = [element]
    for length in shape.dropLast() { strides.append(strides[strides.count - 1] * length) }
    var result = [UInt8](repeating: 0, count: bytes.count)
    var index = [Int](repeating: 0, count: shape.count)
    var source = 0
    for target in stride(from: 0, to: bytes.count, by: element) {
      for byte in 0..<element { result[target + byte] = bytes[source + byte] }
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }

  private static func fault(_ reason: ImageError.Reason) -> ImageError {
    ImageError(reason, format: .npz)
  }

  private static func header(_ file: [UInt8]) throws -> (String, Int) {
    guard file.count >= 12, file.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw fault(.corrupt("an array without NumPy's magic word"))
    }
    let isLong = file[6] > 1
    let start = isLong ? 12 : 10
    let length = (0..<start - 8).reduce(0) { $0 | Int(file[8 + $1]) << (8 * $1) }
    guard length <= file.count - start else { throw fault(.truncated("within an array's header")) }
    return (String(decoding: file[start..<start + length], as: UTF8.self), start + length)
  }

  private static func shape(_ text: Substring) throws -> [Int] {
    let lengths = text.split(separator: ",").map { Int($0.filter { !$0.isWhitespace }) }
      .filter { $0 != nil }.compactMap { $0 }
    var count = 1
    for length in lengths {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      if overflow || product > 1 << 40 { throw fault(.corrupt("the shape of an array")) }
      count = product
    }
    return lengths
  }

  private static func numbers(_ code: String) throws -> StoredNumbers {
    switch code {
    case "b1": return .sample(.uint8)
    case "i8": return .int64
    case "u8": return .uint64
    default:
      guard let sample = ImageBuffer.Sample.allCases.first(where: { $0.code == code }) else {
        throw fault(.unsupported("elements of type \(code)"))
      }
      return .sample(sample)
    }
  }
}
