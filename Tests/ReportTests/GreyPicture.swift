import Foundation

/// A grey PNG file from 8-bit samples, uncompressed: enough to have pictures without a codec.
func greyPicture(_ samples: [UInt8], width: Int, height: Int) -> Data {
  var raw: [UInt8] = []
  for row in 0..<height { raw += [0] + samples[(row * width)..<((row + 1) * width)] }
  var file = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  file += chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0])
  file += chunk("IDAT", stored(raw))
  return file + chunk("IEND", [])
}

private func chunk(_ name: String, _ content: [UInt8]) -> Data {
  let body = Array(name.utf8) + content
  return Data(bigEndian(content.count) + body + bigEndian(Int(checksum(body))))
}

/// A zlib stream of stored blocks.
private func stored(_ bytes: [UInt8]) -> [UInt8] {
  var stream: [UInt8] = [0x78, 0x01]
  var start = 0
  while start < bytes.count {
    let part = bytes[start..<min(start + 65_535, bytes.count)]
    let count = UInt16(part.count)
    stream.append(start + part.count == bytes.count ? 1 : 0)
    stream += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
    stream += part
    start += part.count
  }
  var (a, b) = (1, 0)
  for byte in bytes {
    a = (a + Int(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return stream + bigEndian(b << 16 | a)
}

private func bigEndian(_ value: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

private func checksum(_ bytes: [UInt8]) -> UInt32 {
  var value: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    value ^= UInt32(byte)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
  return ~value
}
