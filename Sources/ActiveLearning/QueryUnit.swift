public import Base
import Evaluation
import Query

/// What is asked for as one label.
public enum QueryUnit: NamedChoice, Equatable {
  /// A whole image.
  case image
  /// A square part of an image; segmentation only.
  case tile(Tiles)

  /// The settings of `tile`.
  public struct Tiles: Codable, Sendable, Equatable, Validatable, Documented {
    /// Rows and columns of a tile at the network's size; nil: a quarter of the image's, at least 64.
    public var side: Int?
    /// Tiles of one image in a batch; gives way where it would leave the batch short.
    public var perImage = 4

    /// Tiles of a quarter of the side, four of an image.
    public init() {}

    /// What each setting means.
    public static let documentation = [
      "side": "Rows and columns of a tile at the network's size; null: a quarter of the image's, "
        + "at least 64; the whole image where it has fewer.",
      "perImage": "Tiles of one image in a batch; gives way where it would leave the batch short.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      (side.map { $0 < 1 } ?? false ? ["side must be at least 1"] : [])
        + (perImage < 1 ? ["perImage must be at least 1"] : [])
    }

    /// Where tiles may lie in images of `size` pixels a side.
    func grid(size: Int) -> TileGrid { TileGrid(size: size, side: side ?? max(64, size / 4)) }
  }

  /// The names that can be chosen.
  public static let choices: [Choice<QueryUnit>] = [
    Choice("image", .image, "whole images"),
    Choice("tile", Tiles(), Self.tile, "square parts of images, for segmentation"),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .image: Chosen("image")
    case .tile(let settings): Chosen("tile", settings)
    }
  }

  /// Where tiles may lie; nil where whole images are asked for.
  func grid(size: Int) -> TileGrid? {
    if case .tile(let settings) = self { settings.grid(size: size) } else { nil }
  }
}

/// What annotating costs a person, in seconds; measure it on a few images.
public struct AnnotationRates: Codable, Sendable, Equatable, Validatable, Documented {
  /// For each image or tile that is opened.
  public var perUnit = 0.0
  /// For each pixel of contour, at the network's size.
  public var perContourPixel = 0.0
  /// For each connected region.
  public var perComponent = 0.0

  /// Nothing is known of it.
  public init() {}

  /// Seconds of a person for what was annotated; nil where no rate is given.
  func seconds(_ effort: AnnotationEffort) -> Double? {
    guard self != Self() else { return nil }
    return effort.seconds(
      perUnit: perUnit, perContourPixel: perContourPixel, perComponent: perComponent)
  }

  /// What each setting means.
  public static let documentation = [
    "perUnit": "Seconds for each image or tile that is opened.",
    "perContourPixel": "Seconds for each pixel of contour, at the network's size.",
    "perComponent": "Seconds for each connected region of foreground.",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    let areRates = [perUnit, perContourPixel, perComponent].allSatisfy { $0 >= 0 }
    return areRates ? [] : ["perUnit, perContourPixel and perComponent must be at least 0"]
  }
}
