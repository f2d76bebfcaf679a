public import Base
public import Models

extension SemiSupConfiguration {
  /// How unlabelled images are learnt from: the one catalogue of methods.
  public enum Method: NamedChoice, Equatable {
    /// Confident predictions become labels.
    case confident
    /// Rounds of pseudo-labels, each from the start.
    case pseudoLabel(PseudoLabelRounds.Settings)
    /// Almost certain predictions are labels for one round.
    case ceal(CEAL.Settings)
    /// Agreement with the moving average of the student.
    case meanTeacher(MeanTeacher.Settings)
    /// The same where the average is certain.
    case uaMT(UncertaintyAwareMeanTeacher.Settings)
    /// Two networks label each other.
    case cps(CrossPseudoSupervision.Settings)
    /// Two architectures label each other.
    case crossTeaching(CrossTeaching.Settings)
    /// Confident weak views label strong views.
    case fixMatch(FixMatch.Settings)
    /// A weak view labels two strong views and dropped features.
    case uniMatch(UniMatch.Settings)
    /// Sharpened guesses and mixtures.
    case mixMatch(MixMatch.Settings)

    /// Every method with its default settings.
    public static let choices: [Choice<Method>] = [
      Choice("confident", .confident, Confident.card),
      Choice(
        "pseudo-label", PseudoLabelRounds.Settings(), Method.pseudoLabel, PseudoLabelRounds.card),
      Choice("ceal", CEAL.Settings(), Method.ceal, CEAL.card),
      Choice("mean-teacher", MeanTeacher.Settings(), Method.meanTeacher, MeanTeacher.card),
      Choice(
        "ua-mt", UncertaintyAwareMeanTeacher.Settings(), Method.uaMT,
        UncertaintyAwareMeanTeacher.card),
      Choice("cps", CrossPseudoSupervision.Settings(), Method.cps, CrossPseudoSupervision.card),
      Choice("cross-teaching", CrossTeaching.Settings(), Method.crossTeaching, CrossTeaching.card),
      Choice("fixmatch", FixMatch.Settings(), Method.fixMatch, FixMatch.card),
      Choice("unimatch", UniMatch.Settings(), Method.uniMatch, UniMatch.card),
      Choice("mixmatch", MixMatch.Settings(), Method.mixMatch, MixMatch.card),
    ]

    /// The name and settings of this value.
    public var chosen: Chosen {
      switch self {
      case .confident: Chosen("confident")
      case .pseudoLabel(let settings): Chosen("pseudo-label", settings)
      case .ceal(let settings): Chosen("ceal", settings)
      case .meanTeacher(let settings): Chosen("mean-teacher", settings)
      case .uaMT(let settings): Chosen("ua-mt", settings)
      case .cps(let settings): Chosen("cps", settings)
      case .crossTeaching(let settings): Chosen("cross-teaching", settings)
      case .fixMatch(let settings): Chosen("fixmatch", settings)
      case .uniMatch(let settings): Chosen("unimatch", settings)
      case .mixMatch(let settings): Chosen("mixmatch", settings)
      }
    }

    /// What it is made by: a method's settings make it.
    var settings: any MethodSettings {
      (chosen.settings as? any MethodSettings) ?? Confident.Settings()
    }

    /// Trainings, each of which labels the images for the next.
    public var rounds: Int { settings.rounds }
  }

  /// Refuses what the method cannot do, before any work starts.
  ///
  /// - Parameter model: the network that is to be improved.
  /// - Throws: a diagnostic that says what to use instead.
  public func check(_ model: ModelConfiguration) throws {
    if let objection = method.settings.objection(to: model) {
      throw Diagnostic(
        objection.what, at: "semisup.method", fix: objection.remedy, exit: .usage)
    }
  }
}
