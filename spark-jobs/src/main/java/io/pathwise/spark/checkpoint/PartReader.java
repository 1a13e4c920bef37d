package io.pathwise.spark.checkpoint;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads a part, once its length and checksum have been found to be those of the manifest. */
public final class PartReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final DataFileStream<GenericRecord> stream;

  /**
   * One shard of a part.
   *
   * @param shard its number
   * @param rows what its paths carry
   * @param companion what they carry in the companion
   */
  public record Carried(long shard, double[][] rows, double[][] companion) {}

  /**
   * Checks and opens a part.
   *
   * @throws DamagedSliceException if it is missing or not what was written
   */
  public PartReader(FileSystem fileSystem, Path slice, Part part) throws IOException {
    this.file = new Path(slice, part.file());
    verify(fileSystem, slice, part);
    try {
      this.stream = new DataFileStream<>(fileSystem.open(file), new GenericDatumReader<>());
    } catch (AvroRuntimeException e) {
      throw new DamagedSliceException(file + ": not a part of a slice", e);
    }
  }

  /**
   * Checks the length and the checksum of a part.
   *
   * @throws DamagedSliceException if it is missing or not what was written
   */
  static void verify(FileSystem fileSystem, Path slice, Part part) throws IOException {
    Path file = new Path(slice, part.file());
    Part found;
    try {
      found = describe(fileSystem, file, part.shards());
    } catch (FileNotFoundException e) {
      throw new DamagedSliceException(file + ": missing");
    } catch (org.apache.hadoop.fs.ChecksumException e) {
      throw new DamagedSliceException(file + ": damaged", e);
    }
    if (found.bytes() != part.bytes()) {
      throw new DamagedSliceException(
          "%s: %d bytes, expected %d".formatted(file, found.bytes(), part.bytes()));
    }
    if (found.crc32c() != part.crc32c()) {
      throw new DamagedSliceException(
          "%s: CRC-32C %08x, expected %08x".formatted(file, found.crc32c(), part.crc32c()));
    }
  }

  /** The length and the checksum of a file as it is. */
  static Part describe(FileSystem fileSystem, Path file, ShardRange shards) throws IOException {
    CRC32C crc = new CRC32C();
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = fileSystem.open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
        bytes += n;
      }
    }
    return new Part(shards, file.getName(), bytes, (int) crc.getValue());
  }

  /**
   * The next shard, which must be this one.
   *
   * @param rows how many rows its paths carry
   * @param companion how many in the companion
   */
  public Carried next(long shard, int paths, int rows, int companion) {
    try {
      GenericRecord record = stream.next();
      if ((Long) record.get("shard") != shard || (Integer) record.get("paths") != paths) {
        throw new DamagedSliceException(
            "%s: shard %s of %s paths, expected shard %d of %d"
                .formatted(file, record.get("shard"), record.get("paths"), shard, paths));
      }
      return new Carried(
          shard, rows(record, "rows", rows, paths), rows(record, "companion", companion, paths));
    } catch (AvroRuntimeException | java.util.NoSuchElementException e) {
      throw new DamagedSliceException(file + ": damaged", e);
    }
  }

  private double[][] rows(GenericRecord record, String field, int rows, int paths) {
    ByteBuffer bytes = ((ByteBuffer) record.get(field)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != (long) rows * paths * Double.BYTES) {
      throw new DamagedSliceException(
          "%s: %d bytes of %s, expected %d x %d doubles"
              .formatted(file, bytes.remaining(), field, rows, paths));
    }
    double[][] values = new double[rows][paths];
    for (double[] row : values) {
      bytes.asDoubleBuffer().get(row);
      bytes.position(bytes.position() + paths * Double.BYTES);
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
