public import Base
public import Foundation
import GRDB

/// Brings images, masks and labels into a pool.
///
/// An import may be killed at any moment; given again it goes on and ends in the same pool, bit for
/// bit but for the times of labels. What is in the pool already is not added again.
public struct Importer {
  private let pool: Pool
  private let options: ImportOptions
  private let key: PseudonymKey
  private let probe: ImportProbe?

  /// An import into `pool` with pseudonyms under `key`.
  public init(_ pool: Pool, options: ImportOptions = ImportOptions(), key: PseudonymKey) {
    self.init(pool, options: options, key: key, probe: nil)
  }

  package init(
    _ pool: Pool, options: ImportOptions, key: PseudonymKey, probe: ImportProbe?
  ) {
    self.pool = pool
    self.options = options
    self.key = key
    self.probe = probe
  }

  /// Imports a folder, an archive (`.npz`) or one image file.
  ///
  /// - Throws: `PoolError` for faults of the labels file and for a pool that does not fit;
  ///   `Stopped` after SIGINT or SIGTERM. A file that cannot be read is no error: it is
  ///   quarantined and counted.
  public func run(_ source: URL) throws -> ImportSummary {
    let lock = try WriterLock(pool.url)
    defer { withExtendedLifetime(lock) {} }
    try checkKey()
    let plan = try ImportPlan(source, options: options)
    let names = SourceNames(plan: plan, key: key, frames: options.frames)
    try settleMode(plan.mode)
    if plan.mode != .segmentation { try settleClasses(plan.classNames) }
    let versions = plan.entries.map(names.version)
    let speed = try decode(names, versions, signature: signature(plan))
    try probe?(.beforeDecision)
    var summary = try decide(names, versions)
    summary.files = Set(plan.entries.lazy.map(\.file)).count
    summary.ignored = plan.listing.ignored
    summary.notes = plan.notes + notes(summary, vanished: versions.count { $0 == nil })
    summary.seconds = speed.seconds
    summary.filesPerSecond = speed.seconds > 0 ? Double(speed.files) / speed.seconds : 0
    summary.megabytesPerSecond = speed.seconds > 0 ? Double(speed.bytes) / 1e6 / speed.seconds : 0
    return summary
  }

  private func notes(_ summary: ImportSummary, vanished: Int) -> [String] {
    var notes: [String] = []
    if summary.differing > 0 {
      notes.append(
        "\(summary.differing) labels differ from those in the pool, which were kept; "
          + "`pipeline labels add` changes them")
    }
    if summary.groups == 1, summary.items > 1 {
      notes.append(
        "all images are of one group, so they stand on one side; name the groups in a labels file if "
          + "they are of several patients")
    }
    if vanished > 0 { notes.append("\(vanished) files vanished while the folder was read") }
    return notes
  }
}

// MARK: - What the pool must agree to

extension Importer {
  /// Refuses another key than the pool's: its pseudonyms would name nobody here.
  private func checkKey() throws {
    let check = key.pseudonym("check")
    try pool.database.write { db in
      let known = try Pool.property("key", db)
      if let known, known != check { throw PoolError.otherKey }
      if known == nil { try Pool.set("key", check, db) }
    }
  }

  private func settleMode(_ mode: PoolMode?) throws {
    try pool.database.write { db in
      let known = try Pool.property("mode", db).flatMap(PoolMode.init)
      if let known, let mode, known != mode {
        throw PoolError.modeDiffers(pool: known, given: mode)
      }
      if let mode { try Pool.set("mode", mode.rawValue, db) }
    }
  }

  /// Gives the pool its classes: those named by `--classes`, else those that occur after those it
  /// has already.
  private func settleClasses(_ names: [String]) throws {
    try pool.database.write { db in
      let known = try Pool.classes(db)
      let given = options.classes ?? []
      if !given.isEmpty, !known.isEmpty, given != known {
        throw PoolError.classesDiffer(pool: known, given: given)
      }
      let fixed = given.isEmpty ? known : given
      let fresh = names.filter { !fixed.contains($0) }
      if !given.isEmpty, !fresh.isEmpty {
        throw PoolError.faults(
          ["\(fresh.count) classes of the source are not among --classes"],
          place: options.labels?.path ?? "the source's sub-folders")
      }
      try Pool.insert(
        classes: Array((fixed + fresh).dropFirst(known.count)), from: known.count, db)
    }
  }

  /// Gives a pool of masks its classes, once the masks are read: those that are named, which masks may
  /// follow later, else those that the masks hold.
  private func settleMaskClasses(_ plan: ImportPlan, _ db: Database) throws {
    let known = try Pool.classes(db)
    let named = options.classes ?? plan.classes
    var names = named ?? known
    if !known.isEmpty, names != known {
      throw PoolError.classesDiffer(pool: known, given: names)
    }
    if let top = try highestMaskClass(plan, db) {
      if named != nil, top >= names.count {
        throw PoolError.faults(
          ["the masks hold class \(top), but --classes names \(names.count) (background included)"],
          place: "the masks")
      }
      let usual = (0...max(top, 1)).map { $0 == 0 ? "background" : "class \($0)" }
      names += usual.dropFirst(names.count)
    }
    try Pool.insert(classes: Array(names.dropFirst(known.count)), from: known.count, db)
  }

  /// The highest class of the masks that were read; nil where there are none.
  private func highestMaskClass(_ plan: ImportPlan, _ db: Database) throws -> Int? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT COUNT(mask), MAX(maskTop), MAX(maskIgnores) FROM source
        WHERE outcome = ? AND mask IS NOT NULL
        """, arguments: [SourceOutcome.staged.rawValue])
    guard let row, row[0] as Int > 0, let top = row[1] as Int? else { return nil }
    if top == 0, row[2] as Bool? == true, plan.classes == nil {
      throw PoolError.faults(
        [
          "the masks hold no value but 0 and 255, and 255 means ignored;"
            + " add --mask-values 0,255 if 255 is a class"
        ], place: "the masks")
    }
    return top
  }

  /// What must be the same for an interrupted import to go on: what masks are and how they are read.
  private func signature(_ plan: ImportPlan) throws -> String {
    let labels = try options.labels.map { try sha256(file: $0) } ?? ""
    let parts = [
      plan.listing.root.path, labels, options.masks?.path ?? "",
      plan.maskValues?.map(String.init).joined(separator: ",") ?? "",
      plan.mode?.rawValue ?? "",
    ]
    return key.pseudonym("import\0" + parts.joined(separator: "\0"))
  }
}

// MARK: - The two halves

extension Importer {
  private struct Speed {
    var files = 0
    var bytes = 0
    var seconds = 0.0
  }

  /// What a thread hands over.
  private enum Step: Sendable {
    case frame(DecodedFrame)
    case end(DecodeOutcome)
  }

  /// Packed pixels that may wait for those before them.
  private static let room = 32 << 20

  private func decode(
    _ names: SourceNames, _ versions: [Pseudonym?], signature: String
  ) throws -> Speed {
    let (plan, options) = (names.plan, options)
    let stage = try ImportStage(pool, names: names, signature: signature, probe: probe)
    let missing = try stage.missing(versions: versions, retrying: options.retry)
    let progress = options.progress.map { Base.Progress($0, total: missing.count, unit: "files") }
    let clock = ContinuousClock()
    let start = clock.now
    var speed = Speed()
    do {
      let workers = OrderedWorkers(threads: options.threads, window: 32 * options.threads)
      try workers.stream(missing.count, room: Self.room) {
        options.decoding.decoder()
      } work: { decoder, place, hand in
        let entry = plan.entries[missing[place]]
        let outcome = try Self.decode(entry, plan, options, decoder) { frame in
          try hand(Step.frame(frame), frame.packed.count + (frame.mask?.png.count ?? 0))
        }
        try hand(.end(outcome), 0)
      } take: { (place: Int, step: Step) in
        try take(step, plan.entries[missing[place]], versions[missing[place]], stage, &speed)
        if case .frame = step { return }
        speed.seconds = (clock.now - start) / .seconds(1)
        let rate = Double(speed.bytes) / 1e6 / max(speed.seconds, 1e-9)
        progress?.advance(to: place + 1, note: String(format: "%.1f MB/s", rate))
      }
    } catch let stop as Stopped {
      try stage.commit()
      throw Stopped(signal: stop.signal, fix: "give the same command again to go on")
    }
    try stage.commit()
    speed.seconds = (clock.now - start) / .seconds(1)
    if !missing.isEmpty { progress?.finish() }
    return speed
  }

  /// Decodes an entry on one of the threads.
  private static func decode(
    _ entry: ImportPlan.Entry, _ plan: ImportPlan, _ options: ImportOptions,
    _ decoder: any EntryDecoder, _ hand: (DecodedFrame) throws -> Void
  ) throws -> DecodeOutcome {
    if let refusal = plan.refusals[entry.file] { return .refused(refusal) }
    var isEmpty = true
    let outcome = try decoder.decode(plan.request(entry, options)) { frame in
      isEmpty = false
      try hand(frame)
    }
    if case .done = outcome, isEmpty { return .refused(Refusal("the file holds no image")) }
    return outcome
  }

  private func take(
    _ step: Step, _ entry: ImportPlan.Entry, _ version: Pseudonym?, _ stage: ImportStage,
    _ speed: inout Speed
  ) throws {
    switch step {
    case .frame(let frame): try stage.take(frame)
    case .end(let outcome):
      guard let version else { return }
      speed.files += 1
      switch outcome {
      case .done(let bytes, let place):
        speed.bytes += bytes
        try stage.finish(entry, version: version, .success(place))
      case .refused(let refusal):
        let cleaned = refusal.without(stage.names.plan.names(entry))
        try stage.finish(entry, version: version, .failure(cleaned))
      }
    }
    if let signal = StopSignal.requested { throw Stopped(signal: signal) }
  }

  private func decide(_ names: SourceNames, _ versions: [Pseudonym?]) throws -> ImportSummary {
    try pool.database.write { db in
      if names.plan.mode == .segmentation { try settleMaskClasses(names.plan, db) }
      var decision = ImportDecision(
        names, versions, options: options, classes: try Pool.classes(db))
      try decision.decide(db)
      try probe?(.insideDecision)
      var summary = decision.summary
      try complete(&summary, db)
      return summary
    }
  }

  /// Counts the whole pool.
  private func complete(_ summary: inout ImportSummary, _ db: Database) throws {
    let overview = try Pool.overview(db)
    summary.mode = overview.mode
    summary.groups = overview.groups
    summary.splits = overview.splits
    summary.classes = overview.mode.map { $0 == .segmentation ? [] : overview.classes } ?? []
  }
}
