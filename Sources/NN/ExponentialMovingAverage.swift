import Foundation
import Torch

/// A teacher whose weights follow those of a student, by name.
///
/// θ_teacher ← m θ_teacher + (1 − m) θ_student for the parameters. Tarvainen, Valpola. *Mean
/// Teachers Are Better Role Models.* NeurIPS 2017. <https://arxiv.org/abs/1703.01780>
public struct ExponentialMovingAverage {
  /// What becomes of running statistics.
  public enum Buffers: String, Codable, Sendable, CaseIterable {
    /// The teacher keeps its own, from its own passes in training mode (the references' way).
    case own
    /// They are averaged as parameters are; the teacher runs in evaluation mode (EMAN, CVPR 2021).
    case averaged
    /// They are the student's newest.
    case copied
  }

  private let pairs: [(student: Tensor, teacher: Tensor)]
  private let buffers: [(student: Tensor, teacher: Tensor)]
  private let treatment: Buffers

  /// Makes `teacher` equal to `student` and takes it out of training.
  ///
  /// - Precondition: every tensor of the teacher stands in the student under the same name.
  public init(of student: ParameterStore, in teacher: ParameterStore, buffers: Buffers = .own) {
    func pair(_ entry: (name: String, tensor: Tensor)) -> (student: Tensor, teacher: Tensor) {
      guard let source = student[entry.name] else {
        preconditionFailure("the student has no tensor '\(entry.name)'")
      }
      return (source, entry.tensor)
    }
    pairs = teacher.parameters.map(pair)
    self.buffers = teacher.buffers.map(pair)
    treatment = buffers
    teacher.freeze(under: "")
    withoutGradients {
      for (source, target) in pairs + self.buffers { target.copy_(from: source) }
    }
  }

  /// Moves the teacher by one step.
  ///
  /// - Parameter momentum: m, 0 (a copy) ... 1 (unmoved).
  public func update(momentum: Double) {
    withoutGradients {
      foreachLerp_(pairs.map(\.teacher), pairs.map(\.student), weight: 1 - momentum)
      switch treatment {
      case .own: break
      case .copied: for (source, target) in buffers { target.copy_(from: source) }
      case .averaged:
        for (source, target) in buffers {
          if target.dtype == .int64 {
            target.copy_(from: source)
          } else {
            target.lerp_(source, weight: 1 - momentum)
          }
        }
      }
    }
  }

  /// The momentum of a young average, min(1 − 1 / (step + 1), limit): the first update copies.
  public static func warmedUp(step: Int, limit: Double) -> Double {
    min(1 - 1 / Double(step + 1), limit)
  }

  /// A momentum that rises from `first` to 1 along a cosine, as BYOL and DINO use it.
  public static func rising(from first: Double, step: Int, total: Int) -> Double {
    1 - (1 - first) * (cos(.pi * Double(step) / Double(total)) + 1) / 2
  }

  /// A first momentum fit for `total` steps, clamp(1 − 1 / (0.02 · total), 0.9, 0.996).
  public static func firstMomentum(total: Int) -> Double {
    min(max(1 - 1 / (0.02 * Double(total)), 0.9), 0.996)
  }
}
