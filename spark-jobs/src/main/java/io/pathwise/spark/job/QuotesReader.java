package io.pathwise.spark.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.QuoteCheck;
import io.pathwise.calibrate.QuoteProblem;
import io.pathwise.payoff.OptionType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the quotes of one date from a CSV file, a Parquet file or a table: a row a quote, and in
 * further columns the spot and the rates of that date. What is wrong with a row is said of the row;
 * whether it ends the job, {@code on-bad} says.
 */
final class QuotesReader {
  private static final String SPOT = "spot";
  private static final String AS_OF = "as_of";
  private static final Map<String, String> RATES =
      Map.of(ModelSpec.RATE, "zero_rate", ModelSpec.YIELD, "dividend_yield");
  private static final String UNDERLYING = "underlying";
  private static final RowColumns COLUMNS =
      new RowColumns(
          Set.of(
              "strike",
              "expiry",
              "days_to_expiry",
              "implied_vol",
              "price",
              "weight",
              "bid",
              "ask",
              SPOT,
              "zero_rate",
              "dividend_yield"),
          Set.of("id", "option", AS_OF, UNDERLYING),
          List.of("strike", "expiry", "days_to_expiry", "option", "id"));
  private static final Range YEARS = new Range(0, true, 1000, "years");
  private static final Range DAYS = new Range(0, true, 365_000, "days");
  private static final Range RATE = Range.between(-1, 1);
  private static final double DAYS_A_YEAR = 365;
  private static final double TOLERANCE = 1e-4;
  private static final int LONGEST_AGE = 36_500;

  private final Section section;
  private final OptionQuote.Kind kind;
  private final OnBad onBad;
  private final double tolerance;
  private final boolean weeks;
  private final OptionType option;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final Map<String, String> ids = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private String source = "";
  private String key = Rows.CSV;

  private QuotesReader(Section section) {
    this.section = section;
    this.kind = section.choice("kind", OptionQuote.Kind.class).orElse(OptionQuote.Kind.IMPLIED_VOL);
    this.onBad = section.choice("on-bad", OnBad.class).orElse(OnBad.FAIL);
    this.tolerance = section.number("arbitrage-tolerance", Range.between(0, 1)).orElse(TOLERANCE);
    this.weeks =
        section.choice("round-expiry", List.of("none", "weeks")).orElse("none").equals("weeks");
    this.option = section.choice("option", OptionType.class).orElse(OptionType.CALL);
  }

  /** A row that could be read: its place, the quote, and the expiry as it stands. */
  private record Row(String place, Section cells, OptionQuote quote, double expiry) {}

  /** The rows of a date; problems where there are none. */
  static QuotesReader read(Section section, Optional<LocalDate> date, Attachments attachments) {
    QuotesReader reader = new QuotesReader(section);
    int age = (int) section.whole("max-age-days", 0, LONGEST_AGE).orElse(0);
    Optional<RowReader.Window> days =
        date.map(day -> new RowReader.Window(AS_OF, day.minusDays(age), day));
    attachments
        .rows(section, COLUMNS, days)
        .ifPresent(table -> attachments.use(section, reader.rows(table, date, age), COLUMNS));
    section.text(UNDERLYING);
    section.finish("key of quotes");
    return reader;
  }

  /** Reads the rows of the date; which these are. */
  private List<ConfigObject> rows(Rows table, Optional<LocalDate> date, int age) {
    List<ConfigObject> ofDate = ofUnderlying(table, table.cells());
    if (ofDate.isEmpty()) {
      return ofDate;
    }
    source = table.name();
    key = table.key();
    if (table.columns().contains(AS_OF)) {
      NavigableMap<LocalDate, List<ConfigObject>> dates = dates(ofDate);
      if (date.isEmpty()) {
        section.complain(
            table.key(), "has quotes of dates, expected the date of the run: as-of, or --as-of");
        return List.of();
      }
      Map.Entry<LocalDate, List<ConfigObject>> newest = dates.floorEntry(date.get());
      if (newest == null || newest.getKey().isBefore(date.get().minusDays(age))) {
        section.problems().stale();
        section.complain(
            table.key(),
            "stale: %s, expected quotes of %s%s"
                .formatted(
                    newest == null
                        ? "no quotes up to that date"
                        : "the newest are of " + newest.getKey(),
                    date.get(),
                    age == 0 ? "" : " or at most " + age + " days older"));
        return List.of();
      }
      ofDate = newest.getValue();
      source += " of " + newest.getKey();
    }
    List<ConfigObject> ordered = ofDate.stream().sorted(COLUMNS.comparator()).toList();
    ordered.forEach(cells -> row(table, cells));
    if (!table.others().isEmpty()) {
      notes.add("columns of %s that are not read: %s".formatted(source, table.others()));
    }
    return ordered;
  }

  /** The rows of the underlying that the job names; it may name none where there is only one. */
  private List<ConfigObject> ofUnderlying(Rows table, List<ConfigObject> all) {
    if (all.isEmpty()) {
      section.complain(table.key(), "no rows, expected a quote a row");
    }
    Map<String, List<ConfigObject>> underlyings = new TreeMap<>();
    for (ConfigObject cells : all) {
      String name = Section.row("", cells, new Problems()).text(UNDERLYING).orElse("");
      underlyings.computeIfAbsent(name, other -> new ArrayList<>()).add(cells);
    }
    Optional<String> wanted = section.text(UNDERLYING);
    List<String> names = underlyings.keySet().stream().filter(name -> !name.isEmpty()).toList();
    if (wanted.isPresent() && !underlyings.containsKey(wanted.get()) && !all.isEmpty()) {
      section.complain(
          UNDERLYING,
          "no row has it in the column underlying, " + Suggestion.expected(wanted.get(), names));
    }
    if (wanted.isEmpty() && underlyings.size() > 1) {
      section.missing(
          UNDERLYING,
          "one of %s: %s has quotes of all of them%s"
              .formatted(
                  String.join(", ", names),
                  table.name(),
                  underlyings.containsKey("") ? ", and of none" : ""));
      return List.of();
    }
    return wanted.isPresent() ? underlyings.getOrDefault(wanted.get(), List.of()) : all;
  }

  private NavigableMap<LocalDate, List<ConfigObject>> dates(List<ConfigObject> rows) {
    NavigableMap<LocalDate, List<ConfigObject>> dates = new TreeMap<>();
    for (ConfigObject cells : rows) {
      Problems own = new Problems();
      Section row = Section.row("calibration.quotes", cells, own);
      row.requiredDate(AS_OF)
          .ifPresent(day -> dates.computeIfAbsent(day, d -> new ArrayList<>()).add(cells));
      report(own.listed());
    }
    return dates;
  }

  private void row(Rows table, ConfigObject cells) {
    Problems own = new Problems();
    Section naming = Section.row("", cells, new Problems());
    String id = naming.text("id").orElse(table.nameOf(cells));
    Section row = Section.row("calibration.quotes[" + id + "]", cells, own);
    row.know("id", AS_OF, UNDERLYING);
    row.number(SPOT, Range.above(0, ""));
    RATES.values().stream().sorted().forEach(rate -> row.number(rate, RATE));
    double strike = row.requiredNumber("strike", Range.FINITE);
    double expiry = expiry(row);
    String column = kind == OptionQuote.Kind.PRICE ? "price" : "implied_vol";
    OptionQuote quote =
        new OptionQuote(
            id,
            row.choice("option", OptionType.class).orElse(option),
            strike,
            weeks
                ? Math.floor((Math.rint(expiry * DAYS_A_YEAR) + 3) / 7) * 7 / DAYS_A_YEAR
                : expiry,
            row.requiredNumber(column, Range.FINITE),
            kind,
            row.number("weight", Range.FINITE).orElse(1),
            row.number("bid", Range.FINITE),
            row.number("ask", Range.FINITE));
    row.know("implied_vol", "price");
    row.finish("column of quotes");
    String place = Problems.where(cells.origin());
    String first = ids.putIfAbsent(id, place);
    if (first != null) {
      row.complain("id", "another quote has this id" + first + ", expected each once");
    }
    if (own.count() > 0) {
      report(own.listed());
    } else {
      rows.add(new Row(place, row, quote, expiry));
    }
  }

  private static double expiry(Section row) {
    OptionalDouble days = row.number("days_to_expiry", DAYS);
    if (!row.has("days_to_expiry")) {
      return row.requiredNumber("expiry", YEARS);
    }
    if (row.has("expiry")) {
      row.complain("expiry", "expected only one of expiry, days_to_expiry");
    }
    return days.orElse(Double.NaN) / DAYS_A_YEAR;
  }

  private void report(List<String> problems) {
    if (onBad == OnBad.DROP) {
      if (!problems.isEmpty()) {
        dropped.add(String.join("; ", problems));
      }
    } else {
      problems.forEach(section.problems()::add);
    }
  }

  /** The parameters that stand in columns of the quotes: the spot and the curves of rates. */
  ConfigObject marketParameters() {
    ConfigObject found = ConfigFactory.empty().root();
    Optional<ConfigValue> spot = spot();
    if (spot.isPresent()) {
      found = found.withValue(ModelSpec.SPOT, spot.get());
    }
    for (Map.Entry<String, String> rate : new TreeMap<>(RATES).entrySet()) {
      Optional<ConfigValue> curve = curve(rate.getValue());
      if (curve.isPresent()) {
        found = found.withValue(rate.getKey(), curve.get());
      }
    }
    return found;
  }

  private Optional<ConfigValue> spot() {
    Double first = null;
    for (Row row : rows) {
      OptionalDouble spot = row.cells.number(SPOT, Range.above(0, ""));
      if (spot.isPresent() && first == null) {
        first = spot.getAsDouble();
      } else if (spot.isPresent() && spot.getAsDouble() != first) {
        section
            .problems()
            .at(
                row.cells.path(SPOT),
                row.cells.value(SPOT).orElseThrow(),
                "a row above has " + first + ", expected one spot a date");
        break;
      }
    }
    return Optional.ofNullable(first).map(ConfigValueFactory::fromAnyRef);
  }

  private Optional<ConfigValue> curve(String column) {
    SortedMap<Double, Double> nodes = new TreeMap<>();
    for (Row row : rows) {
      OptionalDouble rate = row.cells.number(column, RATE);
      if (rate.isPresent()) {
        Double other = nodes.putIfAbsent(row.expiry, rate.getAsDouble());
        if (other != null && other != rate.getAsDouble()) {
          section
              .problems()
              .at(
                  row.cells.path(column),
                  row.cells.value(column).orElseThrow(),
                  "a row above has " + other + " for the same expiry, expected the same");
        }
      }
    }
    if (!nodes.isEmpty()) {
      rows.removeIf(row -> withoutRate(row, column, nodes));
    }
    List<Map<String, Double>> list = new ArrayList<>();
    nodes.forEach((t, rate) -> list.add(Map.of("t", t, "rate", rate)));
    return list.isEmpty()
        ? Optional.empty()
        : Optional.of(ConfigValueFactory.fromMap(Map.of("zero-curve", list)));
  }

  /** Whether no row has the rate of a row's expiry, which is reported. */
  private boolean withoutRate(Row row, String column, SortedMap<Double, Double> nodes) {
    boolean without = !nodes.containsKey(row.expiry);
    if (without) {
      report(
          List.of(
              "%s is missing%s: expected a rate for the expiry of %s years"
                  .formatted(row.cells.path(column), row.place, row.expiry)));
    }
    return without;
  }

  /** The sound quotes on a market. The others are problems, or dropped, as {@code on-bad} says. */
  List<OptionQuote> quotes(Market market) {
    List<Row> left = new ArrayList<>(rows);
    while (!left.isEmpty()) {
      List<QuoteProblem> problems =
          QuoteCheck.problems(market, left.stream().map(Row::quote).toList(), tolerance);
      if (problems.isEmpty()) {
        break;
      }
      List<Row> bad = new ArrayList<>();
      for (QuoteProblem problem : problems) {
        Row row = left.get(problem.row() - 1);
        bad.add(row);
        report(
            List.of(
                "%s%s: %s, expected %s"
                    .formatted(
                        row.cells.path("").replaceFirst("\\.$", ""),
                        row.place,
                        problem.value(),
                        problem.expected())));
      }
      if (onBad == OnBad.FAIL) {
        break;
      }
      left.removeAll(bad);
    }
    boolean empty = left.isEmpty() && (onBad == OnBad.DROP || section.problems().count() == 0);
    if (empty && !source.isEmpty()) {
      section.complain(key, "no quote is sound, expected at least one");
    }
    return left.stream().map(Row::quote).toList();
  }

  /** What is wrong with each of the quotes that were left out. */
  List<String> dropped() {
    return dropped;
  }

  /** What the user should know of the rows. */
  List<String> notes() {
    return notes;
  }

  /** The file, and the date of the quotes where it says. */
  String source() {
    return source;
  }
}
