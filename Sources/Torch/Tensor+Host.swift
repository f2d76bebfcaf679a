import CTorch

extension Tensor {
  /// A float32 tensor of `values`, last axis fastest.
  public convenience init(_ values: [Float], _ shape: [Int], device: Device = .cpu) {
    self.init(copying: values, shape, .float32, device)
  }

  /// A float64 tensor of `values`, last axis fastest.
  public convenience init(_ values: [Double], _ shape: [Int], device: Device = .cpu) {
    self.init(copying: values, shape, .float64, device)
  }

  /// An int64 tensor of `values`, last axis fastest.
  public convenience init(_ values: [Int], _ shape: [Int], device: Device = .cpu) {
    self.init(copying: values, shape, .int64, device)
  }

  /// A bool tensor of `values`, last axis fastest.
  public convenience init(_ values: [Bool], _ shape: [Int], device: Device = .cpu) {
    self.init(copying: values, shape, .bool, device)
  }

  /// A uint8 tensor of `values`, last axis fastest.
  public convenience init(_ values: [UInt8], _ shape: [Int], device: Device = .cpu) {
    self.init(copying: values, shape, .uint8, device)
  }

  /// Copies `bytes`, which hold elements of `dtype` in native byte order, last axis fastest.
  public convenience init(
    bytes: UnsafeRawBufferPointer, _ shape: [Int], _ dtype: DType, device: Device = .cpu
  ) {
    self.init(adopting: Tensor.copy(bytes, shape, dtype, device))
  }

  private convenience init<Element>(
    copying values: [Element], _ shape: [Int], _ dtype: DType, _ device: Device
  ) {
    let handle = values.withUnsafeBytes { Tensor.copy($0, shape, dtype, device) }
    self.init(adopting: handle)
  }

  private static func copy(
    _ bytes: UnsafeRawBufferPointer, _ shape: [Int], _ dtype: DType, _ device: Device
  ) -> OpaquePointer? {
    Library.require()
    var out: OpaquePointer?
    let status = ct_from_bytes(
      &out, bytes.baseAddress, bytes.count, shape, shape.count, dtype.code)
    check(status, "Tensor.init", [])
    return device.isCPU ? out : moved(out, to: device)
  }

  private static func moved(_ handle: OpaquePointer?, to device: Device) -> OpaquePointer? {
    let host = Tensor(adopting: handle)
    var out: OpaquePointer?
    let status = ct_to_device(&out, host.handle, device.code, host.dtype.code, false, false, -1)
    check(status, "to", [host])
    return out
  }

  /// The elements as `Float`, last axis fastest.
  public func floats() -> [Float] { host(.float32, 0) }

  /// The elements as `Double`, last axis fastest.
  public func doubles() -> [Double] { host(.float64, 0) }

  /// The elements as `Int`, last axis fastest; fractions are cut off.
  public func ints() -> [Int] { host(.int64, 0) }

  /// The elements as bytes, last axis fastest.
  public func bytes() -> [UInt8] { host(.uint8, 0) }

  /// The elements as truth values, last axis fastest.
  public func bools() -> [Bool] { host(.bool, false) }

  private func host<Element>(_ dtype: DType, _ zero: Element) -> [Element] {
    var values = [Element](repeating: zero, count: count)
    values.withUnsafeMutableBytes { copy(to: $0, as: dtype) }
    return values
  }

  /// Copies the elements, converted to `dtype`, last axis fastest.
  ///
  /// - Parameters:
  ///   - bytes: exactly as many as the elements take.
  ///   - dtype: the type to be written.
  public func copy(to bytes: UnsafeMutableRawBufferPointer, as dtype: DType) {
    check(ct_to_host(handle, dtype.code, bytes.baseAddress, bytes.count), "copy(to:as:)", [self])
  }

  /// The only element.
  ///
  /// Waits for the device; not for use inside a training step.
  public func item() -> Double {
    precondition(count == 1, "item() needs one element, not shape \(shape)")
    return doubles()[0]
  }
}
