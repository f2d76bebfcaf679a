public import Base
public import Torch

/// The names and shapes in which a set of weights and a model differ.
public struct WeightsMismatch: Diagnosable {
  /// Names of the model that the weights lack.
  public let missing: [String]
  /// Names of the weights that the model lacks.
  public let unexpected: [String]
  /// Names whose shapes differ, with both shapes.
  public let misshapen: [String]
  /// Names to be ignored that the weights do not hold.
  public let ignoredButAbsent: [String]

  /// What happened.
  public var what: String { "the weights do not fit the model" }

  /// Every name that does not fit.
  public var place: String? {
    var parts = ["missing \(Self.list(missing))", "unexpected \(Self.list(unexpected))"]
    parts.append("wrong shape \(Self.list(misshapen))")
    if !ignoredButAbsent.isEmpty {
      parts.append("to be ignored but absent \(Self.list(ignoredButAbsent))")
    }
    return parts.joined(separator: " · ")
  }

  /// What to do.
  public var remedy: String? {
    "choose the architecture, classes and channels that the weights were made with, "
      + "or list names that are to be left behind under `ignoring`"
  }

  /// Bad input.
  public var exitCode: ExitCode { .badInput }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "0" : "\(names.count): " + names.joined(separator: ", ")
  }
}

extension ParameterStore {
  /// Copies `tensors` into the store; names and shapes must agree exactly.
  ///
  /// Weights from before PyTorch 0.4.1, which counted no batches, fit too: the counters, which
  /// nothing is computed from, then keep their values.
  ///
  /// - Parameters:
  ///   - tensors: values by name, of any device and floating-point type.
  ///   - ignoring: names, or scopes of names, among `tensors` that are left behind; each must be
  ///     there.
  ///   - keeping: names, or scopes of names, of the model that keep the values they have.
  /// - Throws: ``WeightsMismatch`` with every name that does not fit; the store is then unchanged.
  public func load(
    _ tensors: [(name: String, tensor: Tensor)], ignoring: [String] = [], keeping: [String] = []
  ) throws {
    func isUnder(_ scopes: [String]) -> (String) -> Bool {
      { name in scopes.contains { Self.name(name, isUnder: $0) } }
    }
    let given = tensors.filter { !isUnder(ignoring)($0.name) }
    let wanted = all.filter { !isUnder(keeping)($0.name) }
    let givenNames = Set(given.map(\.name))
    let wantedNames = Set(wanted.map(\.name))
    let counts = givenNames.contains(where: Self.isBatchCounter)
    let mismatch = WeightsMismatch(
      missing: wanted.map(\.name).filter {
        !givenNames.contains($0) && (counts || !Self.isBatchCounter($0))
      },
      unexpected: given.map(\.name).filter { !wantedNames.contains($0) },
      misshapen: given.filter { wantedNames.contains($0.name) }.compactMap(difference),
      ignoredButAbsent: ignoring.filter { scope in
        !tensors.contains { Self.name($0.name, isUnder: scope) }
      })
    guard mismatch.isEmpty else { throw mismatch }
    withoutGradients {
      for (name, value) in given { self[name]?.copy_(from: value) }
    }
  }

  private static func isBatchCounter(_ name: String) -> Bool {
    name.hasSuffix(".num_batches_tracked")
  }

  private func difference(_ given: (name: String, tensor: Tensor)) -> String? {
    guard let own = self[given.name], own.shape != given.tensor.shape else { return nil }
    return "\(given.name) is \(given.tensor.shape), model has \(own.shape)"
  }
}

extension WeightsMismatch {
  fileprivate var isEmpty: Bool {
    missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty && ignoredButAbsent.isEmpty
  }
}
