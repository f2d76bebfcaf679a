/// Where the predicted foreground of an image lies, and its contours.
struct PredictedRegions {
  private let classes: [Int]
  private let width: Int
  private let height: Int

  /// The predicted class of every pixel, row by row.
  init(_ classes: [Int], width: Int) {
    precondition(width > 0 && classes.count % width == 0, "one predicted class per pixel")
    (self.classes, self.width, height) = (classes, width, classes.count / width)
  }

  /// The pixels within a distance of predicted foreground, which is any class but 0.
  func foreground(dilatedBy radius: Double) -> [Bool] {
    dilated(classes.indices.filter { classes[$0] != 0 }, radius)
  }

  /// The pixels within a distance of one that has a neighbour, of four, of another class.
  func contours(dilatedBy radius: Double) -> [Bool] {
    let contour = classes.indices.filter { pixel in
      let (row, column) = (pixel / width, pixel % width)
      return (row > 0 && classes[pixel - width] != classes[pixel])
        || (row + 1 < height && classes[pixel + width] != classes[pixel])
        || (column > 0 && classes[pixel - 1] != classes[pixel])
        || (column + 1 < width && classes[pixel + 1] != classes[pixel])
    }
    return dilated(contour, radius)
  }

  private func dilated(_ pixels: [Int], _ radius: Double) -> [Bool] {
    var lit = [Bool](repeating: false, count: classes.count)
    let reach = Int(radius)
    let offsets = (-reach...reach).flatMap { row in
      (-reach...reach).filter { Double(row * row + $0 * $0) <= radius * radius }.map { (row, $0) }
    }
    for pixel in pixels {
      let (row, column) = (pixel / width, pixel % width)
      for (down, right) in offsets
      where 0..<height ~= row + down && 0..<width ~= column + right {
        lit[(row + down) * width + column + right] = true
      }
    }
    return lit
  }
}
