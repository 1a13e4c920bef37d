package io.pathwise.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * A predicate that compares the number of the path or the time with numbers.
 *
 * @param column the column
 * @param operator one of =, &lt;, &lt;=, &gt;, &gt;=, IN
 * @param values what it is compared with
 */
record Comparison(String column, String operator, List<Number> values) {
  private static final Set<String> OPERATORS = Set.of("=", "<", "<=", ">", ">=", "IN");

  /** The comparison that a predicate of Spark is; nothing for any other. */
  static Optional<Comparison> of(Predicate predicate) {
    Expression[] children = predicate.children();
    boolean known =
        OPERATORS.contains(predicate.name())
            && children.length >= 2
            && children[0] instanceof NamedReference reference
            && reference.fieldNames().length == 1;
    if (!known) {
      return Optional.empty();
    }
    String column = ((NamedReference) children[0]).fieldNames()[0];
    if (!column.equals(PathTable.PATH) && !column.equals(PathTable.TIME)) {
      return Optional.empty();
    }
    List<Number> values = new ArrayList<>();
    for (int i = 1; i < children.length; i++) {
      if (!(children[i] instanceof Literal<?> literal) || !(literal.value() instanceof Number n)) {
        return Optional.empty();
      }
      values.add(n);
    }
    return Optional.of(new Comparison(column, predicate.name(), values));
  }

  /** Whether the comparison of paths says exactly a range. */
  boolean isRange() {
    return !operator.equals("IN");
  }

  /** The paths of a range that may pass. */
  PathRange narrow(PathRange range) {
    long value = values.get(0).longValue();
    return switch (operator) {
      case "=" -> range.atLeast(value).atMost(value);
      case "<" -> value == Long.MIN_VALUE ? range.atMost(-1) : range.atMost(value - 1);
      case "<=" -> range.atMost(value);
      case ">" -> value == Long.MAX_VALUE ? range.atMost(-1) : range.atLeast(value + 1);
      case ">=" -> range.atLeast(value);
      default ->
          range
              .atLeast(values.stream().mapToLong(Number::longValue).min().orElseThrow())
              .atMost(values.stream().mapToLong(Number::longValue).max().orElseThrow());
    };
  }

  /** Whether a time passes. */
  boolean admits(double time) {
    double value = values.get(0).doubleValue();
    return switch (operator) {
      case "=" -> time == value;
      case "<" -> time < value;
      case "<=" -> time <= value;
      case ">" -> time > value;
      case ">=" -> time >= value;
      default -> values.stream().anyMatch(v -> time == v.doubleValue());
    };
  }
}
