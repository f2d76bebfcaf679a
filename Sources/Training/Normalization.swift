public import Torch

/// Mean and deviation by channel, of samples from 0 to 1.
public struct Normalization: Codable, Sendable, Equatable {
  /// Mean of each channel.
  public var mean: [Float]
  /// Deviation of each channel, positive.
  public var std: [Float]

  /// One mean and one deviation a channel.
  public init(mean: [Float], std: [Float]) {
    precondition(mean.count == std.count, "\(mean.count) means, \(std.count) deviations")
    self.mean = mean
    self.std = std
  }

  /// One mean and one deviation a channel, as a pool's pixel cache measures them.
  public init(mean: [Double], std: [Double]) {
    self.init(mean: mean.map { Float($0) }, std: std.map { Float($0) })
  }

  /// ImageNet's, for red, green and blue: whatever starts from its weights was trained so.
  public static let imageNet = Normalization(
    mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225])

  /// Mean and deviation one half: samples go to the range from −1 to 1.
  public static func half(channels: Int) -> Normalization {
    Normalization(
      mean: Array(repeating: 0.5, count: channels), std: Array(repeating: 0.5, count: channels))
  }

  /// (x − mean) / std of `[B, C, H, W]` samples from 0 to 1.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let scale = std.map { 1 / $0 }
    let shift = zip(mean, scale).map { -$0 * $1 }
    return x * channels(scale, x.device) + channels(shift, x.device)
  }

  /// The samples again: x · std + mean.
  public func inverse(_ x: Tensor) -> Tensor {
    x * channels(std, x.device) + channels(mean, x.device)
  }

  private func channels(_ values: [Float], _ device: Device) -> Tensor {
    Tensor(values, [1, values.count, 1, 1], device: device)
  }
}
