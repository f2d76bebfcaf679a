import ActiveLearning
import Models
import Pool
import Pretrain
import Query

extension PretrainConfiguration {
  /// What a pool of that mode starts from: contrast for classes, restoration for masks.
  static func standard(_ mode: PoolMode?) -> Self {
    var settings = Self()
    guard mode == .segmentation else { return settings }
    settings.model.architecture = .unetResNet18
    settings.method = .decoderRestore(.init())
    return settings
  }
}

extension ActiveLearningConfiguration {
  /// The rounds of a pool of that mode.
  static func standard(_ mode: PoolMode?) -> Self {
    var settings = Self()
    if mode == .segmentation { settings.model.architecture = .unetResNet18 }
    if mode == .multiLabel { settings.query = .margin(.init()) }
    return settings
  }
}

extension RunConfiguration {
  /// All stages for a pool of that mode.
  static func standard(_ mode: PoolMode?) -> Self {
    var settings = Self()
    settings.pretrain = .standard(mode)
    settings.alFinetune = .standard(mode)
    settings.model = settings.alFinetune.model
    if mode == .multiLabel { settings.stages.removeAll { $0 == .semisup } }
    return settings
  }
}
