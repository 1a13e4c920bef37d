package io.pathwise.spark.run;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Bytes on their way to the tasks of one job: few go with the tasks, many by a broadcast, which is
 * destroyed when the job is over.
 */
final class Parcel implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Spark keeps what goes with tasks until the driver's garbage is collected. */
  static final int MOST_IN_TASKS = 16 << 10;

  private final byte[] few;
  private final Broadcast<byte[]> many;

  private Parcel(byte[] few, Broadcast<byte[]> many) {
    this.few = few;
    this.many = many;
  }

  static Parcel of(JavaSparkContext spark, byte[] bytes) {
    return bytes.length <= MOST_IN_TASKS
        ? new Parcel(bytes, null)
        : new Parcel(null, spark.broadcast(bytes));
  }

  byte[] bytes() {
    return many == null ? few : many.value();
  }

  @Override
  public void close() {
    if (many != null) {
      many.destroy();
    }
  }
}
