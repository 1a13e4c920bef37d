package io.pathwise.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates scalar graphs at many points, an operation at a time over a block of points: the bits
 * of {@link Interpreter}. What does not depend on the point is evaluated once.
 *
 * <p>Threads may share it.
 */
public final class LaneInterpreter {
  private static final int WIDTH = 128;

  private final List<Expr> lanes;
  private final List<Expr> lowered;
  private final List<Expr> operations = new ArrayList<>();
  private final List<Expr> uniforms;
  private final Map<Expr, Integer> registers = new HashMap<>();
  private final int registerCount;
  private final Interpreter numbers;

  /**
   * Prepares the evaluation.
   *
   * @param outputs scalars that are doubles
   * @param lanes the leaves that differ from point to point
   */
  public LaneInterpreter(List<Expr> outputs, List<Expr> lanes) {
    this.lanes = List.copyOf(lanes);
    this.lowered = Lower.lower(outputs);
    Set<Expr> varying = new LinkedHashSet<>(lanes);
    Set<Expr> read = new LinkedHashSet<>();
    Map<Expr, Integer> last = new HashMap<>();
    for (Expr node : Graph.topological(lowered)) {
      if (node.args().stream().anyMatch(varying::contains)) {
        node.args().forEach(arg -> last.put(arg, operations.size()));
        node.args().stream().filter(arg -> !varying.contains(arg)).forEach(read::add);
        varying.add(node);
        operations.add(node);
      }
    }
    lowered.stream().filter(output -> !varying.contains(output)).forEach(read::add);
    this.uniforms = List.copyOf(read);
    this.numbers = new Interpreter(read.stream().map(LaneInterpreter::asNumber).toList());
    this.registerCount = place(last);
  }

  /** A 64-bit integer as the double of its bits. */
  private static Expr asNumber(Expr uniform) {
    return uniform.integral() ? Expr.apply(Op.FROM_BITS, uniform) : uniform;
  }

  /** Gives every value a register; what is read no more leaves its own to others. */
  private int place(Map<Expr, Integer> last) {
    int count = 0;
    for (Expr lane : lanes) {
      registers.put(lane, count++);
    }
    for (Expr uniform : uniforms) {
      registers.put(uniform, count++);
    }
    Set<Expr> kept = new LinkedHashSet<>(lowered);
    Deque<Integer> free = new ArrayDeque<>();
    int fixed = count;
    for (int i = 0; i < operations.size(); i++) {
      Expr operation = operations.get(i);
      registers.put(operation, free.isEmpty() ? count++ : free.pop());
      for (Expr arg : new LinkedHashSet<>(operation.args())) {
        if (last.get(arg) == i && !kept.contains(arg) && registers.get(arg) >= fixed) {
          free.push(registers.get(arg));
        }
      }
    }
    return count;
  }

  /**
   * Evaluates at points.
   *
   * @param parameters the values of all other leaves by name
   * @param inputs for each lane leaf its values; of a 64-bit integer leaf whole numbers
   * @param n how many points
   * @param results for each output where its values go
   */
  public void evaluate(
      Map<String, Double> parameters, double[][] inputs, int n, double[][] results) {
    double[][] doubles = new double[registerCount][WIDTH];
    long[][] longs = new long[registerCount][];
    fillUniforms(parameters, doubles, longs);
    for (Expr node : registers.keySet()) {
      if (node.integral() && longs[registers.get(node)] == null) {
        longs[registers.get(node)] = new long[WIDTH];
      }
    }
    for (int from = 0; from < n; from += WIDTH) {
      int width = Math.min(WIDTH, n - from);
      for (int i = 0; i < lanes.size(); i++) {
        load(lanes.get(i), inputs[i], from, width, doubles, longs);
      }
      for (Expr operation : operations) {
        run(operation, width, doubles, longs);
      }
      for (int i = 0; i < results.length; i++) {
        System.arraycopy(doubles[registers.get(lowered.get(i))], 0, results[i], from, width);
      }
    }
  }

  private void fillUniforms(Map<String, Double> parameters, double[][] doubles, long[][] longs) {
    double[] values;
    synchronized (numbers) {
      values =
          numbers.evaluate(
              leaf -> {
                Double value = parameters.get(leaf.name());
                if (value == null) {
                  throw new IllegalArgumentException("no value for " + leaf.name());
                }
                return value;
              });
    }
    for (int i = 0; i < values.length; i++) {
      int register = registers.get(uniforms.get(i));
      Arrays.fill(doubles[register], values[i]);
      if (uniforms.get(i).integral()) {
        longs[register] = new long[WIDTH];
        Arrays.fill(longs[register], Double.doubleToRawLongBits(values[i]));
      }
    }
  }

  private void load(
      Expr lane, double[] input, int from, int width, double[][] doubles, long[][] longs) {
    int register = registers.get(lane);
    if (!lane.integral()) {
      System.arraycopy(input, from, doubles[register], 0, width);
      return;
    }
    for (int i = 0; i < width; i++) {
      longs[register][i] = (long) input[from + i];
    }
  }

  private void run(Expr node, int width, double[][] doubles, long[][] longs) {
    int to = registers.get(node);
    int first = registers.get(node.arg(0));
    int second = node.args().size() > 1 ? registers.get(node.arg(1)) : first;
    if (node.op() == Op.BITS) {
      for (int i = 0; i < width; i++) {
        longs[to][i] = Double.doubleToRawLongBits(doubles[first][i]);
      }
    } else if (node.op() == Op.FROM_BITS) {
      for (int i = 0; i < width; i++) {
        doubles[to][i] = Double.longBitsToDouble(longs[first][i]);
      }
    } else if (node.integral()) {
      LaneOperations.words(
          node.op(), (int) node.literal(), longs[first], longs[second], longs[to], width);
    } else {
      int third = node.args().size() > 2 ? registers.get(node.arg(2)) : first;
      LaneOperations.numbers(
          node.op(), doubles[first], doubles[second], doubles[third], doubles[to], width);
    }
  }
}
