package io.pathwise.calibrate.optimise;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes and reads {@link OptimiserState}s: big-endian, every double by its bits, a version in
 * front and a CRC32C of all before it at the end. The same state gives the same bytes.
 */
public final class StateCodec {
  private static final int MAGIC = 0x50574F53;
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = Long.BYTES;

  private StateCodec() {}

  /** The bytes of a state. */
  public static byte[] write(OptimiserState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(state.method());
      out.writeInt(state.iteration());
      out.writeLong(state.evaluations());
      write(out, state.point());
      out.writeDouble(state.value());
      write(out, state.best());
      out.writeDouble(state.bestValue());
      out.writeUTF(state.status().name());
      out.writeUTF(state.reason());
      out.writeInt(state.path().size());
      for (OptimiserState.Progress progress : state.path()) {
        out.writeInt(progress.iteration());
        out.writeLong(progress.evaluations());
        out.writeDouble(progress.value());
        out.writeDouble(progress.best());
      }
      out.writeInt(state.memory().size());
      for (Map.Entry<String, double[]> entry : new TreeMap<>(state.memory()).entrySet()) {
        out.writeUTF(entry.getKey());
        write(out, entry.getValue());
      }
      out.writeLong(checksum(bytes.toByteArray(), out.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The state that bytes stand for.
   *
   * @throws IllegalArgumentException if they are damaged, or of another version
   */
  public static OptimiserState read(byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (length < 2 * Integer.BYTES || in.readInt() != MAGIC) {
        throw new IllegalArgumentException(
            bytes.length + " bytes that are no optimiser state: its signature is missing");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "optimiser state of version " + version + ", expected " + VERSION);
      }
      long expected = checksum(bytes, length);
      long found = new DataInputStream(tail(bytes, length)).readLong();
      if (expected != found) {
        throw new IllegalArgumentException(
            "damaged optimiser state: checksum " + found + ", expected " + expected);
      }
      return body(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("damaged optimiser state: it ends early", e);
    }
  }

  private static OptimiserState body(DataInputStream in) throws IOException {
    String method = in.readUTF();
    int iteration = in.readInt();
    long evaluations = in.readLong();
    double[] point = numbers(in);
    double value = in.readDouble();
    double[] best = numbers(in);
    double bestValue = in.readDouble();
    OptimiserState.Status status = OptimiserState.Status.valueOf(in.readUTF());
    String reason = in.readUTF();
    List<OptimiserState.Progress> path = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      path.add(
          new OptimiserState.Progress(
              in.readInt(), in.readLong(), in.readDouble(), in.readDouble()));
    }
    Map<String, double[]> memory = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      memory.put(name, numbers(in));
    }
    return new OptimiserState(
        method,
        iteration,
        evaluations,
        point,
        value,
        best,
        bestValue,
        status,
        reason,
        path,
        memory);
  }

  private static ByteArrayInputStream tail(byte[] bytes, int from) {
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static void write(DataOutputStream out, double[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeLong(Double.doubleToRawLongBits(number));
    }
  }

  private static double[] numbers(DataInputStream in) throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.longBitsToDouble(in.readLong());
    }
    return numbers;
  }
}
