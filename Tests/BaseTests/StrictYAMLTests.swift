import Base
import Foundation
import Testing

/// A stage as they look: nested, with ranges, an enumeration of strings, an optional, lists.
struct Stage: Codable, Equatable, Validatable, Documented {
  var training = Training()
  var architecture = Architecture.resnet18
  var query = Rule.random
  var patch: Int?
  var sizes = [32, 48]
  var weights = ["tumour": 2.0]
  var arms: [Arm] = []

  struct Training: Codable, Equatable, Validatable, Documented {
    var steps = 400
    var rate = 0.1
    var amplified = false
    var note = "plain"

    static let documentation = ["steps": "Optimizer steps.", "rate": "Peak learning rate."]

    func faults() -> [String] {
      (steps >= 1 ? [] : ["steps must be at least 1, not \(steps)"])
        + (rate > 0 ? [] : ["rate must be above 0, not \(rate)"])
    }
  }

  enum Architecture: String, Codable, CaseIterable {
    case resnet18
    case vitTiny = "vit-tiny"
  }

  struct Arm: Defaulted, Equatable {
    var name = "arm"
    var query = Rule.random
    var seeds = 3
  }

  static let documentation = [
    "": "Fine-tuning.", "training": "The loop.", "patch": "Side of a patch in pixels.",
  ]

  func faults() -> [String] {
    sizes.isEmpty ? ["sizes must hold at least one size"] : []
  }
}

/// A catalogue with a bare name, settings, an alias and parts.
enum Rule: NamedChoice, Equatable {
  case random
  case hybrid(Hybrid)
  case parts(Parts)

  struct Hybrid: Codable, Equatable, Validatable {
    var candidates = 16
    var members = 4
    func faults() -> [String] { members > 0 ? [] : ["members must be at least 1, not \(members)"] }
  }

  struct Parts: Codable, Equatable {
    var score = "entropy"
    var exponent = 1.0
  }

  static let choices: [Choice<Rule>] = [
    Choice("random", .random, "every item alike"),
    Choice("hybrid", Hybrid(), Rule.hybrid, "uncertain, then unlike"),
    Choice("margin", .parts(Parts(score: "margin"))),
    Choice(unnamed: Parts(), Rule.parts),
  ]

  var chosen: Chosen {
    switch self {
    case .random: Chosen("random")
    case .hybrid(let settings): Chosen("hybrid", settings)
    case .parts(let parts): Chosen(unnamed: parts)
    }
  }
}

func decode(_ text: String, over defaults: Stage = Stage(), sets: [String] = []) throws -> Stage {
  try StrictYAML.decode(Stage.self, from: text, file: "stage.yaml", over: defaults, sets: sets)
}

func faults(_ text: String, over defaults: Stage = Stage(), sets: [String] = []) -> [String] {
  do {
    _ = try decode(text, over: defaults, sets: sets)
    return []
  } catch let error as ConfigurationFaults {
    return error.faults.map { "\($0.place): \($0.what)" }
  } catch {
    return ["\(error)"]
  }
}

@Suite struct StrictYAMLTests {
  @Test("an empty text is the default", arguments: ["", "# nothing\n", "training:\n", "null"])
  func empty(text: String) throws {
    #expect(try decode(text) == Stage())
  }

  @Test("merges three lines over the default")
  func merge() throws {
    var expected = Stage()
    expected.training.steps = 50
    expected.architecture = .vitTiny
    expected.patch = 8
    #expect(try decode("training: {steps: 50}\narchitecture: vit-tiny\npatch: 8") == expected)
  }

  @Test("replaces lists and dictionaries")
  func replace() throws {
    let stage = try decode("sizes: [64]\nweights: {cyst: 3}")
    #expect(stage.sizes == [64])
    #expect(stage.weights == ["cyst": 3])
  }

  @Test("null makes an optional nil and leaves others at the default")
  func null() throws {
    var defaults = Stage()
    defaults.patch = 16
    #expect(try decode("patch: null\nsizes: null", over: defaults).patch == nil)
    #expect(try decode("sizes:", over: defaults).sizes == [32, 48])
  }

  @Test("elements of a list may be given in part where the type has a default")
  func elements() throws {
    let stage = try decode("arms:\n- {name: a, query: hybrid}\n- {query: {hybrid: {members: 2}}}")
    #expect(
      stage.arms == [
        Stage.Arm(name: "a", query: .hybrid(.init())),
        Stage.Arm(query: .hybrid(.init(candidates: 16, members: 2))),
      ])
  }

  @Test("later overrides win over earlier ones, and both over the file")
  func overrides() throws {
    let sets = ["training.steps=7", "training.steps=9", "training.amplified=true", "sizes=[1, 2]"]
    let stage = try decode("training: {steps: 50, rate: 0.5}", sets: sets)
    #expect(stage.training == Stage.Training(steps: 9, rate: 0.5, amplified: true))
    #expect(stage.sizes == [1, 2])
  }

  @Test("refuses unknown keys with path, line, the nearest and the known keys")
  func unknownKeys() {
    #expect(
      faults("training:\n  stepz: 4\nwhatever: 1") == [
        "stage.yaml, line 2: unknown key 'training.stepz'. Did you mean 'steps'?"
          + " Known keys here: steps, rate, amplified, note",
        "stage.yaml, line 3: unknown key 'whatever'."
          + " Known keys here: training, architecture, query, patch, sizes, weights, arms",
      ])
    #expect(
      faults("", sets: ["training.rat=1"]) == [
        "--set training.rat=1: unknown key 'training.rat'. Did you mean 'rate'?"
          + " Known keys here: steps, rate, amplified, note"
      ])
    #expect(
      faults("arms:\n- {seed: 3}").first?.contains("line 2: unknown key 'arms.0.seed'") == true)
  }

  @Test(
    "names the line, the key path and the type of a wrong value",
    arguments: [
      ("training: {steps: many}", "'training.steps' must be a whole number, not 'many'"),
      ("training: {steps: 1.5}", "'training.steps' must be a whole number, not '1.5'"),
      ("training: {steps: '4'}", "'training.steps' must be a whole number, not '4'"),
      ("training: {rate: fast}", "'training.rate' must be a number, not 'fast'"),
      ("training: {amplified: 1}", "'training.amplified' must be true or false, not '1'"),
      ("training: {note: [a]}", "'training.note' must be text, not a list"),
      ("training: 3", "'training' must be a mapping, not '3'"),
      ("sizes: 3", "'sizes' must be a list, not '3'"),
      ("sizes: [3, x]", "'sizes.1' must be a whole number, not 'x'"),
      (
        "architecture: resnet81",
        "unknown value 'resnet81' of 'architecture'. Did you mean 'resnet18'?"
          + " Known: resnet18, vit-tiny"
      ),
      ("[1]", "the configuration must be a mapping, not a list"),
    ])
  func wrongTypes(text: String, message: String) {
    #expect(faults(text) == ["stage.yaml, line 1: " + message])
  }

  @Test("reports all faults at once, those of ranges with the line of the key")
  func allAtOnce() {
    let text = """
      training:
        steps: 0
        rate: -1
      sizes: []
      architecture: vgg
      x: 1
      """
    #expect(
      faults(text) == [
        "stage.yaml, line 2: training.steps must be at least 1, not 0",
        "stage.yaml, line 3: training.rate must be above 0, not -1.0",
        "stage.yaml, line 5: unknown value 'vgg' of 'architecture'. Known: resnet18, vit-tiny",
        "stage.yaml, line 6: unknown key 'x'."
          + " Known keys here: training, architecture, query, patch, sizes, weights, arms",
        "stage.yaml, line 4: sizes must hold at least one size",
      ])
  }

  @Test("prints one fault with its place, several in a list")
  func messages() throws {
    #expect(throws: ConfigurationFaults.self) { try decode("training: {steps: 0}") }
    do { _ = try decode("training: {steps: 0}") } catch {
      #expect(
        "\(error)" == """
          error: training.steps must be at least 1, not 0
            at:  stage.yaml, line 1
            fix: 'pipeline config STAGE' prints every key with its default and its meaning
          """)
    }
    do { _ = try decode("training: {steps: 0}", sets: ["sizes=[]"]) } catch {
      #expect(
        "\(error)" == """
          error: the configuration has 2 faults
                 stage.yaml, line 1: training.steps must be at least 1, not 0
                 --set sizes=[]: sizes must hold at least one size
            fix: 'pipeline config STAGE' prints every key with its default and its meaning
          """)
    }
  }

  @Test("refuses what is no override")
  func badOverrides() {
    #expect(faults("", sets: ["steps"]) == ["--set steps: an override has the form KEY=VALUE"])
    #expect(faults("", sets: ["a..b=1"]) == ["--set a..b=1: the key path has an empty part"])
    #expect(faults("", sets: ["a=[1"]) == ["--set a=[1: the value is no YAML"])
  }

  @Test("tells where a text is no YAML")
  func noYAML() {
    let text = faults("training: {steps: 4\nsizes: [").first ?? ""
    #expect(text.hasPrefix("error: the file is no YAML: "))
    #expect(text.contains("at:  stage.yaml, line 2, column 6"))
    let twice = faults("sizes: [1]\nsizes: [2]").first ?? ""
    #expect(twice.hasPrefix("error: a key is given twice: sizes\n  at:  stage.yaml, line 1"))
  }

  @Test("a complete text needs no default, an incomplete one names what is missing")
  func complete() throws {
    var stage = Stage()
    stage.training.note = "a: b # \"c\"\n\\"
    stage.query = .hybrid(.init(members: 9))
    stage.arms = [Stage.Arm(name: "true"), Stage.Arm(name: "12", query: .parts(.init()))]
    stage.weights = ["b": .infinity, "a": 1e-7, "0": 1e22]
    let text = try StrictYAML.encode(stage)
    #expect(try StrictYAML.decode(Stage.self, from: text, file: "config.yaml") == stage)
    #expect(try decode(text) == stage)
    do {
      _ = try StrictYAML.decode(Rule.Parts.self, from: "score: a", file: "parts.yaml")
      Issue.record("nothing was missing")
    } catch let error as ConfigurationFaults {
      #expect(error.what == "'exponent' is missing")
      #expect(error.place == "parts.yaml, line 1")
    }
  }

  @Test("any change of the value changes the text and comes back")
  func roundTrip() throws {
    for trial in 0..<200 {
      let key = RandomKey(seed: UInt64(trial))
      var stage = Stage()
      stage.training.steps = Int(truncatingIfNeeded: key.folding("steps").seed) & Int.max | 1
      stage.training.rate = exp(40 * key.folding("rate").normal())
      stage.training.note = String(
        String.UnicodeScalarView(
          key.folding("note").sample(6, outOf: 0x250).compactMap { Unicode.Scalar(UInt32($0)) }))
      stage.patch = trial.isMultiple(of: 2) ? trial : nil
      let text = try StrictYAML.encode(stage)
      #expect(try decode(text) == stage)
    }
  }
}
