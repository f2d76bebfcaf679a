import Evaluation
import Models
import NN
import Torch
import Training

/// Unlabelled images that were given labels before a training, and what their loss is.
///
/// Classes are kept by item. Maps are predicted anew whenever their image comes, by the same network
/// on the image as it is: they are the same each time, and none is held in memory.
struct GivenLabels {
  private enum Kind {
    case classes([Int: PseudoLabel])
    case maps((ImageBatch) -> Tensor)
  }

  /// The items, ascending.
  let items: [Int]
  private let kind: Kind

  /// Classes of images; the rows are those of `items`.
  init(_ labels: [PseudoLabel], of items: [Int]) {
    self.items = labels.map { items[$0.row] }
    kind = .classes(Dictionary(uniqueKeysWithValues: labels.map { (items[$0.row], $0) }))
  }

  /// Maps, int64 `[B, H, W]`, 255 where nothing is said.
  init(maps: @escaping (ImageBatch) -> Tensor, of items: [Int]) {
    self.items = items
    kind = .maps(maps)
  }

  /// Σ w CE / B of classes; half cross-entropy, half Dice of the pixels with a label.
  ///
  /// Images are strongly augmented if `isStrong`, else only weakly.
  func terms(_ step: SemiSupStep, _ student: Network, isStrong: Bool) -> StepTerms {
    let plain = step.unlabelled()
    switch kind {
    case .classes(let labels):
      let given = plain.items.compactMap { labels[$0] }
      let device = plain.pixels.device
      let target = Tensor(given.map(\.label), [given.count], device: device)
      let weights = Tensor(given.map { Float($0.weight) }, [given.count], device: device)
      let (known, logits) = step.learn(
        student, beside: view(step, plain.augmented(step.frame.weak), isStrong))
      return StepTerms(
        known: known, unknown: (Loss.crossEntropies(logits, target) * weights).mean(),
        labels: target)
    case .maps(let predict):
      let maps = withoutGradients { predict(plain) }
      let seen = plain.with(pixels: plain.pixels, masks: maps).augmented(step.frame.weak)
      let target = seen.masks ?? maps
      let (known, logits) = step.learn(student, beside: view(step, seen, isStrong))
      return StepTerms(known: known, unknown: step.loss(logits, target), labels: target)
    }
  }

  private func view(_ step: SemiSupStep, _ seen: ImageBatch, _ isStrong: Bool) -> Tensor {
    isStrong ? step.strong(seen).images : seen.images
  }
}

/// Predictions that labels are given by: calibrated, and averaged over the image and its mirror image
/// where left and right may be exchanged.
struct Labeller {
  let network: Network
  let temperature: Double
  let flips: Bool

  /// The predictions of a method's labeller.
  init(_ setup: MethodSetup) {
    network = setup.labeller
    temperature = setup.calibration.temperature
    flips = setup.configuration.augmentation.flips
  }

  /// `[B, C]` or `[B, C, H, W]` of standardised images.
  func callAsFunction(_ images: Tensor) -> Tensor {
    withoutGradients {
      let shares = network.probabilities(images, temperature: temperature)
      guard flips else { return shares }
      let mirrored = network.probabilities(images.flip([3]), temperature: temperature)
      return (shares + (shares.rank == 4 ? mirrored.flip([3]) : mirrored)) * 0.5
    }
  }

  /// The predictions of all items, in memory.
  func rows(_ items: [Int], _ images: ImageAccess) throws -> ClassProbabilities {
    ClassProbabilities(
      try images.inference.rows(items) { self($0) }.values,
      classes: network.configuration.classes)
  }

  /// The items whose map `rule` does not drop, ascending, with the mean confidence of what it keeps.
  func believed(
    _ items: [Int], _ images: ImageAccess, by rule: ConfidentRule
  ) throws -> [(item: Int, confidence: Float)] {
    var believed: [(item: Int, confidence: Float)] = []
    let forward = { (images: Tensor) -> Tensor in
      let shares = self(images)
      let kept = rule.labels(shares).ne(ConfidentRule.absentPixel).to(.float32)
      let count = kept.sum(dim: [1, 2])
      let sum = (shares.amax(dim: [1]) * kept).sum(dim: [1, 2])
      return sum / count.clamp(min: 1)
    }
    try images.inference.forEach(items, forward: forward) { rows, confidences in
      for (row, confidence) in zip(rows, confidences.floats()) where confidence > 0 {
        believed.append((items[row], confidence))
      }
    }
    return believed
  }
}
