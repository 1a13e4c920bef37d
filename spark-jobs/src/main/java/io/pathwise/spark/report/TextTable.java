package io.pathwise.spark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Lays a table out in columns. */
final class TextTable {
  private static final MathContext DIGITS = new MathContext(10);

  private TextTable() {}

  static String format(ResultTable table) {
    int columns = table.columns().size();
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns());
    boolean[] right = new boolean[columns];
    for (List<Object> row : table.rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        right[i] |= row.get(i) instanceof Number;
        cells.add(cell(row.get(i)));
      }
      lines.add(cells);
    }
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String blanks = " ".repeat(widths[i] - line.get(i).length());
        text.append(i == 0 ? "" : "  ");
        text.append(right[i] ? blanks + line.get(i) : line.get(i) + blanks);
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  static String cell(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      BigDecimal rounded = new BigDecimal(number).round(DIGITS);
      boolean plain = number == 0 || (Math.abs(number) >= 1e-4 && Math.abs(number) < 1e12);
      return plain
          ? (rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString())
          : Double.toString(rounded.doubleValue());
    }
    return value == null ? "" : value.toString().replaceAll("\\R", " ");
  }
}
