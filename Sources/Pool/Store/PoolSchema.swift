import GRDB

/// The tables of `pool.sqlite`, as a list of named steps; a step once released never changes.
///
/// - `content`: decoded images by identity, with their place in `pixels.dat`.
/// - `item`: the contents that are in use, numbered from 0 without gaps.
/// - `itemGroup`: patients, or what the user names, each on one side of the split.
/// - `source`: what became of every frame of every file that was imported.
/// - `label`: the ledger; rows are only added, the database itself refuses anything else. A row
///   holds a class, a mask, or several classes as their numbers with commas between them.
/// - `labelCount`: how many items of a run have a class as their newest label; triggers keep it.
/// - `revision`: how many items there were after each import, and their digest.
enum PoolSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 items and labels", migrate: createItemsAndLabels)
    migrator.registerMigration("2 pages and counts") { try $0.execute(sql: pages) }
    migrator.registerMigration("codec of pixels") {
      try $0.execute(sql: "ALTER TABLE content ADD COLUMN codec INTEGER NOT NULL DEFAULT 0")
    }
    migrator.registerMigration("series of slices") {
      for column in ["patient BLOB", "series BLOB", "place REAL"] {
        try $0.execute(sql: "ALTER TABLE source ADD COLUMN \(column)")
      }
    }
    migrator.registerMigration("several classes") { try $0.execute(sql: severalClasses) }
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

    """ + isKept

  /// The ledger's rows stay as they are.
  private static let isKept = """
    CREATE TRIGGER labelIsNeverChanged BEFORE UPDATE ON label
      BEGIN SELECT RAISE(ABORT, 'labels are never changed'); END;
    CREATE TRIGGER labelIsNeverDeleted BEFORE DELETE ON label
      BEGIN SELECT RAISE(ABORT, 'labels are never deleted'); END;

    """

  /// What makes every question about a million items an index range: the newest label of an item
  /// without its row, a run's rows in order, the row that names a mask or an image.
  ///
  /// Items with a mask, or with several classes, count under class −1.
  private static let pages = """
    DROP INDEX labelByRun;
    CREATE INDEX labelByRun ON label(run, item, id, source, class);
    CREATE INDEX labelInOrder ON label(run);
    CREATE INDEX labelByMask ON label(mask) WHERE mask IS NOT NULL;
    CREATE INDEX sourceByMask ON source(mask) WHERE mask IS NOT NULL;
    CREATE INDEX sourceByContent ON source(content);
    CREATE TABLE labelCount (
      run TEXT NOT NULL,
      class INTEGER NOT NULL,
      items INTEGER NOT NULL,
      PRIMARY KEY (run, class)
    ) WITHOUT ROWID;
    INSERT INTO labelCount SELECT run, class, COUNT(*) FROM (
      SELECT run, COALESCE(class, -1) AS class, MAX(id) FROM label GROUP BY run, item
    ) GROUP BY run, class;

    """ + isCounted

  /// A new row counts, and the one that was the item's newest no longer.
  private static let isCounted = """
    CREATE TRIGGER labelIsCounted AFTER INSERT ON label BEGIN
      UPDATE labelCount SET items = items - 1 WHERE run = NEW.run AND class = (
        SELECT COALESCE(class, -1) FROM label
        WHERE run = NEW.run AND item = NEW.item AND id < NEW.id ORDER BY id DESC LIMIT 1
      );
      INSERT INTO labelCount VALUES (NEW.run, COALESCE(NEW.class, -1), 1)
        ON CONFLICT (run, class) DO UPDATE SET items = items + 1;
    END;
    """

  /// The ledger with room for several classes; SQLite changes no check of a table, so the rows move
  /// into a new one under their numbers.
  private static let severalClasses = """
    CREATE TABLE labelNew (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      item INTEGER NOT NULL REFERENCES item(id),
      run TEXT NOT NULL,
      class INTEGER REFERENCES class(id),
      mask TEXT,
      classes TEXT,
      author TEXT NOT NULL,
      time REAL NOT NULL,
      source INTEGER NOT NULL,
      CHECK ((class IS NOT NULL) + (mask IS NOT NULL) + (classes IS NOT NULL) = 1)
    );
    INSERT INTO labelNew (id, item, run, class, mask, author, time, source)
      SELECT id, item, run, class, mask, author, time, source FROM label;
    DROP TABLE label;
    ALTER TABLE labelNew RENAME TO label;
    CREATE INDEX labelByRun ON label(run, item, id, source, class);
    CREATE INDEX labelInOrder ON label(run);
    CREATE INDEX labelByMask ON label(mask) WHERE mask IS NOT NULL;

    """ + isKept + isCounted
}
