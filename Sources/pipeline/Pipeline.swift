import ArgumentParser
import Base
@preconcurrency import Foundation
import Pool

/// The program: parses, runs one command, and turns what it throws into a message and an exit code.
@main
struct Pipeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Good medical-image models from a modicum of labels.",
    discussion: """
      Stages, in their order:
        pipeline import scans/ --pool pool
        pipeline pretrain --pool pool --out runs/pretrain
        pipeline al-finetune --mode classification --pool pool --out runs/rounds \\
          --weights runs/pretrain
        pipeline semisup --pool pool --out runs/semisup --from runs/rounds
        pipeline predict --weights runs/semisup --pool pool --out predictions

      or all of them: pipeline run --pool pool --out runs/all

      Research use only; not a medical device.
      """,
    version: Version.current,
    subcommands: [
      DoctorCommand.self, ImportCommand.self, PretrainCommand.self, QueryCommand.self,
      AlFinetuneCommand.self, SemisupCommand.self, PredictCommand.self, CompareCommand.self,
      RunCommand.self, StatusCommand.self, ReportCommand.self, MethodsCommand.self,
      LabelsCommand.self, PoolCommand.self, WeightsCommand.self, ModelCommand.self,
      ImageCommand.self, ConfigCommand.self, DemoDataCommand.self, BenchCommand.self,
      DecodeHelperCommand.self,
    ])

  static func main() {
    // A file that may not grow is an error of the write, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    // Line by line into files and pipes too, in step with what goes to standard error.
    setvbuf(stdout, nil, _IOLBF, 0)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as any Diagnosable {
      end(error.description, error.exitCode)
    } catch {
      if let known = PoolError.explanation(of: error) { end(known.description, known.exitCode) }
      exit(withError: error)
    }
  }

  /// Prints a message on standard error and ends.
  private static func end(_ message: String, _ code: Base.ExitCode) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    Foundation.exit(code.rawValue)
  }
}
