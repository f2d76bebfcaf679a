import ArgumentParser
import Pool

/// `pipeline decode-helper`: what an import starts to read files of strangers; not for people.
struct DecodeHelperCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: DecodeHelper.command, abstract: "Decode what an import asks for.",
    shouldDisplay: false)

  @OptionGroup var limits: DecodeLimitOptions

  func run() throws { try DecodeHelper.run(limits.limits) }
}

/// What one file may take to decode.
struct DecodeLimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Memory that decoding a file may take, in MiB.", valueName: "MiB"))
  var decodeMemory = DecodeLimits().memory >> 20

  @Option(
    help: ArgumentHelp(
      "Seconds that decoding a file may take; each MB adds one.", valueName: "seconds"))
  var decodeSeconds = DecodeLimits().seconds

  var limits: DecodeLimits {
    var limits = DecodeLimits()
    limits.memory = decodeMemory << 20
    limits.seconds = decodeSeconds
    return limits
  }

  func validate() throws {
    if !(16...1 << 24).contains(decodeMemory) {
      throw ValidationError("--decode-memory is at least 16 (MiB)")
    }
    if !(1...1 << 24).contains(decodeSeconds) {
      throw ValidationError("--decode-seconds is at least 1")
    }
  }
}
