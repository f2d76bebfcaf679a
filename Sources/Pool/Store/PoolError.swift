public import Base

/// What can be wrong with a pool, an import or a file of labels.
///
/// Messages name items by their number in the pool and lines by their number in the file; they
/// hold no file names of images, no group names and no identifiers.
public enum PoolError: Diagnosable {
  /// There is no pool in this folder.
  case absent(place: String)
  /// A new pool was asked for where there is one.
  case present(place: String)
  /// Another program writes to the pool.
  case busy(place: String)
  /// The pool was made by a newer version of the program.
  case newer(place: String)
  /// There is no item of that number.
  case unknownItem(Int)
  /// The pool knows no class of that number.
  case unknownClass(Int, known: Int)
  /// A class was meant for a pool of masks, or a mask for a pool of classes.
  case wrongKind(item: Int, mode: PoolMode)
  /// The command and the pool disagree on what the labels are.
  case modeDiffers(pool: PoolMode, given: PoolMode)
  /// Bytes of the pool are not what was written.
  case damaged(String, place: String)
  /// The mask of that hash is not in the pool.
  case maskMissing(String)
  /// The command's classes are not those of the pool.
  case classesDiffer(pool: [String], given: [String])
  /// The pool's pseudonyms were made with another key.
  case otherKey
  /// Faults of a labels file or folder, all of them.
  case faults([String], place: String)
  /// There is nothing to import.
  case nothingToImport(place: String)
  /// Some files were set aside although every file was asked for.
  case setAside(Int)

  /// What happened.
  public var what: String {
    switch self {
    case .absent: "there is no pool here"
    case .present: "there is a pool here already"
    case .busy: "another import or clean-up is writing to this pool"
    case .newer: "this pool was written by a newer version of the program"
    case .unknownItem(let item): "the pool has no item \(item)"
    case .unknownClass(let value, let known):
      "class \(value) is unknown: the pool has \(known) classes"
    case .wrongKind(let item, let mode):
      "item \(item) was given another kind of label than this pool's, which is one of \(mode)"
    case .modeDiffers(let pool, let given): "this pool is one of \(pool), not of \(given)"
    case .damaged(let part, _): "the pool is damaged: \(part)"
    case .maskMissing(let hash): "mask \(hash.prefix(12)) is missing"
    case .classesDiffer(let pool, let given):
      "the classes \(given.joined(separator: ", ")) are not those of the pool: "
        + pool.joined(separator: ", ")
    case .otherKey: "this pool's pseudonyms were made with another key"
    case .faults(let faults, _): Self.listing(faults)
    case .nothingToImport: "there is no image here"
    case .setAside(let count): "\(count) files were set aside"
    }
  }

  /// Where.
  public var place: String? {
    switch self {
    case .absent(let place), .present(let place), .busy(let place), .newer(let place),
      .damaged(_, let place), .faults(_, let place), .nothingToImport(let place):
      place
    default: nil
    }
  }

  /// What to do.
  public var remedy: String? {
    switch self {
    case .absent: "make one with `pipeline import SOURCE --pool DIR`"
    case .present: "choose another folder, or import into this one"
    case .busy: "wait until it has ended"
    case .newer: "update this program"
    case .unknownItem: "use the item numbers of `to-label.csv` or `pipeline pool list`"
    case .unknownClass, .classesDiffer:
      "use the classes of the pool: `pipeline pool list --classes`"
    case .wrongKind: "give what the pool's mode asks for"
    case .modeDiffers: "import into another pool"
    case .damaged:
      "run `pipeline pool verify --pool DIR`; bring the folder back from a backup, or import again"
    case .maskMissing: "bring the pool's `masks` folder back from a backup"
    case .otherKey:
      "name the right key with --key FILE or MODICUM_KEY; if it is lost, import into a new pool: "
        + "files and groups could no longer be recognised here"
    case .faults: "mend the lines named here and give the command again; nothing was written"
    case .nothingToImport: "name a folder of images, a .npz file, or image files"
    case .setAside:
      "see `pipeline pool quarantine`; without --strict the rest of the import counts as done"
    }
  }

  private static func listing(_ faults: [String]) -> String {
    let shown = faults.prefix(20)
    let rest = faults.count - shown.count
    let head = faults.count == 1 ? "1 fault:" : "\(faults.count) faults:"
    return ([head] + shown + (rest > 0 ? ["… and \(rest) more"] : [])).joined(separator: "\n")
  }
}
