import Base
import Foundation
import Torch

/// Collects what steps tell, and reads it in one go.
///
/// Losses stay on the device until `read`, which is the only place that waits for it.
struct StepMeter {
  private struct Entry {
    let step: Int
    let values: [(name: String, tensor: Tensor)]
  }

  /// Means over the steps since the last reading.
  struct Reading {
    var fields: [String: Double]
    var loss: Double { fields["loss"] ?? .nan }
  }

  private var pending: [Entry] = []
  private var images = 0
  private var waited = 0.0
  private var start = StepMeter.now
  /// Seconds, waiting and images of all readings.
  private(set) var total = (seconds: 0.0, waited: 0.0, images: 0)

  static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

  /// Starts the clock anew: what lies between readings and steps is not counted.
  mutating func restart() {
    start = Self.now
  }

  mutating func record(
    _ loss: StepLoss, norm: Tensor?, step: Int, images: Int, waited: Double
  ) {
    var values = [("loss", loss.total.detach())] + loss.parts
    if let norm { values.append(("gradient_norm", norm)) }
    pending.append(
      Entry(step: step, values: values.map { ($0.0, $0.1.reshape([]).to(.float64)) }))
    self.images += images
    self.waited += waited
  }

  /// The means since the last reading, or nil where there was no step.
  ///
  /// - Throws: what `fault` makes of the first step with a loss that is not finite.
  mutating func read(fault: (Int, Double) -> NonFiniteLoss) throws -> Reading? {
    guard !pending.isEmpty else { return nil }
    let numbers = stack(pending.flatMap { $0.values.map(\.tensor) }, dim: 0).doubles()
    let seconds = Self.now - start
    let named = zip(
      pending.flatMap { entry in entry.values.map { (entry.step, $0.name) } }, numbers)
    for ((step, name), value) in named where name == "loss" && !value.isFinite {
      throw fault(step, value)
    }
    var fields = Dictionary(grouping: named, by: { $0.0.1 }).mapValues { entries in
      entries.reduce(0) { $0 + $1.1 } / Double(entries.count)
    }
    fields["data_wait"] = waited / seconds
    fields["images_per_second"] = Double(images) / seconds
    fields["seconds"] = seconds
    total = (total.seconds + seconds, total.waited + waited, total.images + images)
    (pending, images, waited) = ([], 0, 0)
    return Reading(fields: fields)
  }
}
