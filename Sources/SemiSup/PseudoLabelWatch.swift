import Models
import NN
import Torch
import Training

/// Keeps an eye on the pseudo-labels of a training, and ends their part in it where they go astray.
///
/// Everything it knows is in tensors that checkpoints hold, so a resumed training has seen what the
/// unbroken one has.
///
/// The score is that on held-out labelled images where there are some: in the folds. The final
/// training learns from every label; there it is the score on those, which may still not fall.
struct PseudoLabelWatch {
  private let settings: SemiSupConfiguration.Guardrail
  private let prior: LabelledPrior
  private let precision: [Double?]
  /// Pseudo-labels of each class in images, `[C]`; the past fades by `memory` a step.
  private let histogram: Tensor
  /// Sum over the steps of the share that got a label; steps; images that got one.
  private let given: Tensor
  /// 0, or 1 + the number of the reason; the step; evaluations that fell short.
  private let alarm: Tensor
  private static let memory = 0.98

  /// - Parameters:
  ///   - settings: the limits.
  ///   - prior: of the labels that are trained on.
  ///   - precision: of held-out pseudo-labels of each class, for the log.
  ///   - device: where labels are.
  init(
    _ settings: SemiSupConfiguration.Guardrail, prior: LabelledPrior, precision: [Double?],
    device: Device
  ) {
    self.settings = settings
    self.prior = prior
    self.precision = precision
    histogram = Tensor.zeros([prior.shares.count]).to(device)
    given = Tensor.zeros([3]).to(device)
    alarm = Tensor.zeros([3]).to(device)
  }

  /// What a checkpoint holds.
  var extras: [(name: String, tensor: Tensor)] {
    [("histogram", histogram), ("given", given), ("alarm", alarm)]
  }

  /// 1, or 0 once the pseudo-labels are given up; a scalar on the device.
  var isTrusting: Tensor { alarm.select(dim: 0, index: 0).eq(0).to(.float32) }

  /// The mean share of images (or of their pixels) that got a label.
  var kept: Double {
    let sums = given.floats()
    return Double(sums[0]) / Double(max(sums[1], 1))
  }

  /// Why and when the pseudo-labels were given up.
  var raised: Alarm? {
    let values = alarm.floats().map { Int($0) }
    guard values[0] > 0 else { return nil }
    return Alarm(reason: Alarm.Reason.allCases[values[0] - 1], step: values[1])
  }

  /// Counts the labels of a step.
  ///
  /// - Returns: the share that got one, a scalar on the device.
  func count(_ labels: Tensor, absent: Int) -> Tensor {
    withoutGradients {
      let rows = labels.reshape([labels.shape[0], -1])
      let found = stack(
        (0..<prior.shares.count).map { rows.eq($0).to(.float32).mean(dim: [1]).sum() }, dim: 0)
      histogram.copy_(from: histogram * Self.memory + found)
      let kept = rows.ne(absent).to(.float32)
      let share = kept.mean()
      let one = Tensor.ones([]).to(given.device)
      given.copy_(from: given + stack([share, one, kept.amax(dim: [1]).sum()], dim: 0))
      return share
    }
  }

  /// The look at the training after every part of its steps.
  ///
  /// - Parameters:
  ///   - steps: of the training.
  ///   - start: the score of the network that training starts from.
  ///   - scores: the score now, and that of the network that it is compared with, if any: the
  ///     student of a moving average, or the second of two networks.
  /// - Returns: a check of the training loop.
  func check(
    steps: Int, start: Double, scores: @escaping () throws -> (result: Double, other: Double?)
  ) -> Check {
    Check("pseudo", every: max(steps / settings.evaluations, 1)) { done in
      let (score, other) = try scores()
      var fields = evaluate(done, start: start, score: score)
      fields["gap"] = other.map { score - $0 }
      return CheckResult(fields)
    }
  }

  /// Raises the alarm where it is due; what it measured goes to the log.
  private func evaluate(_ done: Int, start: Double, score: Double) -> [String: Double] {
    let counts = histogram.floats().map(Double.init)
    let (ratio, divergence) = (prior.foregroundRatio(counts), prior.divergence(counts))
    var state = alarm.floats()
    if state[0] == 0 {
      if score < start - settings.shortfall { state[2] += 1 }
      let reason = settings.alarm(
        shortfalls: Int(state[2]), foregroundRatio: ratio, divergence: divergence,
        images: Int(given.floats()[2]))
      if let index = reason.flatMap({ Alarm.Reason.allCases.firstIndex(of: $0) }) {
        (state[0], state[1]) = (Float(index + 1), Float(done))
      }
      alarm.copy_(from: Tensor(state, [3]).to(alarm.device))
    }
    var fields = ["score": score, "shortfall": start - score, "alarm": state[0] == 0 ? 0 : 1]
    fields["divergence"] = divergence
    fields["foreground_ratio"] = ratio
    for (label, value) in precision.enumerated() { fields["precision_\(label)"] = value }
    return fields
  }
}
