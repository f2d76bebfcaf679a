import Base
import Foundation
import Imaging

/// Decodes one file, or one block of an archive, into all that the pool keeps of it.
///
/// Runs on several threads; whatever is wrong with a file becomes a reason.
struct FrameDecoder: Sendable {
  private let listing: SourceListing
  private let masks: MaskCodec

  init(_ plan: ImportPlan, options: ImportOptions) {
    listing = plan.listing
    masks = MaskCodec(values: options.maskValues)
  }

  /// The images of an entry with their masks, or why there are none.
  func decode(_ entry: ImportPlan.Entry) -> DecodedEntry {
    do {
      let (image, bytes) = try read(entry)
      let frames = try (0..<image.frames).map { frame in
        var decoded = try DecodedFrame(image, frame: frame, number: entry.firstFrame + frame)
        if let mask = entry.mask {
          decoded.mask = try masks.read(
            mask, frame: frame, height: image.height, width: image.width)
        }
        return decoded
      }
      return .frames(frames, bytes: bytes)
    } catch let refusal as MaskCodec.Refusal {
      return .refused(reason: refusal.reason, remedy: refusal.remedy)
    } catch let error as any Diagnosable {
      return .refused(
        reason: withoutNames(error.what, entry),
        remedy: error.remedy.map { withoutNames($0, entry) })
    } catch {
      return .refused(reason: "the file cannot be read", remedy: nil)
    }
  }

  private func read(_ entry: ImportPlan.Entry) throws -> (ImageBuffer, bytes: Int) {
    if let block = entry.block {
      let image = try block.read()
      return (image, image.bytes.count)
    }
    let url = listing.url(entry.relative)
    var status = stat()
    stat(url.path, &status)
    return (try ImageReader.read(url), Int(status.st_size))
  }

  /// The text without the file's name and path: it is going to be stored.
  private func withoutNames(_ text: String, _ entry: ImportPlan.Entry) -> String {
    let url = listing.url(entry.relative)
    let file = url.lastPathComponent
    let stem = url.deletingPathExtension().lastPathComponent
    return [url.path, entry.relative, file, stem].filter { $0.count > 3 }
      .reduce(text) { $0.replacingOccurrences(of: $1, with: "…") }
  }
}
