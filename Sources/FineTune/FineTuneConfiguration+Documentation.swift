extension FineTuneConfiguration {
  /// What each setting means.
  public static let documentation = [
    "strategy": "Where a round's training starts and which labels it sees: rft and aft start from "
      + "the pretrained network, acft-q, acft-lq and acft-hq from the round before; acft-q sees "
      + "only the new labels, acft-hq those and what the model got wrong; auto starts anew while "
      + "little is known, then continues and compares every third round.",
    "trunk": "What of the network learns: frozen (classification: a logistic head on cached "
      + "embeddings), full, or auto (frozen for a pretrained classifier on a CPU).",
    "steps": "Optimiser steps: perLabel · labels / batch, within the limits.",
    "batch": "Images a step.",
    "headRate": "AdamW's rate of the head, and of a trunk that starts from nothing.",
    "trunkRate": "AdamW's rate of a pretrained trunk.",
    "layerDecay": "Factor on a pretrained trunk's rate from each layer to the one before it: 1 for "
      + "none, 0.85 by stages (ResNet), 0.75 by blocks (transformers).",
    "continuedRate": "Factor on both rates in a round that continues from the one before.",
    "weightDecay": "AdamW's weight decay.",
    "startPull": "Pull of the trunk to its pretrained weights, in place of weight decay (L2-SP); "
      + "0 for none, 0.001 for few labels.",
    "headFirst": "Whether a logistic head is fitted before the trunk learns too (LP-FT).",
    "balance": "A class with n labels is drawn in proportion to n^balance: 1 as it comes, 0 "
      + "equally.",
    "logitAdjustment": "How much of the drawn classes' prior a network's logits are freed of: 1 "
      + "for logits of balanced classes, 0 for plain cross-entropy.",
    "classWeights": "What an image weighs by its class.",
    "mixing": "Whether two images of a batch are made one, with both labels.",
    "averaging": "Largest momentum of an average over the steps' weights, which is then the "
      + "network: 0 for none, 0.999 for long trainings.",
    "lambda": "Penalty of the logistic head.",
    "frozenStatisticsBelow": "Running statistics of pretrained normalisation layers stay as they "
      + "are below this many labels.",
    "frozenAffine": "Whether scale and shift of those layers then stay as they are, too.",
    "preciseStatistics": "Images, labelled or not, that running statistics are measured on anew "
      + "after training; 0 for none, 2000 are plenty.",
    "folds": "Folds of the out-of-fold score inside the labels.",
    "calibrated": "Whether out-of-fold logits give the network a temperature, by which query and "
      + "predict divide its logits; a network that is trained whole is then trained once more "
      + "for every fold.",
    "augmentation": "What images go through; choose the modality of the images.",
    "testTimeFlips": "Whether probabilities are means over the mirrored views that augmentation "
      + "allows, at the cost of as many passes.",
  ]
}
