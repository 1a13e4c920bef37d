package io.pathwise.spark.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the rows of a history: a day a row, a column a series, and where there are any a column of
 * dates or of times. What is wrong with a row is said of the row; whether it ends the job, {@code
 * on-bad} says.
 */
final class HistoryRows {
  private static final String DATE = "date";
  private static final String TIME = "time";
  private static final String SERIES = "series";
  private static final String PER_YEAR = "observations-per-year";
  private static final String AGE = "max-age-days";
  private static final String ORDINAL = "#";
  private static final double DAYS_A_YEAR = 365;
  private static final int FEWEST = 10;
  private static final int LONGEST_AGE = 36_500;
  private static final LocalDate EARLIEST = LocalDate.of(1, 1, 1);

  private final Section section;
  private final Range range;
  private final Optional<LocalDate> asOf;
  private final OnBad onBad;
  private final Optional<String> date;
  private final Optional<String> time;
  private final OptionalDouble perYear;
  private final int age;
  private final int window;
  private final List<String> dropped = new ArrayList<>();
  private final List<HistorySpec.Series> series = new ArrayList<>();
  private double step = Double.NaN;
  private String source = "";

  private HistoryRows(Section section, Range range, Optional<LocalDate> asOf) {
    this.section = section;
    this.range = range;
    this.asOf = asOf;
    this.onBad = section.choice("on-bad", OnBad.class).orElse(OnBad.FAIL);
    this.date = section.text(DATE);
    this.time = section.text(TIME);
    this.perYear = section.number(PER_YEAR, Range.above(0, ""));
    this.age = (int) section.whole(AGE, 0, LONGEST_AGE).orElse(LONGEST_AGE);
    this.window =
        (int) section.whole("window", FEWEST, CsvTable.MOST_ROWS).orElse(CsvTable.MOST_ROWS);
  }

  /**
   * A row of the table.
   *
   * @param name of the row
   * @param cells its cells
   * @param place what orders it: the day, or else the time; NaN where there is neither
   * @param years its time in years; NaN where there is none
   */
  private record Row(String name, ConfigObject cells, double place, double years) {
    String path() {
      return "calibration.history[" + name + "]";
    }
  }

  /** The columns by the names that they have in the rows. */
  private record Columns(List<String> series, Optional<String> date, Optional<String> time) {
    List<String> all() {
      return Stream.of(series.stream(), date.stream(), time.stream()).flatMap(s -> s).toList();
    }
  }

  /**
   * The history up to a date; problems where there is none.
   *
   * @param names the series, where the job or the model names them
   * @param range what an observation has to be
   */
  static HistoryRows read(
      Section section,
      Optional<List<String>> names,
      Range range,
      Optional<LocalDate> asOf,
      Attachments attachments) {
    HistoryRows reader = new HistoryRows(section, range, asOf);
    reader.checkKeys(names);
    Optional<RowReader.Window> days =
        reader.date.flatMap(
            column -> asOf.map(day -> new RowReader.Window(lower(column), EARLIEST, day)));
    attachments
        .rows(section, reader.known(names.orElse(List.of())), days)
        .ifPresent(table -> reader.read(table, names, attachments));
    return reader;
  }

  private void checkKeys(Optional<List<String>> names) {
    if (section.has(TIME) && section.has(PER_YEAR)) {
      section.complain(PER_YEAR, "expected only one of it and time");
    }
    if (!section.has(TIME) && !section.has(DATE) && !section.has(PER_YEAR)) {
      section.missing(PER_YEAR, "a number above 0, or a column: time in years, or date");
    }
    if (section.has(AGE) && date.isEmpty()) {
      section.complain(AGE, "expected only with date, a column of dates");
    }
    if (section.has(Rows.PARQUET) || section.has(Rows.TABLE)) {
      if (names.isEmpty()) {
        section.missing(SERIES, "the columns of observations");
      }
      if (date.isEmpty() && time.isEmpty()) {
        section.missing(DATE, "a column of dates, or time: rows of tables have no order");
      }
    }
  }

  /** What is read, with names in lower case, as rows that Spark reads have them. */
  private RowColumns known(List<String> names) {
    Set<String> numbers = new HashSet<>(List.of(ORDINAL));
    names.forEach(name -> numbers.add(lower(name)));
    time.ifPresent(name -> numbers.add(lower(name)));
    return new RowColumns(
        numbers,
        date.map(name -> Set.of(lower(name))).orElse(Set.of()),
        date.or(() -> time).map(name -> List.of(lower(name))).orElse(List.of()));
  }

  private static String lower(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  private void read(Rows table, Optional<List<String>> names, Attachments attachments) {
    Optional<Columns> columns = columns(table, names);
    if (columns.isEmpty()) {
      return;
    }
    source = table.name();
    List<Row> rows = new ArrayList<>();
    for (ConfigObject cells : table.cells()) {
      row(table, columns.get(), cells).ifPresent(rows::add);
    }
    if (date.isPresent() && !upToDate(table, rows)) {
      return;
    }
    List<Row> used = rows.subList(Math.max(0, rows.size() - window), rows.size());
    observations(table, columns.get(), ordered(used));
    attachments.use(
        section, counted(used, columns.get()), known(columns.get().series().stream().toList()));
  }

  /** The columns there are; nothing, and a problem for each that is not, where one is missing. */
  private Optional<Columns> columns(Rows table, Optional<List<String>> names) {
    int before = section.problems().count();
    Optional<String> days = date.flatMap(name -> column(table, name, DATE));
    Optional<String> times = time.flatMap(name -> column(table, name, TIME));
    List<String> found = new ArrayList<>();
    if (names.isPresent()) {
      String key = section.has(SERIES) ? SERIES : table.key();
      names.get().forEach(name -> column(table, name, key).ifPresent(found::add));
    } else {
      found.addAll(table.columns());
      days.ifPresent(found::remove);
      times.ifPresent(found::remove);
      if (found.size() != 1) {
        section.missing(SERIES, "the column of observations, one of " + String.join(", ", found));
      }
    }
    return section.problems().count() > before
        ? Optional.empty()
        : Optional.of(new Columns(found, days, times));
  }

  private Optional<String> column(Rows table, String name, String key) {
    String wanted = table.key().equals(Rows.CSV) ? name : lower(name);
    if (table.columns().contains(wanted)) {
      return Optional.of(wanted);
    }
    section.complain(
        key, "no column %s, %s".formatted(name, Suggestion.expected(name, table.columns())));
    return Optional.empty();
  }

  /** A row whose date and time can be read. */
  private Optional<Row> row(Rows table, Columns columns, ConfigObject object) {
    Problems own = new Problems();
    Row unplaced = new Row(table.nameOf(object), object, Double.NaN, Double.NaN);
    Section cells = Section.row(unplaced.path(), object, own);
    double day = columns.date().map(column -> day(cells, column)).orElse(Double.NaN);
    double years =
        columns
            .time()
            .map(column -> cells.requiredNumber(column, Range.FINITE))
            .orElse(day / DAYS_A_YEAR);
    report(own);
    double place = columns.date().isPresent() ? day : years;
    return own.count() > 0
        ? Optional.empty()
        : Optional.of(new Row(unplaced.name(), object, place, years));
  }

  private static double day(Section cells, String column) {
    return cells.requiredDate(column).map(day -> (double) day.toEpochDay()).orElse(Double.NaN);
  }

  /** Leaves out the rows after the date of the run; whether there are any that are new enough. */
  private boolean upToDate(Rows table, List<Row> rows) {
    if (asOf.isEmpty()) {
      section.complain(
          table.key(), "has rows of dates, expected the date of the run: as-of, or --as-of");
      return false;
    }
    LocalDate last = asOf.get();
    rows.removeIf(row -> row.place() > last.toEpochDay());
    Optional<LocalDate> newest = rows.stream().map(HistoryRows::date).max(LocalDate::compareTo);
    if (newest.isEmpty() || newest.get().isBefore(last.minusDays(age))) {
      section.problems().stale();
      section.complain(
          table.key(),
          "stale: %s, expected rows up to %s%s"
              .formatted(
                  newest.map(day -> "the newest are of " + day).orElse("no rows up to that date"),
                  last,
                  age == LONGEST_AGE ? "" : " or at most " + age + " days older"));
      return false;
    }
    source += " up to " + newest.get();
    return true;
  }

  private static LocalDate date(Row row) {
    return LocalDate.ofEpochDay((long) row.place());
  }

  /** The rows that are later than those before; a problem of each that is not. */
  private List<Row> ordered(List<Row> rows) {
    List<Row> ordered = new ArrayList<>();
    for (Row row : rows) {
      Row last = ordered.isEmpty() ? null : ordered.get(ordered.size() - 1);
      if (last == null || !(row.place() <= last.place())) {
        ordered.add(row);
        continue;
      }
      String place =
          date.isPresent() ? "date " + date(row) : "time " + Double.toString(row.place());
      Problems own = new Problems();
      own.add(
          "%s%s: its %s is %s %s, expected increasing ones"
              .formatted(
                  row.path(),
                  Problems.where(row.cells().origin()),
                  place,
                  row.place() == last.place() ? "that of" : "before that of",
                  last.name()));
      report(own);
    }
    return ordered;
  }

  /** Reads the observations; a row without any is left out. */
  private void observations(Rows table, Columns columns, List<Row> rows) {
    List<List<Double>> values = new ArrayList<>();
    columns.series().forEach(name -> values.add(new ArrayList<>()));
    List<Row> kept = new ArrayList<>();
    for (Row row : rows) {
      Problems own = new Problems();
      Section cells = Section.row(row.path(), row.cells(), own);
      List<Double> read =
          columns.series().stream().map(name -> cells.requiredNumber(name, range)).toList();
      report(own);
      if (!read.stream().allMatch(value -> value.isNaN())) {
        kept.add(row);
        for (int i = 0; i < read.size(); i++) {
          values.get(i).add(read.get(i));
        }
      }
    }
    boolean sound = onBad == OnBad.DROP || section.problems().count() == 0;
    for (int i = 0; i < values.size(); i++) {
      String name = columns.series().get(i);
      long there = values.get(i).stream().filter(value -> !value.isNaN()).count();
      if (sound && there < FEWEST) {
        section.complain(
            table.key(),
            "%d observations of %s, expected at least %d".formatted(there, name, FEWEST));
      }
      series.add(new HistorySpec.Series(name, values.get(i)));
    }
    if (perYear.isPresent()) {
      step = 1 / perYear.getAsDouble();
    } else if (kept.size() > 1) {
      step = (kept.get(kept.size() - 1).years() - kept.get(0).years()) / (kept.size() - 1);
    }
  }

  /** What counts for the identity of the run; an ordinal where nothing else orders the rows. */
  private static List<ConfigObject> counted(List<Row> rows, Columns columns) {
    List<ConfigObject> counted = new ArrayList<>();
    for (Row row : rows) {
      ConfigObject cells = ConfigFactory.empty().root();
      for (String column : columns.all()) {
        if (row.cells().containsKey(column)) {
          cells = cells.withValue(lower(column), row.cells().get(column));
        }
      }
      counted.add(
          columns.date().isPresent() || columns.time().isPresent()
              ? cells
              : cells.withValue(ORDINAL, ConfigValueFactory.fromAnyRef(counted.size())));
    }
    return counted;
  }

  private void report(Problems own) {
    if (onBad == OnBad.FAIL) {
      own.listed().forEach(section.problems()::add);
    } else if (own.count() > 0) {
      dropped.add(String.join("; ", own.listed()));
    }
  }

  /** The time between observations in years; NaN where it is not known. */
  double step() {
    return step;
  }

  /** The observations, as many of each series; none where there are problems. */
  List<HistorySpec.Series> series() {
    return List.copyOf(series);
  }

  /** What is wrong with each of the rows that were left out. */
  List<String> dropped() {
    return List.copyOf(dropped);
  }

  /** What the rows are kept in, and their last date where they have dates. */
  String source() {
    return source;
  }
}
