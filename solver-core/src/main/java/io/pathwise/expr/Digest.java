package io.pathwise.expr;

import java.util.List;

/** A 128-bit content hash: two 64-bit lanes of splitmix finalisers with different increments. */
final class Digest {
  private long high = 0x243F6A8885A308D3L;
  private long low = 0x13198A2E03707344L;

  /** Everything that makes a node; its arguments by their own digests. */
  static Digest of(Op op, Leaf leaf, String name, long literal, Shape shape, List<Expr> args) {
    Digest digest = new Digest();
    digest.add(op.name());
    digest.add(leaf == null ? "" : leaf.name());
    digest.add(name);
    digest.add(literal);
    digest.add(shape.rank());
    digest.add(shape.rows());
    digest.add(shape.columns());
    int first = 0;
    if (op.commutative()) {
      digest.addUnordered(args.get(0), args.get(1));
      first = 2;
    }
    for (int i = first; i < args.size(); i++) {
      digest.add(args.get(i));
    }
    return digest;
  }

  /** Whether two nodes stand in the order that only their content decides. */
  static boolean inOrder(Expr a, Expr b) {
    int high = Long.compare(a.hashHigh(), b.hashHigh());
    return (high == 0 ? Long.compare(a.hashLow(), b.hashLow()) : high) <= 0;
  }

  /** The two lanes as 32 hexadecimal digits. */
  static String text(long high, long low) {
    return String.format("%016x%016x", high, low);
  }

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

  void add(Expr node) {
    add(node.hashHigh());
    add(node.hashLow());
  }

  /** Adds two nodes so that their order does not matter. */
  private void addUnordered(Expr a, Expr b) {
    boolean inOrder = inOrder(a, b);
    add(inOrder ? a : b);
    add(inOrder ? b : a);
  }

  @Override
  public String toString() {
    return text(high, low);
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
