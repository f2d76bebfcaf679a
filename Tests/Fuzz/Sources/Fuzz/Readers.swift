import Foundation
import Imaging

/// libFuzzer over the readers; its options are the program's.
@main
enum Fuzz {
  static func main() {
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    exit(runFuzzer(&count, &arguments, readOneInput))
  }
}

/// libFuzzer's own entry.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// One input, read in every way that an import may read it; only a refusal is allowed to come out.
///
/// What is not of the kind that the variable `FORMAT` names is passed over.
private func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  guard let format = ImageFormat(bytes), format == wanted else { return -1 }
  if format == .npz {
    readArrays(Data(bytes))
  } else {
    var options = ReadOptions()
    options.sampleLimit = sampleLimit
    read(bytes, options)
    options.frame = 1
    read(bytes, options)
    options = .labels
    options.sampleLimit = sampleLimit
    read(bytes, options)
  }
  return 0
}

private let wanted = ProcessInfo.processInfo.environment["FORMAT"].flatMap(ImageFormat.init)

/// Enough for every seed, little enough for hundreds of inputs a second.
private let sampleLimit = 1 << 21

private func read(_ bytes: UnsafeRawBufferPointer, _ options: ReadOptions) {
  guard let image = try? ImageReader.read(bytes, options: options) else { return }
  precondition(
    image.bytes.count
      == image.frames * image.height * image.width * image.channels * image.sample.byteCount,
    "an image of another size than it says")
  if !options.asLabels { _ = image.display8().resized(height: 8, width: 8) }
}

private func readArrays(_ data: Data) {
  try? data.write(to: archive)
  guard let reader = try? NPZReader(archive) else { return }
  for name in reader.names.prefix(8) {
    guard let array = try? reader.array(name, limit: sampleLimit) else { continue }
    let elements = array.shape.reduce(1, *)
    precondition(array.bytes.count == elements * array.sample.byteCount, "an array of another size")
  }
}

/// `NPZReader` maps a file.
private let archive = FileManager.default.temporaryDirectory
  .appendingPathComponent("fuzz-\(ProcessInfo.processInfo.processIdentifier).npz")
