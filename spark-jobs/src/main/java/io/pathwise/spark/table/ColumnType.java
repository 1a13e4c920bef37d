package io.pathwise.spark.table;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The type of a column: in Java, in Iceberg and in Spark SQL. */
@SuppressWarnings("ImmutableEnumChecker") // Iceberg types are immutable, and not annotated so
public enum ColumnType {
  /** Text. */
  STRING(String.class, Types.StringType.get(), "STRING"),
  /** A calendar day. */
  DATE(LocalDate.class, Types.DateType.get(), "DATE"),
  /** An instant, microseconds, UTC. */
  TIMESTAMP(Instant.class, Types.TimestampType.withZone(), "TIMESTAMP"),
  /** A 64-bit integer. */
  LONG(Long.class, Types.LongType.get(), "BIGINT"),
  /** A 32-bit integer. */
  INT(Integer.class, Types.IntegerType.get(), "INT"),
  /** A double. */
  DOUBLE(Double.class, Types.DoubleType.get(), "DOUBLE"),
  /** True or false. */
  BOOLEAN(Boolean.class, Types.BooleanType.get(), "BOOLEAN");

  private final Class<?> javaType;
  private final transient Type icebergType;
  private final String sql;

  ColumnType(Class<?> javaType, Type icebergType, String sql) {
    this.javaType = javaType;
    this.icebergType = icebergType;
    this.sql = sql;
  }

  /** The class that a value of this type has in Java, boxed. */
  public Class<?> javaType() {
    return javaType;
  }

  /** The name in Spark SQL. */
  public String sql() {
    return sql;
  }

  Type icebergType() {
    return icebergType;
  }
}
