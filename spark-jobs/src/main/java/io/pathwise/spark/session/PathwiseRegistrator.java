package io.pathwise.spark.session;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes that Kryo may see, since registration is required. What Spark registers by itself
 * (primitive arrays, rows, {@code MapStatus} and the like) is not repeated here; Pathwise's own
 * plans and results travel as bytes, most of them without a class around them.
 */
public final class PathwiseRegistrator implements KryoRegistrator {

  /** Private to Spark: what it sends back from tasks whose results it chunks. */
  private static final List<String> SPARK =
      List.of(
          "[Lorg.apache.spark.util.io.ChunkedByteBuffer;",
          "org.apache.spark.util.io.ChunkedByteBuffer");

  /** The types in the schemas of Parquet files, which tasks send back. */
  private static final List<String> TYPES =
      List.of(
          "BinaryType$",
          "BooleanType$",
          "ByteType$",
          "DateType$",
          "DecimalType",
          "DoubleType$",
          "FloatType$",
          "IntegerType$",
          "LongType$",
          "ShortType$",
          "StringType$",
          "TimestampNTZType$",
          "TimestampType$");

  /** Private to Iceberg: task classes, which know how to serialise themselves in Java's way. */
  private static final List<String> ICEBERG =
      List.of(
          "org.apache.iceberg.spark.source.SerializableTableWithSize",
          "org.apache.iceberg.spark.source.SerializableTableWithSize$SerializableMetadataTableWithSize",
          "org.apache.iceberg.spark.source.SerializableFileIOWithSize",
          "org.apache.iceberg.spark.source.SparkWrite$TaskCommit",
          "org.apache.iceberg.spark.source.SparkPositionDeltaWrite$DeltaTaskCommit",
          "org.apache.iceberg.spark.source.SparkPositionDeletesRewrite$DeleteTaskCommit");

  /** Sums on their way between tasks, and plans, which write themselves as bytes. */
  private static final List<String> PATHWISE =
      List.of("io.pathwise.spark.run.Delivered", "io.pathwise.spark.run.SharedPlan");

  /** For Spark, which makes registrators by reflection. */
  public PathwiseRegistrator() {}

  @Override
  public void registerClasses(Kryo kryo) {
    SPARK.forEach(name -> kryo.register(load(name)));
    TYPES.forEach(
        name -> kryo.register(load("org.apache.spark.sql.types." + name), new JavaSerializer()));
    PATHWISE.forEach(name -> kryo.register(load(name), new JavaSerializer()));
    ICEBERG.forEach(name -> kryo.register(load(name), new JavaSerializer()));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Kryo registration: expected " + name + " on the class path", e);
    }
  }
}
