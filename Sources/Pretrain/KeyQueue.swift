import Base
import NN
package import Torch

/// Keys of earlier batches, first in first out: the negatives of momentum contrast.
///
/// He, Fan, Wu, Xie, Girshick. *Momentum Contrast for Unsupervised Visual Representation Learning.*
/// CVPR 2020. <https://arxiv.org/abs/1911.05722>
///
/// Each key goes with the number of its owner, the group of its image: in a pool of hundreds the
/// queue would else push an image from its own earlier keys, and from its patient's other slices.
/// It begins with random directions that nobody owns.
package struct KeyQueue {
  /// Unit rows `[K, D]`.
  private let rows: Tensor
  /// `[K]` int64.
  private let owners: Tensor

  /// What a checkpoint holds, by name.
  var state: [(name: String, tensor: Tensor)] { [("rows", rows), ("owners", owners)] }

  /// A queue with its rows `[K, D]`, which nobody owns.
  package init(_ rows: Tensor) {
    self.rows = Loss.normalized(rows)
    owners = Tensor(
      [Int](repeating: Self.nobody, count: rows.shape[0]), [rows.shape[0]], device: rows.device)
  }

  /// A queue of K keys of D features with first rows from `key`.
  init(length: Int, width: Int, device: Device, key: RandomKey) {
    self.init(Tensor.normal([length, width], generator: Generator(key)).to(device))
  }

  private static let nobody = Int.min

  /// How many keys there are to be: what is asked for, or at most half of the images and 4096, in
  /// full batches, at least one.
  ///
  /// A longer queue holds the anchor's own older keys.
  package static func length(_ asked: Int?, images: Int, batch: Int) -> Int {
    max((asked ?? min(4096, images / 2)) / batch, 1) * batch
  }

  /// Replaces the oldest keys by those of a step.
  ///
  /// - Parameters:
  ///   - keys: `[B, D]`; K is a multiple of B.
  ///   - owners: `[B]` int64.
  ///   - step: the step, from 0; it says which are the oldest.
  package func push(_ keys: Tensor, owners: Tensor, step: Int) {
    let (batch, length) = (keys.shape[0], rows.shape[0])
    precondition(length % batch == 0, "\(length) keys are no multiple of \(batch)")
    withoutGradients {
      let place = step * batch % length
      rows.narrow(dim: 0, start: place, length: batch).copy_(from: Loss.normalized(keys))
      self.owners.narrow(dim: 0, start: place, length: batch).copy_(from: owners)
    }
  }

  /// InfoNCE: −ln( exp(q̂·k̂ / τ) / (exp(q̂·k̂ / τ) + Σⱼ exp(q̂·Qⱼ / τ)) ), the mean over the rows.
  ///
  /// - Parameters:
  ///   - queries: `[M, D]`.
  ///   - keys: the positive of each, `[M, D]`; no gradient goes into them.
  ///   - owners: `[M]` int64; keys of a query's own owner stand in no sum. Nil: all do.
  ///   - temperature: τ.
  /// - Returns: a scalar.
  package func contrast(
    _ queries: Tensor, _ keys: Tensor, owners: Tensor?, temperature: Double
  ) -> Tensor {
    let q = Loss.normalized(queries)
    let positive = (q * Loss.normalized(keys.detach())).sum(dim: [1], keepdim: true)
    // A copy: the next push changes the rows before the gradient is taken.
    var negative = q.matmul(withoutGradients { rows.clone() }.t())
    if let owners {
      let own = owners.unsqueeze(1).eq(self.owners.unsqueeze(0))
      negative = negative.maskedFill(own, -Double.infinity)
    }
    let logits = cat([positive, negative], dim: 1) / temperature
    return Loss.crossEntropy(
      logits, Tensor.zeros([q.shape[0]], dtype: .int64, device: q.device))
  }
}
