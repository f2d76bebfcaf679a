public import Base

extension ModelConfiguration: Validatable {
  /// Every value out of its range.
  public func faults() -> [String] {
    var faults: [String] = []
    func require(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
    require(classes >= 1, "classes must be at least 1, not \(classes)")
    require(
      outputs == .exclusive || !architecture.isSegmentation,
      "outputs: several classes a pixel are not learnt; choose a classification network")
    require(channels >= 1, "channels must be at least 1, not \(channels)")
    require(imageSize >= 1, "imageSize must be at least 1, not \(imageSize)")
    require(patch >= 1, "patch must be at least 1, not \(patch)")
    require(window == 0 || window > 1, "window must be 0 or at least 2, not \(window)")
    if imageSize >= 1, patch >= 1, window == 0 || window > 1 { faults += sizeFaults() }
    require(
      (0.125...8).contains(widthFactor), "widthFactor must be from 0.125 to 8, not \(widthFactor)")
    require((0..<1).contains(dropout), "dropout must be from 0 to below 1, not \(dropout)")
    require((0..<1).contains(dropPath), "dropPath must be from 0 to below 1, not \(dropPath)")
    return faults
  }

  /// Where the images do not suit the architecture.
  private func sizeFaults() -> [String] {
    switch architecture {
    case .vitTiny, .vitSmall, .vitBase:
      imageSize % patch == 0 ? [] : ["patch must divide imageSize, but \(patch) not \(imageSize)"]
    case .alexnet:
      imageSize >= AlexNet.smallestImage(stem)
        ? []
        : [
          "imageSize must be at least \(AlexNet.smallestImage(stem)) for alexnet with the "
            + "\(stem.rawValue) stem, not \(imageSize)"
        ]
    case .swinUNet: swinFaults()
    default: []
    }
  }

  private func swinFaults() -> [String] {
    let unit = patch << (SwinGrid.levels - 1)
    guard patch <= 4 else {
      return ["patch must be at most 4 for swin-unet (2 for 64 pixels, 4 for 128), not \(patch)"]
    }
    guard imageSize % unit == 0 else {
      return ["imageSize must be a multiple of 8 patches for swin-unet: \(unit), not \(imageSize)"]
    }
    guard SwinGrid(imageSize: imageSize, patch: patch, window: window) == nil else { return [] }
    let sides = (0..<SwinGrid.levels).map { String((imageSize / patch) >> $0) }
    return [
      (window == 0 ? "no window from 8 to 4 tiles" : "windows of \(window) do not tile")
        + " swin-unet's maps of \(sides.joined(separator: ", ")) patches: choose another imageSize, "
        + "patch or window"
    ]
  }
}
