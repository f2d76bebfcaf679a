import ArgumentParser
import Base
import Foundation
import Pool

extension PoolCommand {
  /// `pool compact`: what is no longer needed.
  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove what a pool no longer needs, and give back its room.",
      discussion: """
        Images and masks that no row names, broken caches and room inside the database go. With
        --keep, caches of all other sizes go too; a cache that is needed later is made again.
        It may be killed at any moment: the pool is then whole, and the same command goes on.
        Trainings may go on meanwhile, imports not. The pixels are written anew where any go: the
        disk needs room for those that stay. Example:
          pipeline pool compact --pool pool --keep 64 --keep 128
        """)

    @OptionGroup var place: PoolPlace
    @Option(
      help: ArgumentHelp(
        "A size whose caches stay; may be given again. All stay where it is left out.",
        valueName: "size"))
    var keep: [Int] = []
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let report = try place.open().compact(keeping: keep.isEmpty ? nil : Set(keep))
      if json { return print(try encoded(report)) }
      print(
        aligned([
          ("images removed", "\(report.images)"), ("masks removed", "\(report.masks)"),
          ("caches removed", "\(report.caches)"),
          ("given back", String(format: "%.1f MB", Double(report.bytes) / 1e6)),
        ]))
    }
  }
}
