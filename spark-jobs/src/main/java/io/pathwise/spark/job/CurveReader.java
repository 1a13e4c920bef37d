package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.pathwise.sde.ZeroCurve;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a zero curve: nodes in the job file, or the columns of a CSV file. */
final class CurveReader {
  private static final Range YEARS = Range.above(0, "years");
  private static final Range DAYS = Range.above(0, "days");
  private static final Range RATE = Range.between(-1, 1);
  private static final double DAYS_A_YEAR = 365;

  private final Section section;

  private CurveReader(Section section) {
    this.section = section;
  }

  /** The curve of a parameter; nothing, and problems, where anything is wrong. */
  static Optional<ZeroCurve> read(Section section, Attachments attachments) {
    int before = section.problems().count();
    CurveReader reader = new CurveReader(section);
    boolean inline = section.has("zero-curve");
    boolean file = section.has("zero-curve-csv");
    SortedMap<Double, Double> nodes = new TreeMap<>();
    if (inline == file) {
      section
          .problems()
          .at(
              section.path("").replaceFirst("\\.$", ""),
              section.object(),
              "expected a number, or one of zero-curve, zero-curve-csv");
    } else if (inline) {
      reader.inline(nodes);
    } else {
      attachments.csv(section, "zero-curve-csv").ifPresent(table -> reader.file(table, nodes));
    }
    section.finish("key of a curve");
    return section.problems().count() > before ? Optional.empty() : Optional.of(curve(nodes));
  }

  private static ZeroCurve curve(SortedMap<Double, Double> nodes) {
    double[] times = nodes.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    double[] rates = nodes.values().stream().mapToDouble(Double::doubleValue).toArray();
    return new ZeroCurve(times, rates);
  }

  private void inline(Map<Double, Double> nodes) {
    String expected = "a list of { t = years, rate = ... } with increasing times";
    List<ConfigValue> list = section.list("zero-curve", expected);
    double last = 0;
    for (int i = 0; i < list.size(); i++) {
      String path = section.path("zero-curve") + "[" + (i + 1) + "]";
      if (!(list.get(i) instanceof ConfigObject object)) {
        section.problems().at(path, list.get(i), "expected { t = years, rate = ... }");
        continue;
      }
      Section node = Section.of(path, object, section.problems());
      double t = node.requiredNumber("t", YEARS);
      double rate = node.requiredNumber("rate", RATE);
      if (t <= last) {
        node.complain("t", "expected increasing times, above " + last);
      }
      last = Double.isNaN(t) ? last : t;
      nodes.put(t, rate);
      node.finish("key of a node");
    }
    if (section.value("zero-curve").filter(List.class::isInstance).isPresent() && list.isEmpty()) {
      section.complain("zero-curve", "expected " + expected);
    }
  }

  private void file(CsvTable table, Map<Double, Double> nodes) {
    List<String> columns = table.columns();
    boolean years = columns.contains("t") && columns.contains("rate");
    boolean days = columns.contains("days_to_expiry") && columns.contains("zero_rate");
    if (years == days) {
      section.complain(
          "zero-curve-csv",
          "columns "
              + String.join(",", columns)
              + ", expected either t and rate or days_to_expiry and zero_rate");
      return;
    }
    for (ConfigObject cells : table.rows()) {
      Section row = Section.row(table.name(), cells, section.problems());
      double t =
          years
              ? row.requiredNumber("t", YEARS)
              : row.requiredNumber("days_to_expiry", DAYS) / DAYS_A_YEAR;
      String column = years ? "rate" : "zero_rate";
      double rate = row.requiredNumber(column, RATE);
      Double other = nodes.putIfAbsent(t, rate);
      boolean differs = other != null && other != rate && !Double.isNaN(other + rate);
      if (differs) {
        row.complain(column, "a row above has " + other + " for the same date, expected the same");
      }
    }
    OptionalDouble any = nodes.keySet().stream().mapToDouble(Double::doubleValue).findAny();
    if (any.isEmpty()) {
      section.complain("zero-curve-csv", "no rows, expected at least one");
    }
  }
}
