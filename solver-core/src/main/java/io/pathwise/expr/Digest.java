package io.pathwise.expr;

/** A 128-bit content hash: two 64-bit lanes of splitmix finalisers with different increments. */
final class Digest {
  private long high = 0x243F6A8885A308D3L;
  private long low = 0x13198A2E03707344L;

  void add(long word) {
    high = mix(high ^ word, 0x9E3779B97F4A7C15L);
    low = mix(Long.rotateLeft(low, 23) + word, 0xD1B54A32D192ED03L);
  }

  void add(String text) {
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  /** Adds two nodes so that their order does not matter. */
  void addUnordered(Expr a, Expr b) {
    boolean swap =
        a.hashHigh() > b.hashHigh() || (a.hashHigh() == b.hashHigh() && a.hashLow() > b.hashLow());
    Expr first = swap ? b : a;
    Expr second = swap ? a : b;
    add(first.hashHigh());
    add(first.hashLow());
    add(second.hashHigh());
    add(second.hashLow());
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  private static long mix(long value, long increment) {
    long z = value + increment;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
