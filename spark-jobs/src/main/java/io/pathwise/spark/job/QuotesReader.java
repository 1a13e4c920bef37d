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
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the quotes of one date from a CSV file: a row a quote, and in further columns the spot and
 * the rates of that date. What is wrong with a row is said of the row; whether it ends the job,
 * {@code on-bad} says.
 */
final class QuotesReader {
  private static final String SPOT = "spot";
  private static final String AS_OF = "as_of";
  private static final Map<String, String> RATES =
      Map.of(ModelSpec.RATE, "zero_rate", ModelSpec.YIELD, "dividend_yield");
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
  private String source = "";

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
    if (!section.has("csv")) {
      section.missing("csv", "the name of a CSV file");
    }
    attachments.csv(section, "csv").ifPresent(table -> reader.rows(table, date, age));
    section.finish("key of quotes");
    return reader;
  }

  private void rows(CsvTable table, Optional<LocalDate> date, int age) {
    if (table.rows().isEmpty()) {
      section.complain("csv", "no rows, expected a quote a row");
      return;
    }
    source = table.name();
    List<ConfigObject> ofDate = table.rows();
    if (table.columns().contains(AS_OF)) {
      NavigableMap<LocalDate, List<ConfigObject>> dates = dates(table);
      if (date.isEmpty()) {
        section.complain(
            "csv", "has quotes of dates, expected the date of the run: as-of, or --as-of");
        return;
      }
      Map.Entry<LocalDate, List<ConfigObject>> newest = dates.floorEntry(date.get());
      if (newest == null || newest.getKey().isBefore(date.get().minusDays(age))) {
        section.complain(
            "csv",
            "stale: %s, expected quotes of %s%s"
                .formatted(
                    newest == null
                        ? "no quotes up to that date"
                        : "the newest are of " + newest.getKey(),
                    date.get(),
                    age == 0 ? "" : " or at most " + age + " days older"));
        return;
      }
      ofDate = newest.getValue();
      source += " of " + newest.getKey();
    }
    for (ConfigObject cells : ofDate) {
      row(cells);
    }
  }

  private NavigableMap<LocalDate, List<ConfigObject>> dates(CsvTable table) {
    NavigableMap<LocalDate, List<ConfigObject>> dates = new TreeMap<>();
    for (ConfigObject cells : table.rows()) {
      Problems own = new Problems();
      Section row = Section.row("calibration.quotes", cells, own);
      Optional<String> text = row.text(AS_OF);
      try {
        if (text.isEmpty()) {
          row.missing(AS_OF, "a date as YYYY-MM-DD");
        } else {
          dates.computeIfAbsent(LocalDate.parse(text.get()), day -> new ArrayList<>()).add(cells);
        }
      } catch (DateTimeParseException e) {
        row.complain(AS_OF, "expected a date as YYYY-MM-DD");
      }
      report(own.listed());
    }
    return dates;
  }

  private void row(ConfigObject cells) {
    Problems own = new Problems();
    String line = "line-" + cells.origin().lineNumber();
    Section naming = Section.row("", cells, new Problems());
    String id = naming.text("id").orElse(line);
    Section row = Section.row("calibration.quotes[" + id + "]", cells, own);
    row.know("id", AS_OF, "underlying");
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
      section.complain("csv", "no quote is sound, expected at least one");
    }
    return left.stream().map(Row::quote).toList();
  }

  /** What is wrong with each of the quotes that were left out. */
  List<String> dropped() {
    return dropped;
  }

  /** The file, and the date of the quotes where it says. */
  String source() {
    return source;
  }
}
