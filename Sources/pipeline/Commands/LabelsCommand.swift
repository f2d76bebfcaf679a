import ArgumentParser
import Base
import Foundation
import Pool

/// `pipeline labels`: bring labels in, look at them, take them out.
struct LabelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labels",
    abstract: "Add, list or export labels.",
    discussion: "Example: pipeline labels add runs/a/rounds/01/to-label.csv --pool pool --run a",
    subcommands: [Add.self, List.self, Export.self])

  /// `labels add`: answers of people.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add the labels of a filled to-label.csv, or of a folder of masks ITEM.png.",
      discussion: """
        Everything is checked first, and nothing is written where anything is wrong. Example:
          pipeline labels add masks/ --pool pool --run heart
        """)

    @Argument(help: "A table with the columns item and label, or a folder of masks.")
    var source: String
    @OptionGroup var place: PoolPlace
    @Option(name: .customLong("run"), help: "The run that asked for them; else the pool itself.")
    var ledger = ""
    @Option(help: "Who labelled.")
    var author = "annotator"
    @Option(help: "Values in mask files by class, such as 0,255; else a value is its class.")
    var maskValues: String?
    @Flag(help: "Print JSON.")
    var json = false

    struct Result: Encodable {
      let added: Int
      let unchanged: Int
      let unfilled: Int
    }

    func run() throws {
      let pool = try place.open()
      let answers = try LabelAnswers(
        URL(fileURLWithPath: source), pool: pool, run: ledger, author: author,
        maskValues: try parsedMaskValues(maskValues))
      try pool.append(labels: answers.rows)
      let result = Result(
        added: answers.rows.count, unchanged: answers.unchanged, unfilled: answers.unfilled)
      print(
        json
          ? try encoded(result)
          : aligned([
            ("labels added", "\(result.added)"), ("known already", "\(result.unchanged)"),
            ("left empty", "\(result.unfilled)"),
          ]))
    }
  }

  /// `labels list`: the ledger.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the current labels, or every label ever given.",
      discussion: "Example: pipeline labels list --pool pool --run a --history")

    @OptionGroup var place: PoolPlace
    @Option(
      name: .customLong("run"), help: "The run whose ledger is listed; else the pool's own.")
    var ledger = ""
    @Flag(help: "Also labels that were replaced by newer ones.")
    var history = false

    func run() throws {
      try place.open().writeLabels(run: ledger, history: history) { print($0, terminator: "") }
    }
  }

  /// `labels export`: a table, and the masks.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the current labels as labels.csv and, for segmentation, masks/ITEM.png.",
      discussion: "Example: pipeline labels export --pool pool --out labels/")

    @OptionGroup var place: PoolPlace
    @Option(
      name: .customLong("run"), help: "The run whose labels are written; else the pool's own.")
    var ledger = ""
    @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var out: String

    func run() throws {
      let pool = try place.open()
      let folder = URL(fileURLWithPath: out)
      try Folder.create(folder)
      try AtomicFile.replace(folder.appendingPathComponent("labels.csv")) { partial in
        let table = try OutputFile(creating: partial)
        try pool.writeLabels(run: ledger) { try table.write($0) }
      }
      if try pool.mode == .segmentation {
        _ = try pool.exportMasks(to: folder.appendingPathComponent("masks"), run: ledger)
      }
      print("written to \(out)")
    }
  }
}
