import CImaging

/// Calls the C layer and turns a status into an `ImageError`.
///
/// The call gets a place for the detail; `limit` is the limit of samples, for the message.
func checked(
  _ format: ImageFormat, limit: Int = 1 << 31, _ body: (UnsafeMutablePointer<ci_message>) -> Int32
) throws {
  var message = ci_message()
  let status = body(&message)
  if status == Int32(CI_OK.rawValue) { return }
  let detail = withUnsafeBytes(of: &message.text) { raw in
    String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
  }
  throw ImageError(reason(UInt32(bitPattern: status), detail, limit), format: format)
}

private func reason(_ status: UInt32, _ detail: String, _ limit: Int) -> ImageError.Reason {
  switch ci_status(status) {
  case CI_TRUNCATED: .truncated(detail)
  case CI_UNSUPPORTED: .unsupported(detail)
  case CI_MISSING: .missing(detail)
  case CI_TOO_LARGE: .tooLarge(limit: limit)
  case CI_NO_MEMORY: .outOfMemory
  case CI_NO_PIXELS: .noPixels
  case CI_INVALID: .invalid(detail)
  case CI_SYNTAX: .unsupportedTransferSyntax(detail)
  default: .corrupt(detail)
  }
}

/// Refuses shapes that are empty or beyond the limit, before anything is allocated.
///
/// - Returns: the number of samples.
func sampleCount(_ lengths: [Int], limit: Int, format: ImageFormat) throws -> Int {
  var count = 1
  for length in lengths {
    guard length > 0 else { throw ImageError(.corrupt("a side has no length"), format: format) }
    let (product, overflow) = count.multipliedReportingOverflow(by: length)
    if overflow || product > limit { throw ImageError(.tooLarge(limit: limit), format: format) }
    count = product
  }
  return count
}
