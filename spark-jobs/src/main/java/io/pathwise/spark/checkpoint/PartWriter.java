package io.pathwise.spark.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the paths of a range of shards carry: an Avro container file with a record a shard,
 * its rows as little-endian doubles one after the other. The file gets its name when it is
 * complete.
 */
public final class PartWriter implements Closeable {
  static final Schema SHARD =
      SchemaBuilder.record("Shard")
          .namespace("io.pathwise.checkpoint")
          .prop(SliceCodec.VERSION, SliceCodec.CURRENT)
          .fields()
          .requiredLong("shard")
          .requiredInt("paths")
          .requiredBytes("rows")
          .requiredBytes("companion")
          .endRecord();

  private static final Logger LOG = LoggerFactory.getLogger(PartWriter.class);

  private final FileSystem fileSystem;
  private final Path temporary;
  private final Path file;
  private final ShardRange shards;
  private final CRC32C crc = new CRC32C();
  private final CountingStream counter;
  private final DataFileWriter<GenericRecord> writer;
  private boolean finished;

  /** Opens a part of a slice in its directory. */
  public PartWriter(FileSystem fileSystem, Path slice, ShardRange shards) throws IOException {
    this.fileSystem = fileSystem;
    this.shards = shards;
    this.file = new Path(slice, "part-%d-%d.avro".formatted(shards.first(), shards.last()));
    this.temporary = new Path(slice, "." + file.getName() + "." + UUID.randomUUID());
    this.counter =
        new CountingStream(new CheckedOutputStream(fileSystem.create(temporary, false), crc));
    this.writer = new DataFileWriter<>(new GenericDatumWriter<>(SHARD));
    writer.create(SHARD, counter);
  }

  /** Adds a shard. */
  public void append(long shard, int paths, double[][] rows, double[][] companion)
      throws IOException {
    GenericRecord record = new GenericData.Record(SHARD);
    record.put("shard", shard);
    record.put("paths", paths);
    record.put("rows", bytes(rows));
    record.put("companion", bytes(companion));
    writer.append(record);
  }

  private static ByteBuffer bytes(double[][] rows) {
    int count = rows.length == 0 ? 0 : rows.length * rows[0].length;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(count, Double.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : rows) {
      bytes.asDoubleBuffer().put(row);
      bytes.position(bytes.position() + row.length * Double.BYTES);
    }
    return bytes.flip();
  }

  /** Gives the complete file its name. An attempt that comes second finds its own bits there. */
  public Part finish() throws IOException {
    writer.close();
    finished = true;
    if (!fileSystem.rename(temporary, file)) {
      fileSystem.delete(temporary, false);
      if (!fileSystem.exists(file)) {
        throw new IOException(temporary + " could not be renamed to " + file.getName());
      }
      return PartReader.describe(fileSystem, file, shards);
    }
    return new Part(shards, file.getName(), counter.count, (int) crc.getValue());
  }

  /**
   * Leaves nothing behind unless the part is finished. What goes wrong here is not reported: HDFS
   * throws on closing what it threw on writing, the very same object, and that one is on its way.
   */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      writer.close();
    } catch (IOException again) {
      LOG.debug("{} was given up", temporary, again);
    }
    try {
      fileSystem.delete(temporary, false);
    } catch (IOException e) {
      LOG.warn("{} stays behind: {}", temporary, e.getMessage());
    }
  }

  private static final class CountingStream extends OutputStream {
    private final OutputStream out;
    private long count;

    CountingStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
