import Base
import Testing
import Torch
import Training

@Suite("Augmentation")
struct AugmentationTests {
  private let keys = (0..<6).map { RandomKey(seed: 5).folding($0) }

  /// Six 24×24 images with a bright rectangle, and the rectangle as class map.
  private var shapes: (images: Tensor, masks: Tensor) {
    let side = 24
    let masks = (0..<6).flatMap { row in
      (0..<(side * side)).map { place -> Int in
        let (y, x) = place.quotientAndRemainder(dividingBy: side)
        return (5 + row..<14 + row).contains(y) && (4..<16).contains(x) ? 1 : 0
      }
    }
    let images = Tensor(masks.map { Float($0) * 0.8 + 0.1 }, [6, 1, side, side])
    return (images, Tensor(masks, [6, side, side]))
  }

  private var geometric: Augmentation {
    var result = Augmentation()
    result.crop = 0.3...1
    result.horizontalFlip = 0.5
    result.verticalFlip = 0.5
    result.quarterTurns = true
    result.rotation = 10
    result.shift = 0.1
    return result
  }

  @Test("warps class maps along with their images")
  func alignment() throws {
    let (images, masks) = shapes
    let (warped, warpedMasks) = geometric.apply(images, masks: masks, keys: keys, fill: [0])
    let found = try #require(warpedMasks)
    #expect(!found.equals(masks))
    // Away from the rectangle's edge, where bilinear and nearest differ, both say the same.
    let bright = warped.squeeze(dim: 1)
    let isSure = bright.lt(0.15).logicalOr(bright.gt(0.85))
    let agrees = bright.gt(0.5).eq(found.eq(1))
    #expect(isSure.to(.float32).mean().item() > 0.7)
    #expect(agrees.logicalOr(isSure.logicalNot()).all().ints() == [1])
  }

  @Test("mirrors exactly")
  func flip() throws {
    var flip = Augmentation()
    flip.horizontalFlip = 1
    let (images, masks) = shapes
    let (warped, warpedMasks) = flip.apply(images, masks: masks, keys: keys, fill: [0])
    #expect(warped.isClose(to: images.flip([3]), atol: 1e-5))
    #expect(try #require(warpedMasks).equals(masks.flip([2])))
  }

  @Test("turns by quarters exactly")
  func quarterTurns() throws {
    var turn = Augmentation()
    turn.quarterTurns = true
    let (images, _) = shapes
    let (warped, _) = turn.apply(images, keys: keys, fill: [0])
    for row in 0..<6 {
      let image = images.select(dim: 0, index: row)
      let result = warped.select(dim: 0, index: row)
      #expect((0..<4).contains { result.isClose(to: image.rot90($0, dims: [1, 2]), atol: 1e-4) })
    }
  }

  @Test("of a row depends on its key alone")
  func rowsAreIndependent() {
    var all = AugmentationPolicy(modality: .dermoscopy).contrastive(size: 96)
    all.cutOut = 0.3
    let images = Tensor.uniform([6, 3, 24, 24], generator: Generator(RandomKey(seed: 2)))
    let whole = all.apply(images, keys: keys, fill: [0, 0, 0]).images
    let again = all.apply(images, keys: keys, fill: [0, 0, 0]).images
    #expect(whole.equals(again))
    let alone = all.apply(
      images.narrow(dim: 0, start: 3, length: 2), keys: Array(keys[3...4]), fill: [0, 0, 0]
    ).images
    #expect(alone.isClose(to: whole.narrow(dim: 0, start: 3, length: 2), atol: 1e-5))
    #expect(!all.apply(images, keys: keys.reversed(), fill: [0, 0, 0]).images.equals(whole))
  }

  @Test("stays within 0 ... 1 and keeps the shape", arguments: Modality.allCases)
  func range(modality: Modality) {
    let policy = AugmentationPolicy(modality: modality)
    let channels = modality == .grey ? 1 : 3
    let images = Tensor.uniform(
      [6, channels, 32, 40], generator: Generator(RandomKey(seed: 2)))
    let fill = [Float](repeating: 0.5, count: channels)
    for augmentation in [
      policy.weak(size: 128), policy.strong(size: 128), policy.contrastive(size: 128),
    ] {
      let result = augmentation.apply(images, keys: keys, fill: fill).images
      #expect(result.shape == images.shape)
      #expect(result.min().item() >= 0 && result.max().item() <= 1)
      #expect(!result.equals(images))
    }
  }

  @Test("blanks a square inside the image and makes its classes unknown")
  func cutOut() throws {
    var cut = Augmentation()
    cut.cutOut = 0.5
    let (images, masks) = shapes
    let (result, resultMasks) = cut.apply(images, masks: masks, keys: keys, fill: [0.5])
    let isHidden = result.eq(0.5).squeeze(dim: 1)
    #expect(try #require(resultMasks).eq(255).equals(isHidden))
    let areas = isHidden.to(.float32).sum(dim: [1, 2]).ints()
    #expect(areas.allSatisfy { area in (0...12).contains { $0 * $0 == area } })
    #expect(Set(areas).count > 1)
  }

  @Test("leaves grey alone when it turns or strengthens colour")
  func colourKeepsGrey() {
    var jitter = Augmentation()
    jitter.intensity.saturation = 0.5
    jitter.intensity.hue = 0.2
    jitter.intensity.jitterProbability = 1
    let grey = Tensor.full([6, 3, 4, 4], 0.4)
    #expect(jitter.apply(grey, keys: keys, fill: [0, 0, 0]).images.isClose(to: grey, atol: 2e-3))
    let red = cat([Tensor.full([6, 1, 4, 4], 0.8), Tensor.full([6, 2, 4, 4], 0.3)], dim: 1)
    #expect(!jitter.apply(red, keys: keys, fill: [0, 0, 0]).images.isClose(to: red, atol: 2e-2))
  }

  @Test("makes as many kinds of change as it is told to choose")
  func chooses() {
    var strong = Augmentation()
    strong.intensity.brightness = 0.4
    strong.intensity.noise = 0.1
    strong.intensity.choose = 1
    // Of a black image brightness changes nothing, so that noise shows itself.
    let noisy = strong.apply(Tensor.zeros([6, 1, 8, 8]), keys: keys, fill: [0]).images
    let count = noisy.amax(dim: [1, 2, 3]).gt(0).to(.float32).sum().item()
    #expect(count > 0 && count < 6)
  }

  @Test("exchanges left and right only where the modality allows it")
  func policy() {
    #expect(!AugmentationPolicy(modality: .grey).flips)
    #expect(AugmentationPolicy(modality: .grey, horizontalFlip: .allowed).flips)
    #expect(AugmentationPolicy(modality: .histology).flips)
    #expect(!AugmentationPolicy(modality: .fundus, horizontalFlip: .forbidden).flips)
    let grey = AugmentationPolicy(modality: .grey).contrastive(size: 64)
    #expect(grey.horizontalFlip == 0 && grey.verticalFlip == 0 && !grey.quarterTurns)
    #expect(grey.intensity.saturation == 0 && grey.intensity.hue == 0)
    #expect(grey.intensity.blur == nil)
    #expect(AugmentationPolicy(modality: .grey).contrastive(size: 96).intensity.blur == 0.1...2)
    let dermoscopy = AugmentationPolicy(modality: .dermoscopy).contrastive(size: 64)
    #expect(dermoscopy.quarterTurns && dermoscopy.intensity.hue == 0.03)
    #expect(
      AugmentationPolicy(modality: .grey, lesionFraction: 0.05).contrastive(size: 64).crop
        == 0.45...1)
    #expect(AugmentationPolicy().strong(size: 64, segmentation: true).cutOut == 0)
  }

  @Test("shows two different views, which overlap where it is asked")
  func twoViews() throws {
    var crop = Augmentation()
    crop.crop = 0.3...0.4
    crop.overlap = 0.2
    let batch = try BatchLoader(TinySet.stream()).batches(step: 0)[0]
    let (one, two) = batch.twoViews(crop)
    #expect(!one.pixels.equals(two.pixels))
    let (again, _) = batch.twoViews(crop)
    #expect(one.pixels.equals(again.pixels))
    #expect(one.pixels.equals(batch.augmented(crop, view: 0).pixels))
    #expect(one.labels === batch.labels)
  }

  @Test("without geometry never moves anything")
  func withoutGeometry() {
    let augmentation = AugmentationPolicy(modality: .dermoscopy).strong(size: 64).withoutGeometry
    #expect(augmentation.crop == nil && augmentation.horizontalFlip == 0)
    #expect(augmentation.intensity.choose == 2 && augmentation.rotation == 0)
  }

  @Test("policies say what is out of range")
  func faults() {
    #expect(AugmentationPolicy().faults().isEmpty)
    #expect(AugmentationPolicy(modality: .grey, lesionFraction: 1.5).faults().count == 1)
    #expect(Set(AugmentationPolicy.documentation.keys).count == 3)
  }
}
