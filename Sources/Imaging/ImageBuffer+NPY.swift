public import Foundation

extension ImageBuffer {
  /// The shape as NumPy's users write it: no axis for a single frame or a single channel.
  public var arrayShape: [Int] {
    (frames > 1 ? [frames] : []) + [height, width] + (channels > 1 ? [channels] : [])
  }

  /// The samples as the bytes of a `.npy` file of `arrayShape`.
  public func npy() -> Data { npyFile(arrayShape, sample, bytes) }
}

extension StoredArray {
  /// The elements as the bytes of a `.npy` file.
  public func npy() -> Data { npyFile(shape, sample, bytes) }
}

/// A file as of NumPy Enhancement Proposal 1: native-endian elements in C order.
private func npyFile(_ shape: [Int], _ sample: ImageBuffer.Sample, _ bytes: [UInt8]) -> Data {
  let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
  let order = sample.byteCount == 1 ? "|" : "<"
  var text =
    "{'descr': '\(order)\(sample.code)', 'fortran_order': False, 'shape': (\(lengths)), }"
  let total = (10 + text.utf8.count + 1 + 63) / 64 * 64
  text += String(repeating: " ", count: total - 11 - text.utf8.count) + "\n"
  let length = UInt16(total - 10)
  var data = Data([0x93]) + Data("NUMPY".utf8)
  data += [1, 0, UInt8(length & 255), UInt8(length >> 8)]
  data += Data(text.utf8)
  return data + bytes
}
