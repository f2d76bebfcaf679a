import Base
import Pool
import Training

/// The true masks of the images that may be asked for, at the network's size: for the controls of a
/// simulation.
struct TrueMasks {
  private let masks: any MaskSource

  /// - Throws: a diagnostic where an image has no truth.
  init(_ data: RunData) throws {
    let truth = try data.pool.truth(of: data.candidates)
    if let item = data.candidates.first(where: { truth[$0] == nil }) {
      throw Diagnostic(
        "the control rule wants the truth of every image", at: "item \(item)",
        fix: "import labels for every training image, or choose a rule that is no control")
    }
    masks = try data.masks(truth)
  }

  /// `[H, W]` classes of an item, row by row, 255 where unknown.
  func classes(of item: Int) -> [UInt8] {
    var classes = [UInt8](repeating: 255, count: masks.height * masks.width)
    classes.withUnsafeMutableBufferPointer { masks.copyMask(item: item, into: $0) }
    return classes
  }
}
