import Base

/// Why a file, or a part of it, cannot be used; holds no name and no value out of the file.
struct Refusal: Error, Sendable, Equatable {
  let reason: String
  let remedy: String?

  init(_ reason: String, fix remedy: String? = nil) {
    self.reason = reason
    self.remedy = remedy
  }

  /// What an error says about a file.
  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as any Diagnosable: self.init(error.what, fix: error.remedy)
    default: self.init("the file cannot be read")
    }
  }

  /// The same without `names`: it is going to be stored.
  func without(_ names: [String]) -> Refusal {
    func cleaned(_ text: String) -> String {
      names.filter { $0.count > 3 }.reduce(text) { $0.replacing($1, with: "…") }
    }
    return Refusal(cleaned(reason), fix: remedy.map(cleaned))
  }
}
