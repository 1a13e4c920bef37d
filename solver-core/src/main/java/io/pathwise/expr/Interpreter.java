package io.pathwise.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Evaluates graphs at one point: the reference every kernel must equal bit for bit, and what
 * computes uniform values. Lowers the graph first, so it runs the primitives the kernels run.
 *
 * <p>Not thread-safe: it reuses its registers.
 */
public final class Interpreter {
  private final Expr[] nodes;
  private final int[][] args;
  private final int[] outputs;
  private final double[] numbers;
  private final long[] words;

  /** Prepares the evaluation of the flattened elements of the outputs. */
  public Interpreter(List<Expr> outputs) {
    List<Expr> lowered = Lower.lower(outputs);
    List<Expr> order = Graph.topological(lowered);
    Map<Expr, Integer> position = new HashMap<>();
    this.nodes = order.toArray(Expr[]::new);
    this.args = new int[nodes.length][];
    for (int n = 0; n < nodes.length; n++) {
      position.put(nodes[n], n);
      args[n] = nodes[n].args().stream().mapToInt(position::get).toArray();
    }
    this.outputs = lowered.stream().mapToInt(position::get).toArray();
    this.numbers = new double[nodes.length];
    this.words = new long[nodes.length];
  }

  /** The value of a constant expression. */
  public static double constant(Expr expr) {
    return new Interpreter(List.of(expr))
        .evaluate(
            leaf -> {
              throw new IllegalArgumentException("not a constant: it depends on " + leaf.name());
            })[0];
  }

  /** The values of a list of scalar expressions at named leaf values. */
  public static double[] evaluate(List<Expr> outputs, Map<String, Double> values) {
    return new Interpreter(outputs)
        .evaluate(
            leaf -> {
              Double value = values.get(leaf.name());
              if (value == null) {
                throw new IllegalArgumentException("no value for " + leaf.name());
              }
              return value;
            });
  }

  /** Evaluates graphs without integer leaves. */
  public double[] evaluate(ToDoubleFunction<Expr> leafValue) {
    return evaluate(
        leafValue,
        leaf -> {
          throw new IllegalArgumentException("no integer value for " + leaf.name());
        });
  }

  /**
   * Evaluates the graph.
   *
   * @param leafValue the value of a double leaf
   * @param leafWord the value of a 64-bit integer leaf
   * @return the value of each output
   */
  public double[] evaluate(ToDoubleFunction<Expr> leafValue, ToLongFunction<Expr> leafWord) {
    requireOutputs(false);
    run(leafValue, leafWord);
    double[] result = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      result[i] = numbers[outputs[i]];
    }
    return result;
  }

  /** Evaluates outputs that are 64-bit integers. */
  public long[] evaluateWords(ToDoubleFunction<Expr> leafValue, ToLongFunction<Expr> leafWord) {
    requireOutputs(true);
    run(leafValue, leafWord);
    long[] result = new long[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      result[i] = words[outputs[i]];
    }
    return result;
  }

  private void requireOutputs(boolean integral) {
    for (int output : outputs) {
      if (nodes[output].integral() != integral) {
        throw new IllegalArgumentException(
            nodes[output] + (integral ? " is not a 64-bit integer" : " is a 64-bit integer"));
      }
    }
  }

  private void run(ToDoubleFunction<Expr> leafValue, ToLongFunction<Expr> leafWord) {
    for (int n = 0; n < nodes.length; n++) {
      step(n, leafValue, leafWord);
    }
  }

  private void step(int n, ToDoubleFunction<Expr> leafValue, ToLongFunction<Expr> leafWord) {
    Expr node = nodes[n];
    int[] a = args[n];
    switch (node.op()) {
      case CONST -> numbers[n] = node.value();
      case LCONST -> words[n] = node.literal();
      case LEAF -> {
        if (node.integral()) {
          words[n] = leafWord.applyAsLong(node);
        } else {
          numbers[n] = leafValue.applyAsDouble(node);
        }
      }
      case BITS -> words[n] = Double.doubleToRawLongBits(numbers[a[0]]);
      case FROM_BITS -> numbers[n] = Double.longBitsToDouble(words[a[0]]);
      default -> {
        if (node.op().integral()) {
          words[n] = word(node.op(), node.literal(), words[a[0]], a.length > 1 ? words[a[1]] : 0);
        } else {
          numbers[n] =
              number(
                  node.op(),
                  numbers[a[0]],
                  a.length > 1 ? numbers[a[1]] : 0,
                  a.length > 2 ? numbers[a[2]] : 0);
        }
      }
    }
  }

  private static double number(Op op, double a, double b, double c) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case NEG -> -a;
      case FMA -> Math.fma(a, b, c);
      case SQRT -> Math.sqrt(a);
      case ABS -> Math.abs(a);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case RINT -> Math.rint(a);
      case FLOAT -> (float) a;
      default -> throw new IllegalStateException(op + " cannot be evaluated at one point");
    };
  }

  private static long word(Op op, long literal, long a, long b) {
    return switch (op) {
      case LADD -> a + b;
      case LSUB -> a - b;
      case LSHL -> a << literal;
      case LSAR -> a >> literal;
      case LSHR -> a >>> literal;
      case LAND -> a & b;
      case LOR -> a | b;
      case LXOR -> a ^ b;
      case LROTL -> Long.rotateLeft(a, (int) literal);
      default -> throw new IllegalStateException(op + " is not an integer operation");
    };
  }

  /** The value of an operation on constants. */
  static Expr fold(Op op, long literal, List<Expr> args) {
    if (op == Op.BITS) {
      return Expr.word(Double.doubleToRawLongBits(args.get(0).value()));
    }
    if (op == Op.FROM_BITS) {
      return Expr.of(Double.longBitsToDouble(args.get(0).literal()));
    }
    if (op.integral()) {
      return Expr.word(
          word(op, literal, args.get(0).literal(), args.size() > 1 ? args.get(1).literal() : 0));
    }
    List<Double> values = new ArrayList<>();
    args.forEach(arg -> values.add(arg.value()));
    if (op.primitive()) {
      return Expr.of(
          number(
              op,
              values.get(0),
              values.size() > 1 ? values.get(1) : 0,
              values.size() > 2 ? values.get(2) : 0));
    }
    // A function: evaluate its polynomials at a leaf, since constants would fold for ever.
    Expr[] leaves = new Expr[args.size()];
    Map<String, Double> point = new HashMap<>();
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = Expr.leaf(Leaf.LANE, "constant" + i);
      point.put(leaves[i].name(), values.get(i));
    }
    return Expr.of(evaluate(List.of(Expr.node(op, Shape.SCALAR, 0, List.of(leaves))), point)[0]);
  }
}
