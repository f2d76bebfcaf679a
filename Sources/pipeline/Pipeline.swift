import ArgumentParser
import Base
@main
struct Pipeline: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "pipeline")
}
