package io.pathwise.spark.run;

import io.pathwise.solve.Tally;
import io.pathwise.spark.checkpoint.Part;
import io.pathwise.spark.checkpoint.ShardRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a task sends back: where its shards ran and what they delivered, or why not. Bytes, so that
 * no serialiser needs to know the classes.
 *
 * @param shards the shards of the task
 * @param attempt the number of the attempt, from 0
 * @param executor Spark's executor
 * @param device the device in words
 * @param wallMs how long it took
 * @param shardNanos how long one shard took once everything was warm
 * @param outcome how it ended
 * @param problem why, where it did not end well
 * @param part what was written of a slice
 * @param tally the bytes of the tally
 */
record TaskResult(
    ShardRange shards,
    int attempt,
    String executor,
    String device,
    long wallMs,
    long shardNanos,
    Outcome outcome,
    String problem,
    Optional<Part> part,
    byte[] tally) {

  /** How a task ends that is not worth another attempt. */
  enum Outcome {
    /** All shards delivered. */
    DONE,
    /** The run fails. */
    FAILED,
    /** What its paths bring along cannot be read. */
    DAMAGED,
    /** All shards delivered, but what their paths take along could not be written. */
    NOT_STORED
  }

  static byte[] bytes(Tally tally) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      tally.write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, shards);
      out.writeInt(attempt);
      out.writeUTF(executor);
      out.writeUTF(device);
      out.writeLong(wallMs);
      out.writeLong(shardNanos);
      out.writeUTF(outcome.name());
      out.writeUTF(problem);
      out.writeBoolean(part.isPresent());
      if (part.isPresent()) {
        write(out, part.get().shards());
        out.writeUTF(part.get().file());
        out.writeLong(part.get().bytes());
        out.writeInt(part.get().crc32c());
      }
      out.writeInt(tally.length);
      out.write(tally);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static TaskResult decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new TaskResult(
          range(in),
          in.readInt(),
          in.readUTF(),
          in.readUTF(),
          in.readLong(),
          in.readLong(),
          Outcome.valueOf(in.readUTF()),
          in.readUTF(),
          in.readBoolean()
              ? Optional.of(new Part(range(in), in.readUTF(), in.readLong(), in.readInt()))
              : Optional.empty(),
          in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException("not the bytes of a task's result", e);
    }
  }

  private static void write(DataOutputStream out, ShardRange range) throws IOException {
    out.writeLong(range.first());
    out.writeLong(range.last());
  }

  private static ShardRange range(DataInputStream in) throws IOException {
    return new ShardRange(in.readLong(), in.readLong());
  }

  /** Adds what the task delivered. */
  void addTo(Tally all) {
    addTo(all, tally);
  }

  /** Adds the bytes of a tally. */
  static void addTo(Tally all, byte[] tally) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(tally))) {
      all.mergeFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException("not the bytes of a tally", e);
    }
  }

  /** The CRC-32C of what the task delivered, in hexadecimal. */
  String checksum() {
    CRC32C crc = new CRC32C();
    crc.update(tally);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
