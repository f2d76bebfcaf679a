import Evaluation
import Testing

@Suite struct SegmentationMetricsTests {
  @Test("Dice, IoU and HD95 equal SciPy's and scikit-learn's, with anisotropic pixels")
  func reference() throws {
    let known = try Reference.load().segmentation
    var scores = SegmentationMetrics(classes: 3)
    for image in known.images {
      scores.add(
        truth: image.truth, prediction: image.prediction, height: known.height,
        width: known.width, spacing: PixelSpacing(row: known.spacing[0], column: known.spacing[1]))
    }
    for (row, image) in zip(scores.scores, known.images) {
      #expect(close(row.map(\.dice), [image.dice_1, image.dice_2]))
      #expect(close(row.map(\.iou), [image.iou_1, image.iou_2]))
      #expect(close(row.map(\.hd95), [image.hd95_1, image.hd95_2]))
    }
    #expect(close([scores.pooledDice(of: 1), scores.pooledDice(of: 2)], known.pooled))
    let first = known.images.map(\.dice_1).reduce(0, +) / Double(known.images.count)
    let second = known.images.map(\.dice_2).reduce(0, +) / Double(known.images.count)
    #expect(close(scores.meanDice, (first + second) / 2))
  }

  @Test("two empty masks agree, one empty mask is the worst case")
  func emptyMasks() {
    var scores = SegmentationMetrics(classes: 2)
    let spacing = PixelSpacing(row: 3, column: 4)
    scores.add(truth: [0], prediction: [0], height: 1, width: 1, spacing: spacing)
    scores.add(truth: [1], prediction: [0], height: 1, width: 1, spacing: spacing)
    scores.add(truth: [0], prediction: [1], height: 1, width: 1, spacing: spacing)
    scores.add(truth: [1], prediction: [1], height: 1, width: 1, spacing: spacing)
    #expect(scores.scores.map { $0[0].dice } == [1, 0, 0, 1])
    #expect(scores.scores.map { $0[0].iou } == [1, 0, 0, 1])
    #expect(scores.scores.map { $0[0].hd95 } == [nil, 5, 5, 0])
    #expect(scores.scores.map { $0[0].emptiness } == [.both, .prediction, .truth, .neither])
    #expect(scores.dice(of: 1) == 0.5)
    #expect(scores.diceWherePresent(of: 1) == 0.5)
    #expect(close(scores.hd95(of: 1), 10.0 / 3))
    for kind in SegmentationScore.Emptiness.allCases {
      #expect(scores.share(of: kind, class: 1) == 0.25)
    }
  }

  @Test("an ignored pixel belongs to no class")
  func ignoredPixels() {
    var scores = SegmentationMetrics(classes: 2)
    scores.add(truth: [1, 0, 255], prediction: [1, 0, 1], height: 1, width: 3)
    #expect(scores.meanDice == 1)
    #expect(scores.meanHD95 == 0)
    #expect(scores.pixels.total == 2)
  }

  @Test("the boundary of a mask at the image's edge is its rim")
  func boundary() {
    // A full image against its centre: every rim pixel is 1 or √2 from the centre, the 95th
    // percentile of the eight is √2; the other way round the distance is 1.
    let full = Array(repeating: true, count: 9)
    var centre = Array(repeating: false, count: 9)
    centre[4] = true
    let distance = boundaryDistance95(truth: full, prediction: centre, height: 3, width: 3)
    #expect(close(distance, 2.0.squareRoot()))
  }

  @Test("segmentation scores carry the classes' names, without the background")
  func names() {
    var scores = SegmentationMetrics(classes: 3, distances: false)
    scores.add(truth: [0, 1], prediction: [0, 1], height: 1, width: 2)
    #expect(
      scores.named(classes: ["background", "grey", "white"]).map(\.metric) == [
        "dice", "dice_grey", "dice_white", "iou",
      ])
  }
}
