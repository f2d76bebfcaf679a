/// What was annotated of images, and what it asks of a person: more than a number of labels where
/// parts of images count as one.
///
/// Pixels are those of the masks that are added. The cost model is linear in the parts: a unit has
/// to be looked at, contours have to be drawn, and every component has to be found.
public struct AnnotationEffort: Codable, Sendable, Equatable {
  /// Units that were asked for: images or tiles.
  public private(set) var units = 0
  /// Pixels with a class.
  public private(set) var pixels = 0
  /// Pixels with a class that is not the background.
  public private(set) var foreground = 0
  /// Pairs of neighbouring pixels (above, below, left, right) of different classes.
  public private(set) var contour = 0
  /// Connected regions (by the same neighbours) of one foreground class.
  public private(set) var components = 0
  /// All pixels of the units' images, were they annotated as a whole, by image; to compare with
  /// `pixels` in units of images.
  public private(set) var imagePixels = 0

  /// Nothing was annotated.
  public init() {}

  /// How many whole images have as many pixels as were annotated.
  public var images: Double {
    imagePixels == 0 ? 0 : Double(pixels) / Double(imagePixels)
  }

  /// Seconds of a person: `perUnit` for each unit, `perContourPixel` and `perComponent`.
  public func seconds(perUnit: Double, perContourPixel: Double, perComponent: Double) -> Double {
    perUnit * Double(units) + perContourPixel * Double(contour) + perComponent * Double(components)
  }

  /// Adds the annotation of `units` parts of an image (1 for all of it).
  ///
  /// - Parameters:
  ///   - classes: `[height, width]`, row by row, 255 where nothing was annotated.
  ///   - height: rows.
  ///   - width: columns.
  ///   - units: how many units the mask holds.
  public mutating func add(_ classes: [UInt8], height: Int, width: Int, units: Int = 1) {
    precondition(classes.count == height * width, "\(classes.count) classes for a mask")
    self.units += units
    imagePixels = height * width
    pixels += classes.count { $0 != 255 }
    foreground += classes.count { $0 != 0 && $0 != 255 }
    Self.forEachPair(height, width) { first, second in
      let differ = classes[first] != classes[second]
      if differ, classes[first] != 255, classes[second] != 255 { contour += 1 }
    }
    components += Self.components(classes, height, width)
  }

  /// Adds what was annotated elsewhere.
  public static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.units += b.units
    sum.pixels += b.pixels
    sum.foreground += b.foreground
    sum.contour += b.contour
    sum.components += b.components
    sum.imagePixels = max(a.imagePixels, b.imagePixels)
    return sum
  }

  /// Every pair of neighbouring pixels once.
  private static func forEachPair(_ height: Int, _ width: Int, _ body: (Int, Int) -> Void) {
    for pixel in 0..<height * width {
      if (pixel + 1) % width != 0 { body(pixel, pixel + 1) }
      if pixel + width < height * width { body(pixel, pixel + width) }
    }
  }

  /// Regions of equal foreground pixels, by union of neighbours.
  private static func components(_ classes: [UInt8], _ height: Int, _ width: Int) -> Int {
    let isForeground = classes.map { $0 != 0 && $0 != 255 }
    var parents = Array(classes.indices)
    func root(_ pixel: Int) -> Int {
      var pixel = pixel
      while parents[pixel] != pixel {
        parents[pixel] = parents[parents[pixel]]
        pixel = parents[pixel]
      }
      return pixel
    }
    var count = isForeground.count { $0 }
    forEachPair(height, width) { first, second in
      guard isForeground[first], classes[first] == classes[second] else { return }
      let (a, b) = (root(first), root(second))
      if a != b {
        parents[max(a, b)] = min(a, b)
        count -= 1
      }
    }
    return count
  }
}
