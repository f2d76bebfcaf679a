/// RLE of DICOM (PS3.5, annex G): byte planes, each packed by itself.
enum RunLength {
  /// Unpacks a frame: planes from the most significant byte of the first channel on become
  /// little-endian samples, channel last.
  ///
  /// - Throws: `ImageError` where there are other planes than the samples need, or fewer bytes.
  static func decode(
    _ packed: UnsafeRawBufferPointer, channels: Int, bytes: Int,
    into target: UnsafeMutableRawBufferPointer
  ) throws {
    let pixel = channels * bytes
    guard packed.count >= 64 else { throw fault(.truncated("within the header of RLE")) }
    func word(_ index: Int) -> Int {
      Int(UInt32(littleEndian: packed.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    }
    guard word(0) == pixel else { throw fault(.corrupt("the number of RLE segments")) }
    for plane in 0..<pixel {
      let (start, end) = (word(1 + plane), plane + 1 < pixel ? word(2 + plane) : packed.count)
      guard start >= 64, start <= end, end <= packed.count else {
        throw fault(.truncated("within the segments of RLE"))
      }
      let place = plane / bytes * bytes + bytes - 1 - plane % bytes
      let whole = unpack(
        UnsafeRawBufferPointer(rebasing: packed[start..<end]), into: target, from: place, by: pixel)
      if !whole { throw fault(.truncated("within the segments of RLE")) }
    }
  }

  /// Fills every `step`-th byte from `place` on; false where the segment holds too few.
  private static func unpack(
    _ segment: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer,
    from place: Int, by step: Int
  ) -> Bool {
    var (source, place) = (0, place)
    while place < target.count {
      guard source + 1 < segment.count else { return false }
      let head = Int(segment[source])
      let left = (target.count - place + step - 1) / step
      if head < 128 {
        let count = min(head + 1, left)
        guard source + count < segment.count else { return false }
        for index in 1...count {
          target[place] = segment[source + index]
          place += step
        }
        source += head + 2
      } else if head > 128 {
        let value = segment[source + 1]
        for _ in 0..<min(257 - head, left) {
          target[place] = value
          place += step
        }
        source += 2
      } else {
        source += 1
      }
    }
    return true
  }

  private static func fault(_ reason: ImageError.Reason) -> ImageError {
    ImageError(reason, format: .dicom)
  }
}
