import Base
import Foundation
import Imaging
public import Pool

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
    /// All classes that are more probable than not.
    case classes(Set<Int>)
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
  /// Asks for labels of these images or parts of them; asking again changes nothing.
  ///
  /// `suggest` says what the model would answer for images; an annotator that shows nothing does not
  /// ask it.
  func request(
    _ questions: [Question], in folder: RoundFolder, suggest: ([Int]) throws -> [Suggestion]
  ) throws
  /// Puts the labels that are there into the run's ledger.
  ///
  /// - Returns: the questions that have no answer yet, with the parts that have none.
  func collect(_ questions: [Question], in folder: RoundFolder) throws -> [Question]
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
    _ questions: [Question], in folder: RoundFolder, suggest: ([Int]) throws -> [Suggestion]
  ) throws {}

  /// Copies the truth of the images into the ledger, or adds what it says of their parts.
  ///
  /// - Throws: a diagnostic that counts the items without truth.
  public func collect(_ questions: [Question], in folder: RoundFolder) throws -> [Question] {
    let items = questions.map(\.item)
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
      labels: try questions.compactMap { question in
        try answer(question, known[question.item], truth[question.item]).map {
          LabelRow(item: question.item, label: $0, author: "oracle", source: .oracle, run: run)
        }
      })
    return []
  }

  /// What the ledger does not say yet; nil where it says all that is asked.
  private func answer(_ question: Question, _ known: Label?, _ truth: Label?) throws -> Label? {
    guard !question.frames.isEmpty, truth != nil else { return known == nil ? truth : nil }
    let whole = try pool.partialMask(of: question.item, truth)
    let before = try pool.partialMask(of: question.item, known)
    var mask = before
    for frame in question.frames { mask.add(whole, inside: frame) }
    return mask == before && known != nil ? nil : try pool.store(mask)
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

  /// Writes `to-label.csv` and a folder with the images and the suggested masks; parts are framed.
  public func request(
    _ questions: [Question], in folder: RoundFolder, suggest: ([Int]) throws -> [Suggestion]
  ) throws {
    guard !FileManager.default.fileExists(atPath: folder.toLabel.path) else { return }
    let suggestions = try suggest(questions.map(\.item))
    guard questions.allSatisfy({ $0.frames.isEmpty }) else {
      return try requestParts(questions, suggestions, in: folder)
    }
    for suggestion in suggestions {
      try folder.write(image: try pool.image(suggestion.item), item: suggestion.item)
      if case .mask(let bytes, let height, let width) = suggestion.guess {
        try folder.write(
          suggestedMask: bytes, height: height, width: width, name: "\(suggestion.item)")
      }
    }
    try folder.write(toLabel: suggestions, classes: classes)
  }

  private func requestParts(
    _ questions: [Question], _ suggestions: [Suggestion], in folder: RoundFolder
  ) throws {
    try pool.askForParts(run: run)
    for (question, suggestion) in zip(questions, suggestions) {
      let image = try pool.image(question.item).display8()
      try folder.write(image: image.framed(question.frames), item: question.item)
      guard case .mask(let bytes, let height, let width) = suggestion.guess else { continue }
      let guess = ImageBuffer(labels: bytes, height: height, width: width)
        .resizedToNearest(height: image.height, width: image.width)
      for frame in question.frames {
        try folder.write(
          suggestedMask: guess.pixels(in: frame), height: frame.height, width: frame.width,
          name: question.name(of: frame))
      }
    }
    try folder.write(toLabel: questions)
  }

  /// Looks into the ledger only: `pipeline labels add` has put the labels there.
  ///
  /// A part is answered once one of its pixels has a class.
  public func collect(_ questions: [Question], in folder: RoundFolder) throws -> [Question] {
    let known = try pool.currentLabels(of: questions.map(\.item), run: run)
    return try questions.compactMap { question in
      guard let label = known[question.item] else { return question }
      if question.frames.isEmpty { return nil }
      let mask = try pool.partialMask(of: question.item, label)
      let missing = question.frames.filter { !mask.isLabelled(in: $0) }
      return missing.isEmpty ? nil : Question(item: question.item, frames: missing)
    }
  }
}
