import Models
import Torch
import Training

/// Two large crops of an image and some small ones.
///
/// Caron et al. *Unsupervised Learning of Visual Features by Contrasting Cluster Assignments.*
/// NeurIPS 2020. <https://arxiv.org/abs/2006.09882>, section 3.4.
///
/// Large crops keep 0.4 of the area and more, small ones 0.15 to 0.4 at half the side; the published
/// 0.05 may miss a finding, which its large crop shows. Where the size of findings is known, no crop
/// keeps less than the policy allows. Without small crops the large ones are the policy's views.
struct MultiCrop {
  /// How a large crop is drawn.
  let large: Augmentation
  private let small: Augmentation
  private let count: Int
  private let side: Int

  /// - Parameters:
  ///   - policy: what views go through.
  ///   - count: small crops of an image.
  ///   - model: the network that reads them.
  init(_ policy: AugmentationPolicy, count: Int, model: ModelConfiguration) {
    var view = policy.contrastive(size: model.imageSize)
    let least = policy.lesionFraction == nil ? 0 : view.crop?.lowerBound ?? 0
    small = {
      var view = view
      view.crop = max(0.15, least)...max(0.4, least)
      return view
    }()
    if count > 0 { view.crop = max(0.4, least)...1 }
    large = view
    self.count = count
    let isTransformer = NetworkDemand.Kind(model.architecture) == .transformer
    let unit = isTransformer ? model.patch : 1
    side = max(unit, model.imageSize / 2 / unit * unit)
  }

  /// The crops of a batch as a network takes them: large `[2 B, C, H, W]`, the first of each image
  /// and then the second, and small `[count · B, C, h, w]`.
  func callAsFunction(_ batch: ImageBatch) -> (large: Tensor, small: Tensor?) {
    let (a, b) = batch.twoViews(large)
    let crops = (0..<count).map { place in
      // Odd views are the ones that `twoViews` draws its second from.
      interpolate(
        batch.augmented(small, view: 2 + 2 * place).images, size: [side, side], antialias: true)
    }
    return (cat([a.images, b.images], dim: 0), crops.isEmpty ? nil : cat(crops, dim: 0))
  }
}
