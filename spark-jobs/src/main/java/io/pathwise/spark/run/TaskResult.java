package io.pathwise.spark.run;

import io.pathwise.solve.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What a task sends back: where its shards ran and what they delivered, or why a path failed.
 * Bytes, so that no serialiser needs to know the classes.
 *
 * @param firstShard the first shard of the task
 * @param lastShard the last shard, inclusive
 * @param attempt the number of the attempt, from 0
 * @param executor Spark's executor
 * @param device the device in words
 * @param wallMs how long it took
 * @param failure why the run fails; empty if it does not
 * @param tally the bytes of the tally
 */
record TaskResult(
    long firstShard,
    long lastShard,
    int attempt,
    String executor,
    String device,
    long wallMs,
    String failure,
    byte[] tally) {

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
      out.writeLong(firstShard);
      out.writeLong(lastShard);
      out.writeInt(attempt);
      out.writeUTF(executor);
      out.writeUTF(device);
      out.writeLong(wallMs);
      out.writeUTF(failure);
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
          in.readLong(),
          in.readLong(),
          in.readInt(),
          in.readUTF(),
          in.readUTF(),
          in.readLong(),
          in.readUTF(),
          in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException("not the bytes of a task's result", e);
    }
  }

  /** Adds what the task delivered. */
  void addTo(Tally all) {
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
