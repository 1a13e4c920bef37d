package io.pathwise.spark.table;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;

/**
 * Turns Java records into rows of a table: the component {@code tradeId} fills the column {@code
 * trade_id}. Columns without a component are null. Enum values are written by name, instants to the
 * microsecond.
 */
final class RowMapper {

  private final TableSchema table;
  private final Schema schema;
  private final Map<Column, Method> accessors = new LinkedHashMap<>();

  /**
   * Maps {@code type} to {@code table}.
   *
   * @throws IllegalArgumentException if a component has no column or another type, or a required
   *     column no component; the message lists every problem
   */
  RowMapper(TableSchema table, Schema schema, Class<?> type) {
    this.table = table;
    this.schema = schema;
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(columnName(component.getName()), component);
    }
    List<String> problems = new ArrayList<>();
    for (Column column : table.ownColumns()) {
      RecordComponent component = components.remove(column.name());
      if (component == null) {
        if (column.required()) {
          problems.add(column.name() + ": expected a component, got none");
        }
      } else if (!accepts(column.type(), component.getType())) {
        problems.add(
            "%s: expected %s, got %s"
                .formatted(
                    column.name(),
                    column.type().javaType().getSimpleName(),
                    component.getType().getSimpleName()));
      } else {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        accessors.put(column, accessor);
      }
    }
    components.keySet().forEach(name -> problems.add(name + ": expected a column, got none"));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s does not fit table %s: %s"
              .formatted(type.getSimpleName(), table.name(), String.join("; ", problems)));
    }
  }

  /** The row of a record; throws IllegalArgumentException where a required value is null. */
  Record row(RunKey run, Instant created, java.lang.Record value) {
    Record row = GenericRecord.create(schema);
    row.setField(TableSchema.RUN, run.runId());
    row.setField(TableSchema.PARTITION, run.asOf());
    row.setField("portfolio", run.portfolio());
    row.setField(TableSchema.CREATED, stored(created));
    accessors.forEach(
        (column, accessor) -> row.setField(column.name(), read(column, accessor, value)));
    return row;
  }

  private Object read(Column column, Method accessor, java.lang.Record value) {
    Object result;
    try {
      result = accessor.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("could not read " + column.name() + " of " + value, e);
    }
    if (result == null && column.required()) {
      throw new IllegalArgumentException(
          "%s.%s: expected a value, got null in %s".formatted(table.name(), column.name(), value));
    }
    return stored(result);
  }

  private static Object stored(Object value) {
    if (value instanceof Instant instant) {
      return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
    return value instanceof Enum<?> name ? name.name() : value;
  }

  private static boolean accepts(ColumnType type, Class<?> component) {
    if (type == ColumnType.STRING && component.isEnum()) {
      return true;
    }
    return java.lang.invoke.MethodType.methodType(component).wrap().returnType() == type.javaType();
  }

  private static String columnName(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
