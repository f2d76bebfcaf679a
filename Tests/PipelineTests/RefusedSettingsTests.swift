import Foundation
import Pool
import Testing

extension Program {
  /// Runs a command that must be refused with this code, and with a message that holds these words
  /// and says what to do (errors of usage by the parser of the command line print the usage).
  func refuse(
    _ arguments: [String], code: Int32 = 65, environment: [String: String] = [:],
    saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try run(arguments, environment: environment)
    #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
    for word in words + (code == 64 ? [] : ["error: ", "fix: "]) {
      #expect(
        outcome.errors.contains(word), "\(word): \(outcome.errors)", sourceLocation: sourceLocation)
    }
  }
}

extension PipelineTests {
  /// Settings and machines that cannot be used.
  @Suite struct RefusedSettings {
    @Test("settings that cannot be read, are no YAML or say a thing twice")
    func files() throws {
      let tiny = try TinyPool(.classification)
      let none = tiny.folder.appendingPathComponent("none.yaml").path
      let broken = try tiny.write("steps: [1, 2\n", to: "broken.yaml")
      let twice = try tiny.write("steps: 3\nbatch: 4\nsteps: 5\n", to: "twice.yaml")
      let cases = [
        (none, "the settings cannot be read"), (broken, "the file is no YAML"),
        (twice, "a key is given twice: steps"),
      ]
      for (file, words) in cases {
        try tiny.program.refuse(tiny.pretrain("run") + ["--config", file], saying: [words, file])
      }
      #expect(!tiny.has("run"))
    }

    @Test("all values out of range are told at once")
    func ranges() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.refuse(
        tiny.pretrain("run") + ["--set", "steps=0", "--set", "batch=1", "--set", "weightDecay=-1"],
        saying: ["steps must be at least 1", "batch must be at least 2", "weightDecay"])
      let methods = [
        (["method=decoder-restore"], "wants a segmentation network"),
        (["method=moco", "model.architecture=vit-tiny"], "moco-v3 for a vision transformer"),
        (["method=moco-v3"], "wants a vision transformer, such as vit-tiny, not resnet18"),
        (["method={moco: {queue: 0}}"], "queue and bnSplits must be above 0"),
        (["method={byol: {momentum: 2}}"], "momentum must be from 0 to 1"),
        (["method={dense: {contrast: {hidden: 0}}}"], "moco: temperature, hidden"),
        (["model.architecture=unet-resnet18"], "wants a classification network"),
        (["model.architecture=vit-tiny", "model.patch=7"], "patch must divide imageSize"),
        (["model.widthFactor=9"], "widthFactor must be from 0.125 to 8"),
        (["method=simclear"], "simclr"), (["steps=many"], "steps"), (["steps"], "KEY=VALUE"),
        (["a..b=1"], "empty part"), (["probe=all"], "given"),
      ]
      for (sets, words) in methods {
        try tiny.program.refuse(
          tiny.pretrain("run") + sets.flatMap { ["--set", $0] }, saying: [words])
      }
      #expect(!tiny.has("run"))
    }

    @Test("devices and libraries that are not there")
    func machines() throws {
      let tiny = try TinyPool(.classification)
      func on(_ device: String) -> [String] {
        tiny.pretrain("run").map { $0 == "cpu" ? device : $0 }
      }
      try tiny.program.refuse(on("gpu7"), code: 64, saying: ["'gpu7' names no device", "fix: "])
      try tiny.program.refuse(
        on("cuda:99"), code: 64, saying: ["there is no device 'cuda:99'", "fix: "])
      let library = tiny.folder.appendingPathComponent("libCTorchLibrary.so").path
      for content in [nil, "no library"] {
        if let content { try tiny.write(content, to: "libCTorchLibrary.so") }
        try tiny.program.refuse(
          tiny.pretrain("run"), environment: ["MODICUM_CTORCH": library],
          saying: ["libtorch cannot be used", library, "scripts/setup.sh"])
      }
      #expect(!tiny.has("run"))
    }

    @Test("studies without a pool, without the arm to compare with, and on pools without a test")
    func studies() throws {
      let tiny = try TinyPool(.classification)
      let study = try tiny.study("study", of: tiny.pool)
      func changed(_ sets: String...) -> [String] { study + sets.flatMap { ["--set", $0] } }
      try tiny.program.refuse(changed("datasets=[]"), saying: ["the study names no pool"])
      try tiny.program.refuse(
        changed("arms=[{name: margin, query: margin}]"), saying: ["one called random"])
      try tiny.program.refuse(changed("seeds=0"), saying: ["seeds must be at least 1"])
      #expect(!tiny.has("study"))
      let pool = try tiny.imported(
        "one-side",
        table: ["file,label,group,split"]
          + tiny.lines {
            "\($0).png,\($0 % 2),g\($0),train"
          })
      try tiny.program.refuse(
        try tiny.study("one-side-study", of: pool), saying: ["no labelled images in its test split"]
      )
    }
  }
}
