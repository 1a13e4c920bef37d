package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Lower;
import io.pathwise.expr.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@link io.pathwise.expr.Interpreter} over many paths at once, one loop an operation: fast
 * enough to measure orders, without a compilation for every graph.
 *
 * <p>Not thread-safe.
 */
public final class BatchGraph {
  /** The most paths of one evaluation. */
  public static final int LANES = 128;

  private final Expr[] nodes;
  private final int[][] args;
  private final int[] outputs;
  private final double[][] numbers;
  private final long[][] words;
  private final Map<String, double[]> inputs = new HashMap<>();

  /** Prepares the evaluation of the flattened elements of the outputs. */
  public BatchGraph(List<Expr> values) {
    List<Expr> lowered = Lower.lower(values);
    List<Expr> order = Graph.topological(lowered);
    Map<Expr, Integer> position = new HashMap<>();
    nodes = order.toArray(Expr[]::new);
    args = new int[nodes.length][];
    numbers = new double[nodes.length][];
    words = new long[nodes.length][];
    for (int n = 0; n < nodes.length; n++) {
      Expr node = nodes[n];
      position.put(node, n);
      args[n] = node.args().stream().mapToInt(position::get).toArray();
      if (node.integral()) {
        words[n] = new long[LANES];
        Arrays.fill(words[n], node.op() == Op.LCONST ? node.literal() : 0);
      } else {
        numbers[n] = new double[LANES];
        Arrays.fill(numbers[n], node.op() == Op.CONST ? node.value() : 0);
      }
      if (node.op() == Op.LEAF) {
        inputs.put(node.name(), numbers[n]);
      }
    }
    outputs = lowered.stream().mapToInt(position::get).toArray();
  }

  /** The array of a leaf, to be filled; an array that nothing reads if the graph lacks the leaf. */
  public double[] input(String leaf) {
    return inputs.computeIfAbsent(leaf, name -> new double[LANES]);
  }

  /** Sets a leaf to one value on all paths. */
  public void set(String leaf, double value) {
    Arrays.fill(input(leaf), value);
  }

  /** The values of output {@code i} after {@link #run}. */
  public double[] output(int i) {
    return numbers[outputs[i]];
  }

  /** Evaluates the first n paths. */
  public void run(int n) {
    for (int k = 0; k < nodes.length; k++) {
      Op op = nodes[k].op();
      if (op == Op.CONST || op == Op.LCONST || op == Op.LEAF) {
        continue;
      }
      int[] a = args[k];
      if (op == Op.BITS) {
        bits(words[k], numbers[a[0]], n);
      } else if (op == Op.FROM_BITS) {
        fromBits(numbers[k], words[a[0]], n);
      } else if (op.integral()) {
        word(nodes[k], words[k], words[a[0]], words[a[a.length - 1]], n);
      } else {
        number(op, numbers[k], numbers[a[0]], numbers[a[a.length > 1 ? 1 : 0]], c(a), n);
      }
    }
  }

  private double[] c(int[] a) {
    return numbers[a[a.length - 1]];
  }

  private static void bits(long[] r, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Double.doubleToRawLongBits(a[i]);
    }
  }

  private static void fromBits(double[] r, long[] a, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Double.longBitsToDouble(a[i]);
    }
  }

  private static void number(Op op, double[] r, double[] a, double[] b, double[] c, int n) {
    switch (op) {
      case ADD -> add(r, a, b, n);
      case SUB -> subtract(r, a, b, n);
      case MUL -> multiply(r, a, b, n);
      case FMA -> fma(r, a, b, c, n);
      case DIV -> divide(r, a, b, n);
      default -> {
        for (int i = 0; i < n; i++) {
          r[i] =
              switch (op) {
                case NEG -> -a[i];
                case SQRT -> Math.sqrt(a[i]);
                case ABS -> Math.abs(a[i]);
                case MIN -> Math.min(a[i], b[i]);
                case MAX -> Math.max(a[i], b[i]);
                case RINT -> Math.rint(a[i]);
                case FLOAT -> (float) a[i];
                default -> throw new IllegalStateException(op + " is not primitive");
              };
        }
      }
    }
  }

  private static void add(double[] r, double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] + b[i];
    }
  }

  private static void subtract(double[] r, double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] - b[i];
    }
  }

  private static void multiply(double[] r, double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] * b[i];
    }
  }

  private static void divide(double[] r, double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = a[i] / b[i];
    }
  }

  private static void fma(double[] r, double[] a, double[] b, double[] c, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.fma(a[i], b[i], c[i]);
    }
  }

  private static void word(Expr node, long[] r, long[] a, long[] b, int n) {
    int bits = (int) node.literal();
    for (int i = 0; i < n; i++) {
      r[i] =
          switch (node.op()) {
            case LADD -> a[i] + b[i];
            case LSUB -> a[i] - b[i];
            case LSHL -> a[i] << bits;
            case LSAR -> a[i] >> bits;
            case LSHR -> a[i] >>> bits;
            case LAND -> a[i] & b[i];
            case LOR -> a[i] | b[i];
            case LXOR -> a[i] ^ b[i];
            case LROTL -> Long.rotateLeft(a[i], bits);
            default -> throw new IllegalStateException(node.op() + " is no integer operation");
          };
    }
  }
}
