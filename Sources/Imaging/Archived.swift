import Archive

/// Unpacks, and turns what is wrong with packed data into an `ImageError`.
func archived<Value>(
  _ format: ImageFormat, _ body: () throws(ArchiveFault) -> Value
) throws(ImageError) -> Value {
  do {
    return try body()
  } catch {
    let reason: ImageError.Reason =
      switch error {
      case .truncated(let detail): .truncated(detail)
      case .corrupt(let detail): .corrupt(detail)
      case .unsupported(let detail): .unsupported(detail)
      case .tooLarge(let limit): .tooLarge(limit: limit)
      case .outOfMemory: .outOfMemory
      }
    throw ImageError(reason, format: format)
  }
}
