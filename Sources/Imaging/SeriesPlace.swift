/// Where a DICOM file stands among others.
///
/// Patient and series are identifiers: whoever asks for them makes pseudonyms of them at once, and
/// neither stores nor shows them.
public struct SeriesPlace: Sendable, Equatable {
  /// Patient ID (0010,0020).
  public let patient: String?
  /// Series Instance UID (0020,000E).
  public let series: String?
  /// Millimetres along the normal of the slices, towards the patient's head for axial ones; the
  /// instance number where the file tells no position.
  public let place: Double?

  /// A place among others.
  public init(patient: String?, series: String?, place: Double?) {
    self.patient = patient
    self.series = series
    self.place = place
  }
}
