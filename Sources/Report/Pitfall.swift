public import Evaluation

/// The known ways to overstate what active learning saves.
///
/// From Lüth et al., *Navigating the Pitfalls of Active Learning Evaluation*, NeurIPS 2023, from
/// nnActive, and from what we met ourselves.
public enum Pitfall: String, CaseIterable, Codable, Sendable {
  case fewDatasets, oneStartingBudget, oneQuerySize, untunedModel, noPretraining, fewSeeds
  case patientLeakage, testSetChoice, unequalTraining, droppedSeeds, uncountedLabels, unequalStart

  /// What a careful study can claim.
  public var claim: String {
    switch self {
    case .fewDatasets: "At least four data sets, two of them untouched during development"
    case .oneStartingBudget: "More than one number of labels to start from"
    case .oneQuerySize: "More than one number of labels per round"
    case .untunedModel: "Training settings fixed on other data, equal for every arm"
    case .noPretraining: "Pretraining and semi-supervised learning are part of every arm"
    case .fewSeeds: "At least five seeds in every arm"
    case .patientLeakage: "No patient stands on two sides of a split"
    case .testSetChoice: "Nothing was chosen or stopped by the test set"
    case .unequalTraining: "Every arm trains equally long at equal labels"
    case .droppedSeeds: "No seed was left out"
    case .uncountedLabels: "Every label used for anything is counted"
    case .unequalStart: "Arms that start alike are compared with arms that start alike"
    }
  }

  /// The item of a checklist.
  public func item(_ state: ChecklistItem.State, note: String = "") -> ChecklistItem {
    ChecklistItem(claim, state, note: note)
  }

  /// What the rows of a study tell by themselves: data sets, seeds and starting budgets.
  public static func audit(_ rows: [ResultRow]) -> [ChecklistItem] {
    let datasets = Set(rows.map(\.dataset)).count
    let selected = rows.filter { $0.arm != ResultRow.fullArm }
    let arms = Dictionary(grouping: selected) { [$0.dataset, $0.arm] }
    let seeds = arms.values.map { Set($0.map(\.seed)).count }.min() ?? 0
    let starts = Dictionary(grouping: selected, by: \.dataset).mapValues { rows in
      Set(rows.filter { $0.round == 0 }.map(\.labels)).count
    }
    return [
      fewDatasets.item(
        datasets >= 4 ? .met : .open, note: Wording.count(datasets, "data set")),
      fewSeeds.item(seeds >= 5 ? .met : .open, note: "fewest: " + Wording.count(seeds, "seed")),
      oneStartingBudget.item(starts.values.contains { $0 > 1 } ? .met : .open),
    ]
  }
}
