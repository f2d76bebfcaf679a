public import Pool

/// A pool's cache is what batches are made of.
extension PixelCache: PixelSource {}

/// Labelled masks of a pool are targets of segmentation.
extension MaskCache: MaskSource {}
