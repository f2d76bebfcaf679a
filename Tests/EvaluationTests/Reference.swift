import Evaluation
import Foundation

/// What scikit-learn, SciPy and NumPy say; see `Tests/Fixtures/make-evaluation.py`.
struct Reference: Decodable {
  let classification: Classification
  let calibration: Calibration
  let segmentation: Segmentation
  let statistics: Statistics

  struct Classification: Decodable {
    let truth: [Int]
    let logits: [Float]
    let classes: Int
    let accuracy, balanced_accuracy, macro_f1, kappa, auroc_macro, nll, temperature: Double
    let recall, auroc, auprc: [Double]
    let confusion: [Int]
  }

  struct Calibration: Decodable {
    let confidence: [Float]
    let right: [Bool]
    let ece: Double
  }

  struct Segmentation: Decodable {
    let height, width: Int
    let spacing: [Double]
    let images: [Image]
    let pooled: [Double]

    struct Image: Decodable {
      let truth, prediction: [UInt8]
      let dice_1, iou_1, hd95_1, dice_2, iou_2, hd95_2: Double
    }
  }

  struct Statistics: Decodable {
    let t_quantile, t_two_sided: [[Double]]
    let isotonic: Isotonic
    let paired: Paired
    let percentile: Percentile
    let survival: Survival
    let pooled: Pooled
    let wilson: [Double]
  }

  struct Isotonic: Decodable { let values, weights, fit: [Double] }

  struct Paired: Decodable {
    let differences: [Double]
    let t_low, t_high, t_p, signed_rank_p, walsh_low, walsh_high: Double
  }

  struct Percentile: Decodable {
    let values: [Double]
    let p95, p25: Double
  }

  struct Survival: Decodable {
    let times: [Double]
    let seen: [Bool]
    let steps, survival: [Double]
    let median: Double
  }

  struct Pooled: Decodable {
    let effects, errors: [Double]
    let tau2, mean, low, high: Double
  }

  static func load() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/evaluation.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}

/// How far two numbers may differ, and why.
enum Tolerance {
  /// The same sum in another order, in float64.
  static let rounding = 1e-12
  /// Probabilities pass through float32 on their way.
  static let float32 = 1e-6
  /// An iterative search on the other side stops here.
  static let search = 1e-6
}

/// Whether both exist and differ by at most `tolerance` (relative beyond 1), or neither exists.
func close(_ a: Double?, _ b: Double?, _ tolerance: Double = Tolerance.rounding) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return abs(a - b) <= tolerance * max(1, abs(b))
}

func close(_ a: [Double?], _ b: [Double?], _ tolerance: Double = Tolerance.rounding) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { close($0, $1, tolerance) }
}
