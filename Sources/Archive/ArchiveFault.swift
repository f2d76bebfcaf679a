/// What can be wrong with packed data; texts are the reader's own words.
///
/// Readers turn it into the diagnostic of their own kind of file.
public enum ArchiveFault: Error, Equatable {
  /// The data end early.
  case truncated(String)
  /// What is there contradicts the format, or its checksum.
  case corrupt(String)
  /// A valid archive of a kind that is not read.
  case unsupported(String)
  /// More bytes than the limit, or than the packed ones can hold.
  case tooLarge(limit: Int)
  /// Memory ran out.
  case outOfMemory
}
