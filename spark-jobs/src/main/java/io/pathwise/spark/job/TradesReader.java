package io.pathwise.spark.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the trades of a job file: a list, or a CSV file with defaults for what it lacks. */
final class TradesReader {
  private static final String EXPECTED = "expected a list of trades, or { csv = \"trades.csv\" }";

  /** Columns of quote files that say something about the market and not about the trade. */
  private static final String[] MARKET_COLUMNS = {"as_of", "underlying", "spot", "zero_rate"};

  private final Section job;
  private final Attachments attachments;
  private final List<TradeSpec> trades = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();

  private TradesReader(Section job, Attachments attachments) {
    this.job = job;
    this.attachments = attachments;
  }

  /** The trades that could be read, in the order of the file. */
  static List<TradeSpec> read(Section job, Attachments attachments) {
    TradesReader reader = new TradesReader(job, attachments);
    Optional<ConfigValue> value = job.value("trades");
    if (value.isPresent()) {
      if (value.get() instanceof ConfigList list) {
        reader.inline(list);
      } else if (value.get() instanceof ConfigObject object) {
        reader.file(Section.of("trades", object, job.problems()));
      } else {
        job.complain("trades", EXPECTED);
      }
    }
    return List.copyOf(reader.trades);
  }

  private void inline(ConfigList list) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ConfigObject object) {
        Section section = Section.of(path(object, i), object, job.problems());
        add(section, TradeReader.read(section, ""));
      } else {
        job.problems()
            .at("trades[" + (i + 1) + "]", list.get(i), "expected { id = ..., type = ... }");
      }
    }
  }

  private void file(Section trades) {
    Optional<ConfigObject> defaults = Optional.empty();
    if (trades.has("defaults")) {
      defaults = trades.section("defaults", "fields of a trade").map(Section::object);
    }
    if (!trades.has("csv")) {
      trades.missing("csv", "the name of a CSV file");
    }
    Optional<CsvTable> table = attachments.csv(trades, "csv");
    if (table.isPresent()) {
      List<ConfigObject> rows = table.get().rows();
      for (int i = 0; i < rows.size(); i++) {
        row(rows.get(i), defaults, i);
      }
    }
    trades.finish("key");
  }

  private void row(ConfigObject cells, Optional<ConfigObject> defaults, int i) {
    ConfigObject row = cells;
    if (defaults.isPresent()) {
      row = cells.withFallback(defaults.get()).withOrigin(cells.origin());
    }
    Section section = Section.row(path(row, i), row, job.problems());
    section.know(MARKET_COLUMNS);
    add(section, TradeReader.read(section, "line-" + cells.origin().lineNumber()));
  }

  /** "trades[c100]", or the position where a trade has no name. */
  private static String path(ConfigObject trade, int i) {
    ConfigValue id = trade.get("id");
    boolean named = id != null && id.unwrapped() instanceof String;
    return "trades[" + (named ? id.unwrapped() : Integer.toString(i + 1)) + "]";
  }

  private void add(Section section, Optional<TradeSpec> trade) {
    if (trade.isEmpty()) {
      return;
    }
    String id = trade.get().id();
    String place = Problems.where(section.object().origin());
    String first = id.isEmpty() ? null : places.putIfAbsent(id, place);
    if (first != null) {
      ConfigValue value = section.value("id").orElse(section.object());
      job.problems()
          .at(
              section.path("id"),
              value,
              "another trade has this id" + first + ", expected each once");
    }
    trades.add(trade.get());
  }
}
