import Base
public import Pool
import Foundation

/// What an annotator is shown of an item: what the model would say.
public struct Suggestion: Sendable, Equatable {
  /// The item.
  public let item: Int
  /// The predicted class with its probability, or the predicted mask as an image.
  public let guess: Guess

  /// A guess of the model.
  public enum Guess: Sendable, Equatable {
    /// No model yet.
    case none
    /// A class and its probability, 0 ... 1.
    case `class`(Int, confidence: Double)
    /// An 8-bit mask, `height` × `width`, class numbers.
    case mask([UInt8], height: Int, width: Int)
  }

  /// - Parameters: as the properties.
  public init(item: Int, guess: Guess) {
    self.item = item
    self.guess = guess
  }
}

/// Who answers: an oracle at once, people through a folder in their own time.
public protocol Annotator {
  /// Asks for labels of these items; asking again for the same items changes nothing.
  ///
  /// `suggest` says what the model would answer; an annotator that shows nothing does not ask it.
  func request(
    _ items: [Int], in folder: RoundFolder, suggest: ([Int]) throws -> [Suggestion]
  ) throws
  /// Puts the labels that are there into the run's ledger.
  ///
  /// - Returns: the items of `items` that have no label yet.
  func collect(_ items: [Int], in folder: RoundFolder) throws -> [Int]
}

/// A simulated person, who answers at once from the pool's truth.
public struct OracleAnnotator: Annotator {
  private let pool: Pool
  private let run: String

  /// - Parameters:
  ///   - pool: where the truth is.
  ///   - run: whose ledger takes the answers.
  public init(pool: Pool, run: String) {
    self.pool = pool
    self.run = run
  }

  /// Nothing to ask: the answers are there.
  public func request(
    _ items: [Int], in folder: RoundFolder, suggest: ([Int]) throws -> [Suggestion]
  ) throws {}

  /// Copies the truth of the items into the ledger.
  ///
  /// - Throws: a diagnostic that counts the items without truth.
  public func collect(_ items: [Int], in folder: RoundFolder) throws -> [Int] {
    let known = try pool.currentLabels(of: items, run: run)
    let truth = try pool.truth(of: items)
    let missing = items.filter { known[$0] == nil && truth[$0] == nil }
    guard missing.isEmpty else {
      throw Diagnostic(
        "\(missing.count) of \(items.count) chosen images have no label in the pool",
        at: "item \(missing[0])",
        fix: "import labels for every training image, or label by hand: set annotator: folder")
    }
    try pool.append(
      labels: items.filter { known[$0] == nil }.compactMap { item in
        truth[item].map {
          LabelRow(item: item, label: $0, author: "oracle", source: .oracle, run: run)
        }
      })
    return []
  }
}

/// People, who find the images and the model's suggestions in a folder and bring labels with
/// `pipeline labels add`.
public struct FolderAnnotator: Annotator {
  private let pool: Pool
  private let run: String
  private let classes: [String]

  /// - Parameters:
  ///   - pool: where the images are.
  ///   - run: whose ledger the labels are brought to.
  ///   - classes: the names of the classes.
  public init(pool: Pool, run: String, classes: [String]) {
    self.pool = pool
    self.run = run
    self.classes = classes
  }

  /// Writes `to-label.csv` and a folder with the images and the suggested masks.
  public func request(
    _ items: [Int], in folder: RoundFolder, suggest: ([Int]) throws -> [Suggestion]
  ) throws {
    guard !FileManager.default.fileExists(atPath: folder.toLabel.path) else { return }
    let suggestions = try suggest(items)
    for suggestion in suggestions {
      try folder.write(image: try pool.image(suggestion.item), item: suggestion.item)
      if case .mask(let bytes, let height, let width) = suggestion.guess {
        try folder.write(suggestedMask: bytes, height: height, width: width, item: suggestion.item)
      }
    }
    try folder.write(toLabel: suggestions, classes: classes)
  }

  /// Looks into the ledger only: `pipeline labels add` has put the labels there.
  public func collect(_ items: [Int], in folder: RoundFolder) throws -> [Int] {
    let known = try pool.currentLabels(of: items, run: run)
    return items.filter { known[$0] == nil }
  }
}
