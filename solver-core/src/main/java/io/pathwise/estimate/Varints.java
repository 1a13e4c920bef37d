package io.pathwise.estimate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** 64-bit integers in as many bytes as they need: seven bits a byte, the lowest first (LEB128). */
final class Varints {
  private static final int BITS = 7;
  private static final int MASK = 0x7F;
  private static final int MORE = 0x80;

  private Varints() {}

  /** Writes an integer that is not negative. */
  static void write(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~MASK) != 0) {
      out.writeByte((int) (rest & MASK) | MORE);
      rest >>>= BITS;
    }
    out.writeByte((int) rest);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is longer than 63 bits
   */
  static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += BITS) {
      int next = in.readUnsignedByte();
      value |= (long) (next & MASK) << shift;
      if ((next & MORE) == 0) {
        return value;
      }
    }
    throw new IOException("an integer of more than 63 bits");
  }
}
