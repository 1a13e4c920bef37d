package io.pathwise.spark.report;

import java.util.List;
import java.util.Locale;

/** Writes a row as a JSON object. */
final class Json {
  private Json() {}

  static String object(List<String> columns, List<Object> row) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < columns.size(); i++) {
      out.append(i == 0 ? "" : ",").append(text(columns.get(i))).append(':');
      out.append(value(row.get(i)));
    }
    return out.append('}').toString();
  }

  private static String value(Object value) {
    boolean infinite =
        (value instanceof Double d && !Double.isFinite(d))
            || (value instanceof Float f && !Float.isFinite(f));
    if (value == null || infinite) {
      return "null";
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : text(value.toString());
  }

  private static String text(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < 0x20) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
