public import Foundation

/// A small picture.
public struct ReportImage: Codable, Sendable, Equatable {
  /// A PNG or JPEG file.
  public var data: Data
  /// Its width in pixels.
  public var width: Int
  /// Its height in pixels.
  public var height: Int

  /// A picture from a PNG or JPEG file's bytes.
  public init(data: Data, width: Int, height: Int) {
    self.data = data
    self.width = width
    self.height = height
  }

  /// The picture as a URL that needs no other file.
  var source: String {
    let kind = data.first == 0xFF ? "jpeg" : "png"
    return "data:image/\(kind);base64,\(data.base64EncodedString())"
  }
}

/// An image that was chosen for labelling.
public struct PickedImage: Codable, Sendable, Equatable {
  /// The image's number in the pool.
  public var item: Int
  /// The round, from 1.
  public var round: Int
  /// Why: "uncertain", "covers 31 images".
  public var reason: String
  /// The rule's utility, by which it was chosen.
  public var utility: Double?
  /// The label that came back, if it is a class.
  public var label: String?
  /// The picture.
  public var image: ReportImage

  /// A chosen image.
  public init(
    item: Int, round: Int, reason: String, utility: Double? = nil, label: String? = nil,
    image: ReportImage
  ) {
    self.item = item
    self.round = round
    self.reason = reason
    self.utility = utility
    self.label = label
    self.image = image
  }
}

/// A test image with what the model says and what is true.
public struct PredictedImage: Codable, Sendable, Equatable {
  /// The model's word.
  public enum Outcome: Codable, Sendable, Equatable {
    /// One class for the image; truth is `nil` where it is unknown, confidence is 0 … 1.
    case label(predicted: String, truth: String?, confidence: Double?)
    /// One class for each pixel.
    case mask(predicted: LabelMap, truth: LabelMap?)
  }

  /// The image's number in the pool.
  public var item: Int
  /// The picture.
  public var image: ReportImage
  /// The model's word.
  public var outcome: Outcome
  /// A remark, such as the image's Dice.
  public var note: String

  /// A test image.
  public init(item: Int, image: ReportImage, outcome: Outcome, note: String = "") {
    self.item = item
    self.image = image
    self.outcome = outcome
    self.note = note
  }
}

/// Class indices by pixel; 0 is the background and 255 unknown, and neither is drawn.
public struct LabelMap: Codable, Sendable, Equatable {
  /// `[height, width]`, row by row.
  public var values: Data
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int

  /// A map from class indices, row by row.
  public init(_ values: [UInt8], width: Int, height: Int) {
    precondition(values.count == width * height, "one class index per pixel")
    self.values = Data(values)
    self.width = width
    self.height = height
  }
}
