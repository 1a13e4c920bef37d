package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The files and tables a job file refers to; files are relative to its folder. Each CSV file is
 * read once; the digest of what was read is part of the identity of the run.
 */
final class Attachments {
  /** The largest file a job file may refer to, in bytes. */
  static final long LARGEST = 256L << 20;

  private static final List<String> SOURCES = List.of(Rows.CSV, Rows.PARQUET, Rows.TABLE);
  private static final Pattern TABLE_NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,3}");

  private final Path folder;
  private final boolean besideJob;
  private final Supplier<Optional<RowReader.Session>> session;
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final Map<String, String> used = new TreeMap<>();
  private final Map<String, Optional<CsvTable>> tables = new LinkedHashMap<>();

  /**
   * The files of a job.
   *
   * @param besideJob whether they must be in the folder of the job file or below it
   * @param session what rows of tables are read through; nothing where its settings are wrong. It
   *     is asked for when there are such rows.
   */
  Attachments(Path folder, boolean besideJob, Supplier<Optional<RowReader.Session>> session) {
    this.folder = folder;
    this.besideJob = besideJob;
    this.session = session;
  }

  /**
   * The rows that a section refers to by exactly one of csv, parquet and table, the last two with a
   * predicate {@code where} if it has one; nothing, and problems, where they cannot be read.
   *
   * @param known the columns of the rows
   * @param window the days that are wanted; of a CSV file all rows come
   */
  Optional<Rows> rows(Section section, RowColumns known, Optional<RowReader.Window> window) {
    List<String> given = SOURCES.stream().filter(section::has).toList();
    Optional<String> where = section.text(Rows.WHERE);
    if (given.isEmpty()) {
      section.missing(Rows.CSV, "one of " + String.join(", ", SOURCES));
      return Optional.empty();
    }
    for (String other : given.subList(1, given.size())) {
      section.complain(
          other,
          "beside %s, expected one of %s".formatted(given.get(0), String.join(", ", SOURCES)));
    }
    boolean csv = given.contains(Rows.CSV);
    if (where.isPresent() && csv) {
      section.complain(Rows.WHERE, "expected only with parquet or table");
    }
    if (where.isPresent() && besideJob) {
      section.complain(Rows.WHERE, "expected none with pathwise.files = beside-job");
      return Optional.empty();
    }
    if (given.size() > 1) {
      return Optional.empty();
    }
    return csv
        ? csv(section, Rows.CSV).map(Rows::of)
        : query(section, given.get(0))
            .flatMap(named -> found(section, given.get(0), named, where, known, window));
  }

  /** The path or the table that a key names, found to be one. */
  private Optional<String> query(Section section, String key) {
    Optional<String> name = section.text(key);
    if (name.isEmpty()) {
      return name;
    }
    if (key.equals(Rows.TABLE)) {
      if (!TABLE_NAME.matcher(name.get()).matches()) {
        section.complain(
            key, "expected the name of a table, such as quotes or catalog.space.quotes");
        return Optional.empty();
      }
      return name;
    }
    try {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(name.get());
      boolean relative = path.toUri().getScheme() == null && !path.isAbsolute();
      if (besideJob
          && !(relative
              && folder.resolve(name.get()).toRealPath().startsWith(folder.toRealPath()))) {
        section.complain(
            key, "expected a file in the folder of the job file (pathwise.files = beside-job)");
        return Optional.empty();
      }
      return Optional.of(
          relative ? folder.resolve(name.get()).normalize().toUri().toString() : name.get());
    } catch (IOException | IllegalArgumentException e) {
      section.complain(key, "cannot be read (" + e + "), expected a Parquet file or folder");
      return Optional.empty();
    }
  }

  private Optional<Rows> found(
      Section section,
      String key,
      String name,
      Optional<String> where,
      RowColumns known,
      Optional<RowReader.Window> window) {
    Optional<RowReader.Session> through = session.get();
    if (through.isEmpty()) {
      return Optional.empty();
    }
    RowReader.Source source =
        key.equals(Rows.TABLE) ? RowReader.Source.TABLE : RowReader.Source.PARQUET;
    try {
      RowReader.Found found =
          installed(RowReader.class)
              .read(
                  through.get(),
                  new RowReader.Query(
                      source, name, where, known.all(), window, CsvTable.MOST_ROWS));
      return Optional.of(Rows.of(key, section.text(key).orElseThrow(), found, known));
    } catch (UnreadableRowsException e) {
      section.complain(key, e.getMessage());
      return Optional.empty();
    }
  }

  private static <T> T installed(Class<T> type) {
    return ServiceLoader.load(type)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + type + " on the class path"));
  }

  /**
   * The newest published fit up to a date; nothing, and a problem of the key that asks for it,
   * where there is none, or it cannot be looked up.
   *
   * @param name the name of the job that made it
   * @param model the type of its model
   */
  Optional<PublishedFit> fit(
      Section section, String key, String name, String model, LocalDate last) {
    Optional<RowReader.Session> through = session.get();
    if (through.isEmpty()) {
      section.complain(key, "cannot be looked up, expected sound settings of tables and Spark");
      return Optional.empty();
    }
    try {
      FitReader fits = installed(FitReader.class);
      Optional<PublishedFit> newest = fits.newest(through.get(), name, model, last);
      if (newest.isEmpty()) {
        List<String> others = fits.names(through.get(), model);
        section.complain(
            key,
            "no published fit of %s to model %s up to %s in the tables of %s, %s"
                .formatted(
                    name,
                    model,
                    last,
                    through.get().settings().warehouse(),
                    others.isEmpty()
                        ? "expected one; job = calibrate makes them"
                        : others.contains(name)
                            ? "expected one; there are newer ones"
                            : Suggestion.expected(name, others)));
      }
      return newest;
    } catch (UnreadableRowsException e) {
      section.complain(key, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Says which rows are used of those that a section refers to: a run is told from others by them,
   * and not by what they are kept in or which other rows there are.
   */
  void use(Section section, List<ConfigObject> rows, RowColumns known) {
    used.put(section.path("").replaceFirst("\\.$", ""), known.digest(rows));
  }

  /** The digest of the rows that are used, by the path of the section that refers to them. */
  Map<String, String> used() {
    return Map.copyOf(used);
  }

  /** The table in the file that a key names; nothing, and a problem, where it cannot be read. */
  Optional<CsvTable> csv(Section section, String key) {
    Optional<String> name = section.text(key);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!tables.containsKey(name.get())) {
      Optional<CsvTable> table =
          read(section, key, name.get()).flatMap(text -> parse(section, name.get(), text));
      tables.put(name.get(), table);
    }
    return tables.get(name.get());
  }

  private static Optional<CsvTable> parse(Section section, String name, String text) {
    return CsvTable.parse(name, text, section.problems());
  }

  private Optional<String> read(Section section, String key, String name) {
    ConfigValue value = section.object().get(key);
    String where = section.path(key);
    try {
      Path file = folder.resolve(name).normalize();
      if (besideJob && !file.toRealPath().startsWith(folder.toRealPath())) {
        section.complain(
            key,
            "is %s, expected a file in the folder of the job file (pathwise.files = beside-job)"
                .formatted(file.toRealPath()));
        return Optional.empty();
      }
      long size = Files.size(file);
      if (!Files.isRegularFile(file) || size > LARGEST) {
        section.complain(key, "expected a CSV file of at most " + LARGEST + " bytes");
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      digests.put(name, Digests.sha256(bytes));
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      section.problems().at(where, value, "no such file " + e.getFile() + ", expected a CSV file");
    } catch (CharacterCodingException e) {
      section.problems().at(where, value, "expected a CSV file in UTF-8");
    } catch (IOException | InvalidPathException e) {
      section.problems().at(where, value, "cannot be read (" + e + "), expected a CSV file");
    }
    return Optional.empty();
  }

  /** The SHA-256 of each file by its name in the job file. */
  Map<String, String> digests() {
    return Map.copyOf(digests);
  }
}
