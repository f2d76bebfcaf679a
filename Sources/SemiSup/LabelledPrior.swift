import Evaluation
import Foundation
import Torch

/// What the labels say of how often classes occur, which pseudo-labels are compared with.
package struct LabelledPrior: Sendable, Equatable {
  /// The share of each class among the labelled images, or among the pixels of their masks.
  ///
  /// Pixels beside a contour do not count, as they never get a pseudo-label: without that, small
  /// objects would always look too rare.
  package let shares: [Double]
  /// The shares of foreground that are believed of a map: half the first percentile of the
  /// labelled images' to twice their 99th; nil for classes of images.
  package let areas: ClosedRange<Double>?

  package init(classes labels: [Int], count: Int) {
    shares = Self.shares(labels.reduce(into: [Int](repeating: 0, count: count)) { $0[$1] += 1 })
    areas = nil
  }

  /// - Parameters:
  ///   - masks: class maps, row by row; 255 does not count.
  ///   - height: their rows.
  ///   - width: their columns.
  ///   - count: C.
  package init(masks: [[UInt8]], height: Int, width: Int, count: Int) {
    var counts = [Int](repeating: 0, count: count)
    var foreground: [Double] = []
    for mask in masks {
      let known = mask.filter { $0 != SegmentationMetrics.ignored }
      foreground.append(Double(known.count { $0 != 0 }) / Double(max(known.count, 1)))
      let contours = ConfidentRule.contours(
        Tensor(mask.map { Float($0) }, [1, height, width])
      ).bools()
      for (label, isContour) in zip(mask, contours)
      where !isContour && label != SegmentationMetrics.ignored {
        counts[Int(label)] += 1
      }
    }
    shares = Self.shares(counts)
    areas = Self.areas(foreground)
  }

  /// [½ p1, 2 p99].
  package static func areas(_ foreground: [Double]) -> ClosedRange<Double> {
    let low = 0.5 * (percentile(foreground, 0.01) ?? 0)
    return low...max(2 * (percentile(foreground, 0.99) ?? 1), low)
  }

  private static func shares(_ counts: [Int]) -> [Double] {
    let total = Double(max(counts.reduce(0, +), 1))
    return counts.map { Double($0) / total }
  }

  /// KL(h ‖ prior) in nats of a histogram of pseudo-labels; nil of nothing.
  ///
  /// A class that the labels do not know counts as one in a million.
  package func divergence(_ histogram: [Double]) -> Double? {
    let total = histogram.reduce(0, +)
    guard total > 0 else { return nil }
    return zip(histogram, shares).reduce(0) { sum, pair in
      let share = pair.0 / total
      return share == 0 ? sum : sum + share * log(share / max(pair.1, 1e-6))
    }
  }

  /// The share of foreground among pseudo-labels over that among labels; nil where either has
  /// nothing to be divided by, and for classes of images.
  package func foregroundRatio(_ histogram: [Double]) -> Double? {
    let total = histogram.reduce(0, +)
    guard areas != nil, total > 0, shares[0] < 1 else { return nil }
    return (1 - histogram[0] / total) / (1 - shares[0])
  }
}
