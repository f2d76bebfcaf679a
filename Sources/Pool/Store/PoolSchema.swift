import GRDB

/// The tables of `pool.sqlite`, as a list of named steps; a step once released never changes.
///
/// - `content`: decoded images by identity, with their place in `pixels.dat`.
/// - `item`: the contents that are in use, numbered from 0 without gaps.
/// - `itemGroup`: patients, or what the user names, each on one side of the split.
/// - `source`: what became of every frame of every file that was imported.
/// - `label`: the ledger; rows are only added, the database itself refuses anything else.
/// - `revision`: how many items there were after each import, and their digest.
enum PoolSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 items and labels", migrate: createItemsAndLabels)
    return migrator
  }

  private static func createItemsAndLabels(_ db: Database) throws {
    try db.execute(sql: contents)
    try db.execute(sql: sources)
    try db.execute(sql: labels)
  }

  private static let contents = """
    CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE class (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE itemGroup (
      id INTEGER PRIMARY KEY,
      pseudonym BLOB NOT NULL UNIQUE,
      split INTEGER NOT NULL
    );
    CREATE TABLE content (
      id INTEGER PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE,
      height INTEGER NOT NULL,
      width INTEGER NOT NULL,
      channels INTEGER NOT NULL,
      sample TEXT NOT NULL,
      photometric TEXT NOT NULL,
      meaning TEXT NOT NULL,
      offset INTEGER NOT NULL,
      length INTEGER NOT NULL,
      checksum INTEGER NOT NULL
    );
    CREATE TABLE item (
      id INTEGER PRIMARY KEY,
      content INTEGER NOT NULL UNIQUE REFERENCES content(id),
      groupID INTEGER NOT NULL REFERENCES itemGroup(id),
      split INTEGER NOT NULL,
      pseudonym BLOB NOT NULL
    );
    CREATE INDEX itemBySplit ON item(split, id);
    CREATE INDEX itemByGroup ON item(groupID);
    CREATE TABLE revision (
      id INTEGER PRIMARY KEY,
      items INTEGER NOT NULL,
      digest TEXT NOT NULL,
      time REAL NOT NULL
    );
    """

  private static let sources = """
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      version BLOB NOT NULL,
      frame INTEGER NOT NULL,
      pseudonym BLOB NOT NULL,
      outcome INTEGER NOT NULL,
      content INTEGER REFERENCES content(id),
      mask TEXT,
      maskTop INTEGER,
      maskIgnores INTEGER,
      item INTEGER REFERENCES item(id),
      reason TEXT,
      remedy TEXT,
      UNIQUE (version, frame)
    );
    CREATE INDEX sourceByOutcome ON source(outcome, id);
    """

  private static let labels = """
    CREATE TABLE label (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      item INTEGER NOT NULL REFERENCES item(id),
      run TEXT NOT NULL,
      class INTEGER REFERENCES class(id),
      mask TEXT,
      author TEXT NOT NULL,
      time REAL NOT NULL,
      source INTEGER NOT NULL,
      CHECK ((class IS NULL) <> (mask IS NULL))
    );
    CREATE INDEX labelByRun ON label(run, item, id);
    CREATE TRIGGER labelIsNeverChanged BEFORE UPDATE ON label
      BEGIN SELECT RAISE(ABORT, 'labels are never changed'); END;
    CREATE TRIGGER labelIsNeverDeleted BEFORE DELETE ON label
      BEGIN SELECT RAISE(ABORT, 'labels are never deleted'); END;
    """
}
