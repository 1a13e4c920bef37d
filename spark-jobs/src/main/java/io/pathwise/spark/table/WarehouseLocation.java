package io.pathwise.spark.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where the result tables live: any Hadoop path, such as {@code ./warehouse} or {@code
 * hdfs://host/warehouse}.
 *
 * @param value as the user wrote it
 */
public record WarehouseLocation(String value) {

  /** The job file key that errors name. */
  public static final String KEY = "pathwise.warehouse";

  /** Checks that there is a value. */
  public WarehouseLocation {
    Objects.requireNonNull(value, KEY);
    if (value.isBlank()) {
      throw new WarehouseException(KEY + ": expected a directory path or URI, got an empty value");
    }
  }

  /**
   * The absolute URI of the directory.
   *
   * @throws WarehouseException if the value is no path, or its file system is unknown or
   *     unreachable
   */
  public String uri(Configuration hadoop) {
    try {
      Path path = new Path(value);
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException | RuntimeException cause) {
      throw unusable("expected a directory path or URI of a reachable file system", cause);
    }
  }

  /**
   * Creates the directory if it is missing, then writes and deletes a small file in it. Call it
   * before anything expensive starts.
   *
   * @throws WarehouseException if that fails
   */
  public void checkWritable(Configuration hadoop) {
    Path directory = new Path(uri(hadoop));
    Path probe = new Path(directory, ".pathwise-write-check-" + UUID.randomUUID());
    try {
      FileSystem fileSystem = directory.getFileSystem(hadoop);
      if (!fileSystem.mkdirs(directory)) {
        throw new IOException("the directory could not be created");
      }
      try (OutputStream out = fileSystem.create(probe, false)) {
        out.write(1);
      } finally {
        fileSystem.delete(probe, false);
      }
    } catch (IOException | RuntimeException cause) {
      throw unusable("expected a directory that can be written", cause);
    }
  }

  private WarehouseException unusable(String expected, Throwable cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new WarehouseException(
        KEY + " = '" + value + "': " + expected + "; got: " + reason, cause);
  }
}
