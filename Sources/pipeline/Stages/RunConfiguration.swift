import ActiveLearning
import ArgumentParser
import Base
import Models
import Pool
import Pretrain
import SemiSup

/// Settings of `run`: the stages in sequence, on one network.
struct RunConfiguration: Codable, Sendable, Equatable, Validatable, Documented {
  /// What `run` can do, in the order in which it does it.
  enum Stage: String, Codable, Sendable, CaseIterable {
    case pretrain
    case alFinetune = "al-finetune"
    case semisup
    case predict
    case compare
  }

  /// What is done; `al-finetune` always is.
  var stages: [Stage] = [.pretrain, .alFinetune, .semisup, .predict]
  /// The network of every stage.
  var model = ModelConfiguration(architecture: .resnet18, imageSize: 64)
  /// See `PretrainConfiguration`.
  var pretrain = PretrainConfiguration()
  /// See `ActiveLearningConfiguration`.
  var alFinetune = ActiveLearningConfiguration()
  /// See `SemiSupConfiguration`.
  var semisup = SemiSupConfiguration()
  /// Paired seeds of a comparison with random selection.
  var compareSeeds = 3

  /// What is out of range.
  func faults() -> [String] {
    var faults: [String] = []
    if !stages.contains(.alFinetune) { faults.append("stages must hold al-finetune") }
    if Set(stages).count != stages.count { faults.append("stages must not repeat") }
    if compareSeeds < 1 { faults.append("compareSeeds must be at least 1") }
    for (key, own) in [("pretrain", pretrain.model), ("alFinetune", alFinetune.model)]
    where own != model && !Self.standardModels.contains(own) {
      faults.append("\(key).model: set model instead, which every stage follows")
    }
    if stages.contains(.compare), alFinetune.annotator != .oracle {
      faults.append("stages: compare wants a pool with truth and alFinetune.annotator oracle")
    }
    let followed = stages.contains(.pretrain) ? unified.pretrain : pretrain
    return faults + followed.faults().map { "pretrain.\($0)" }
  }

  private static let standardModels = PoolMode.allCases.map {
    ActiveLearningConfiguration.standard($0).model
  }

  /// The same with the one network in every stage, and with the images without labels where they
  /// are to be used: in the rounds, or in a stage of their own.
  var unified: Self {
    var settings = self
    settings.pretrain.model = model
    settings.alFinetune.model = model
    settings.alFinetune.semisup = semisup
    if semisup.when == .eachRound { settings.stages.removeAll { $0 == .semisup } }
    return settings
  }

  /// What each setting means.
  static let documentation = [
    "stages": "What is done, in this order: pretrain, al-finetune (always), semisup, predict, and "
      + "compare, which wants truth: the same rounds against random selection.",
    "model": "The network of every stage; those below follow it.",
    "pretrain": "Learning without labels, see pipeline config pretrain.",
    "alFinetune": "The rounds, see pipeline config al-finetune.",
    "semisup": "Learning from the rest, see pipeline config semisup; with when: each-round the "
      + "rounds do it.",
    "compareSeeds": "Paired seeds of the comparison with random selection.",
  ]
}

extension RunConfiguration {
  /// Reads the settings; what is wrong with the pretraining is told by ``faults()``, since it depends
  /// on the network, which stands above the stages.
  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    stages = try values.decode([Stage].self, forKey: .stages)
    model = try values.decode(ModelConfiguration.self, forKey: .model)
    pretrain = try values.decode(Unchecked.self, forKey: .pretrain).value
    alFinetune = try values.decode(ActiveLearningConfiguration.self, forKey: .alFinetune)
    semisup = try values.decode(SemiSupConfiguration.self, forKey: .semisup)
    compareSeeds = try values.decode(Int.self, forKey: .compareSeeds)
  }

  /// A pretraining whose parts are checked as they are read, but not the whole.
  private struct Unchecked: Decodable {
    let value: PretrainConfiguration

    init(from decoder: any Decoder) throws { value = try PretrainConfiguration(from: decoder) }
  }
}
