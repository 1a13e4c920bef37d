package io.pathwise.spark.table;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Spark's rows as plain Java values. */
final class Cells {

  private Cells() {}

  /** The cells of a row. */
  static List<Object> of(Row row) {
    List<Object> cells = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      cells.add(plain(row.get(i)));
    }
    return cells;
  }

  /**
   * Numbers, booleans, text and null as they are; instants and days as ISO 8601 text; bytes in
   * hexadecimal; arrays, maps and structures as text of their plain parts.
   */
  static Object plain(Object value) {
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof Date day) {
      return day.toLocalDate().toString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Row structure) {
      return fields(structure);
    }
    if (value instanceof scala.collection.Seq<?> array) {
      return CollectionConverters.asJava(array).stream().map(Cells::text).toList().toString();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return entries(CollectionConverters.asJava(map));
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  private static String fields(Row structure) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < structure.size(); i++) {
      fields.add(structure.schema().fieldNames()[i] + "=" + text(structure.get(i)));
    }
    return "{" + String.join(", ", fields) + "}";
  }

  private static String entries(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String text(Object value) {
    return String.valueOf(plain(value));
  }
}
