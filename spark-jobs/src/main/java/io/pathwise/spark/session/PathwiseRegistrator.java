package io.pathwise.spark.session;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes that Kryo may see, since registration is required. Those of Iceberg and Spark are
 * private to their packages, so they go by name.
 */
public final class PathwiseRegistrator implements KryoRegistrator {

  /** What Spark sends back from tasks whose results it chunks: arrays of its own buffers. */
  private static final List<String> SPARK =
      List.of(
          "[Lorg.apache.spark.util.io.ChunkedByteBuffer;",
          "org.apache.spark.util.io.ChunkedByteBuffer");

  /** Iceberg's task classes know how to serialise themselves in Java's way. */
  private static final List<String> JAVA_SERIALISED =
      List.of(
          "org.apache.iceberg.spark.source.SerializableTableWithSize",
          "org.apache.iceberg.spark.source.SerializableTableWithSize$SerializableMetadataTableWithSize",
          "org.apache.iceberg.spark.source.SerializableFileIOWithSize",
          "org.apache.iceberg.spark.source.SparkWrite$TaskCommit",
          "org.apache.iceberg.spark.source.SparkPositionDeltaWrite$DeltaTaskCommit",
          "org.apache.iceberg.spark.source.SparkPositionDeletesRewrite$DeleteTaskCommit");

  /** For Kryo. */
  public PathwiseRegistrator() {}

  @Override
  public void registerClasses(Kryo kryo) {
    for (String name : SPARK) {
      kryo.register(load(name));
    }
    for (String name : JAVA_SERIALISED) {
      kryo.register(load(name), new JavaSerializer());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Kryo registration: expected " + name + " on the class path (Iceberg's Spark runtime)",
          e);
    }
  }
}
