package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The columns that a reader of rows knows, and the order and form in which rows are the same
 * whatever they are kept in: a CSV file, a Parquet file, a table.
 *
 * @param numbers columns of numbers, which may be spelled in several ways
 * @param texts the other columns
 * @param order the columns that rows are ordered by, the first decides; then all others
 */
record RowColumns(Set<String> numbers, Set<String> texts, List<String> order) {

  /** Copies the sets. */
  RowColumns {
    numbers = Set.copyOf(numbers);
    texts = Set.copyOf(texts);
    order = List.copyOf(order);
  }

  /** All of them. */
  Set<String> all() {
    Set<String> all = new HashSet<>(numbers);
    all.addAll(texts);
    return all;
  }

  /** Orders rows by their content alone. */
  Comparator<ConfigObject> comparator() {
    return order.stream()
        .map(this::by)
        .reduce((first, next) -> first.thenComparing(next))
        .map(ordered -> ordered.thenComparing(this::canonical))
        .orElseGet(() -> Comparator.comparing(this::canonical));
  }

  private Comparator<ConfigObject> by(String column) {
    return numbers.contains(column)
        ? Comparator.comparingDouble(row -> number(row, column))
        : Comparator.comparing(row -> text(row, column));
  }

  private static double number(ConfigObject row, String column) {
    return Section.parse(text(row, column)).orElse(Double.NaN);
  }

  private static String text(ConfigObject row, String column) {
    ConfigValue cell = row.get(column);
    return cell == null ? "" : cell.unwrapped().toString().strip();
  }

  /** The row as a text that neither the order of columns nor the spelling of numbers changes. */
  private String canonical(ConfigObject row) {
    return new TreeSet<>(row.keySet())
        .stream()
            .map(column -> ConfigUtil.quoteString(column) + "=" + cell(row, column))
            .collect(Collectors.joining(","));
  }

  private String cell(ConfigObject row, String column) {
    String text = text(row, column);
    return numbers.contains(column) && Section.parse(text).isPresent()
        ? Double.toString(Section.parse(text).getAsDouble() + 0.0) // -0 is 0
        : ConfigUtil.quoteString(text);
  }

  /** The SHA-256 of rows in any order. */
  String digest(List<ConfigObject> rows) {
    String all = rows.stream().map(this::canonical).sorted().collect(Collectors.joining("\n"));
    return Digests.sha256(all.getBytes(StandardCharsets.UTF_8));
  }
}
