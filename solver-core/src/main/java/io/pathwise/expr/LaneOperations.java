package io.pathwise.expr;

/** The primitive operations over blocks of points, each as the interpreter computes it at one. */
final class LaneOperations {
  private LaneOperations() {}

  /** An operation on doubles. */
  static void numbers(Op op, double[] a, double[] b, double[] c, double[] to, int width) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] + b[i];
        }
      }
      case SUB -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] - b[i];
        }
      }
      case MUL -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] * b[i];
        }
      }
      case DIV -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] / b[i];
        }
      }
      case NEG -> {
        for (int i = 0; i < width; i++) {
          to[i] = -a[i];
        }
      }
      case FMA -> {
        for (int i = 0; i < width; i++) {
          to[i] = Math.fma(a[i], b[i], c[i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < width; i++) {
          to[i] = Math.sqrt(a[i]);
        }
      }
      case ABS -> {
        for (int i = 0; i < width; i++) {
          to[i] = Math.abs(a[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < width; i++) {
          to[i] = Math.min(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < width; i++) {
          to[i] = Math.max(a[i], b[i]);
        }
      }
      case RINT -> {
        for (int i = 0; i < width; i++) {
          to[i] = Math.rint(a[i]);
        }
      }
      case FLOAT -> {
        for (int i = 0; i < width; i++) {
          to[i] = (float) a[i];
        }
      }
      default -> throw new IllegalStateException(op + " cannot be evaluated at one point");
    }
  }

  /** An operation on 64-bit integers. */
  static void words(Op op, int bits, long[] a, long[] b, long[] to, int width) {
    switch (op) {
      case LADD -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] + b[i];
        }
      }
      case LSUB -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] - b[i];
        }
      }
      case LSHL -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] << bits;
        }
      }
      case LSAR -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] >> bits;
        }
      }
      case LSHR -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] >>> bits;
        }
      }
      case LAND -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] & b[i];
        }
      }
      case LOR -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] | b[i];
        }
      }
      case LXOR -> {
        for (int i = 0; i < width; i++) {
          to[i] = a[i] ^ b[i];
        }
      }
      case LROTL -> {
        for (int i = 0; i < width; i++) {
          to[i] = Long.rotateLeft(a[i], bits);
        }
      }
      default -> throw new IllegalStateException(op + " is not an integer operation");
    }
  }
}
