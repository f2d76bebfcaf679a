import Base
import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Run folders, weights and results that cannot be used.
  @Suite struct RefusedRuns {
    @Test("a folder is taken for a run only where it holds that run")
    func folders() throws {
      let tiny = try TinyPool(.classification)
      try tiny.write("mine", to: "pool/notes.txt")
      try tiny.program.refuse(
        tiny.pretrain("pool"), code: 73, saying: ["not empty and holds no run", "a new folder"])
      try tiny.program.run(tiny.pretrain("run"), ends: 0)
      try tiny.program.refuse(
        tiny.rounds("run", .classification),
        saying: ["holds a run of 'pretrain', not of 'al-finetune'"])
      try tiny.program.refuse(
        tiny.pretrain("run") + ["--resume", "--seed", "4"], saying: ["seed"])
      let lock = open(tiny.folder.appendingPathComponent("run/.lock").path, O_RDWR)
      #expect(flock(lock, LOCK_EX) == 0)
      try tiny.program.refuse(
        tiny.pretrain("run") + ["--resume"], code: 73, saying: ["is working in this folder"])
      close(lock)
      try tiny.write("{", to: "run/run.json")
      try tiny.program.refuse(
        tiny.pretrain("run") + ["--resume"], saying: ["the record of the run is damaged"])
      let parent = try tiny.write("", to: "file")
      try tiny.program.refuse(
        tiny.pretrain("file/run"), code: 73, saying: [parent, "choose another path"])
      try tiny.program.refuse(["status", parent + "-none"], saying: ["there is no pool here"])
      try tiny.program.refuse(["report", parent + "-none"], saying: ["holds no run"])
    }

    @Test("weights that are not there, are none, are cut short or of another network")
    func weights() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(tiny.pretrain("run"), ends: 0)
      let whole = try tiny.bytes("run/weights.safetensors")
      let file = tiny.folder.appendingPathComponent("cut.safetensors")
      try whole.prefix(whole.count - 100).write(to: file)
      let text = try tiny.write("these are no weights", to: "text.safetensors")
      let pickle = try tiny.write("these are no weights either", to: "text.pth")
      let cases = [
        (tiny.folder.path + "/none", "there are no weights here"),
        (tiny.pool.path, "neither weights nor a trained model"), (file.path, "cut.safetensors"),
        (text, "text.safetensors"), (pickle, "damaged or of another kind"),
      ]
      for (place, (path, words)) in cases.enumerated() {
        try tiny.program.refuse(
          tiny.pretrain("new-\(place)") + ["--weights", path], saying: [words])
        #expect(!tiny.has("new-\(place)"))
      }
      try tiny.program.refuse(
        tiny.pretrain("wide") + [
          "--weights", tiny.folder.path + "/run", "--set",
          "model.widthFactor=0.25",
        ],
        saying: ["the weights do not fit the model", "conv1.weight"])
    }

    @Test("labels of an earlier run of the same name are not taken over")
    func foreignLabels() throws {
      let tiny = try TinyPool(.classification)
      let kept = try tiny.copy("kept")
      try tiny.program.run(tiny.rounds("run", .classification), ends: 0)
      try tiny.program.refuse(
        tiny.rounds("elsewhere/run", .classification),
        saying: ["labels of an earlier run called 'run'", "another name"])
      let before = kept.path
      try tiny.program.refuse(
        tiny.semisup("better", from: "run", compares: false).map {
          $0 == tiny.pool.path ? before : $0
        },
        saying: ["no labels of a run called 'run'"])
      try tiny.program.refuse(
        tiny.semisup("better", from: "none", compares: false),
        saying: ["neither weights nor a trained model"])
    }

    @Test("predictions and reports want a model, images and an empty folder")
    func results() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(tiny.rounds("run", .classification), ends: 0)
      try tiny.program.run(tiny.pretrain("start"), ends: 0)
      func predict(_ arguments: String..., out: String = "out") -> [String] {
        ["predict", "--weights", tiny.folder.path + "/run"] + arguments
          + ["--out", tiny.folder.path + "/" + out]
      }
      let empty = tiny.folder.path + "/empty"
      try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
      try tiny.program.refuse(predict(), code: 64, saying: ["--pool or --images"])
      try tiny.program.refuse(
        predict("--images", empty + "-none"), saying: ["there is no folder of images"])
      try tiny.program.refuse(predict("--images", empty), saying: ["the folder holds no file"])
      try tiny.program.refuse(
        predict("--pool", tiny.pool.path, out: "pool"), code: 73, saying: ["is not empty"])
      try tiny.program.refuse(
        ["report", tiny.folder.path + "/run"], code: 64, saying: ["give the pool with --pool"])
      try tiny.program.refuse(
        ["report", tiny.folder.path + "/start"], saying: ["a run of pretrain has no report"])
      try tiny.write("[]", to: "run/rounds/01/model.json")
      try tiny.program.refuse(
        predict("--pool", tiny.pool.path), saying: ["model.json is damaged"])
      let unlabelled = try tiny.imported(
        "few",
        table: ["file,label,split"] + tiny.lines { "\($0).png,\($0 < 2 ? "\($0)" : ""),train" })
      _ = try tiny.program.run(tiny.rounds("begun", .classification, pool: unlabelled))
      try tiny.program.refuse(
        ["report", tiny.folder.path + "/begun", "--pool", unlabelled.path],
        saying: ["the run has no finished round yet"])
      try tiny.program.refuse(
        tiny.rounds("control", .classification, pool: unlabelled, sets: ["query=random-balanced"]),
        saying: ["the control rule wants the truth of every image", "at:  item", "no control"])
      _ = try tiny.program.run(try tiny.study("begun-study", of: unlabelled))
      try tiny.program.refuse(
        ["report", tiny.folder.path + "/begun-study"], saying: ["the study is not complete"])
    }

    @Test("statistics that a rule cannot use")
    func statistics() throws {
      let tiny = try TinyPool(.classification)
      let folder = tiny.folder.appendingPathComponent("statistics")
      func query(_ rule: String, budget: Int = 1) -> [String] {
        [
          "query", "--statistics", folder.path, "--strategy", rule, "--budget", "\(budget)",
          "--json",
        ]
      }
      try tiny.program.refuse(query("margin"), saying: ["there are no statistics in this folder"])
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try ArrayFile.write(
        [0.5, 0.5, 0.9, 0.1, 0.7, 0.7, 0.6, 0.4], shape: [4, 2],
        to: folder.appendingPathComponent("probabilities.npy"))
      try tiny.program.refuse(query("margin"), saying: ["there is no label yet to train one on"])
      try tiny.write("item,label\n0,0\n1,1\n", to: "statistics/labelled.csv")
      try tiny.program.refuse(query("margin"), saying: ["the probabilities of item 2"])
      try tiny.program.refuse(query("k-center"), saying: ["'k-center' needs embeddings"])
      try tiny.program.refuse(query("margine"), saying: ["margin"])
      try tiny.program.refuse(query("random", budget: -1), code: 64, saying: [])
      try ArrayFile.write(
        [1, 2, 3, 4, 5, 6, .nan, 8], shape: [4, 2],
        to: folder.appendingPathComponent("embeddings.npy"))
      try tiny.program.refuse(query("k-center"), saying: ["of item 3", "not finite"])
      try ArrayFile.write(
        [1, 2, 3, 4], shape: [2, 2], to: folder.appendingPathComponent("embeddings.npy"))
      try tiny.program.refuse(query("k-center"), saying: ["does not fit"])
      try tiny.write("{}", to: "statistics/trust.json")
      try tiny.program.refuse(query("auto"), saying: ["trust.json does not hold a score"])
      try FileManager.default.removeItem(at: folder.appendingPathComponent("trust.json"))
      let labelled = [
        ("image,label\n0,1\n", "item and label"), ("item,label\n7,1\n", "an item of 0…"),
        ("item,label\n0,1\n0,2\n", "two different values"),
      ]
      for (text, words) in labelled {
        try tiny.write(text, to: "statistics/labelled.csv")
        try tiny.program.refuse(query("random"), saying: [words])
      }
    }

    @Test("networks want images of their channels")
    func models() throws {
      let tiny = try TinyPool(.classification)
      let images = tiny.folder.appendingPathComponent("x.npy")
      try ArrayFile.write([Float](repeating: 0, count: 64), shape: [1, 1, 8, 8], to: images)
      try tiny.program.refuse(
        [
          "model", "run", "--model", "resnet18", "--weights", "w", "--input", images.path,
          "--output", "y.npy",
        ], saying: ["the input does not fit the model", "[N, 3, H, W]"])
    }
  }
}
