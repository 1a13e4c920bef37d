package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.kernel.CompiledKernel;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.ProgramFragments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * One fragment ready to be called: its table of arrays, whose entries the caller points at the
 * arrays of the moment, and its uniform values, a row for each step or instance.
 */
final class FragmentCall {
  private final CompiledKernel kernel;
  private final int number;
  private final FragmentPlan plan;
  private final double[][] table;
  private final Map<Expr, Integer> places = new HashMap<>();
  private final double[] numbers;
  private final long[] words;

  /**
   * Prepares a fragment.
   *
   * @param rows the number of rows of uniform values
   * @param leaf the value of a uniform leaf in a row
   * @param word the value of an integer leaf in a row
   */
  FragmentCall(
      CompiledKernel kernel,
      Uniforms uniforms,
      double[][] temporaries,
      int rows,
      RowValue leaf,
      RowWord word) {
    this.kernel = kernel;
    this.number = uniforms.number();
    this.plan = uniforms.plan();
    this.table = new double[plan.tableSize()][];
    for (int i = 0; i < plan.inputs().size(); i++) {
      places.put(plan.inputs().get(i), i);
    }
    for (int i = 0; i < plan.fragment().targets().size(); i++) {
      places.putIfAbsent(plan.fragment().targets().get(i), plan.targetIndex(i));
    }
    for (int i = 0; i < plan.temporaries(); i++) {
      table[plan.firstTemporary() + i] = temporaries[i];
    }
    numbers = new double[rows * plan.numbers().size()];
    words = new long[rows * plan.words().size()];
    for (int row = 0; row < rows; row++) {
      int r = row;
      ToDoubleFunction<Expr> leafValue = e -> leaf.value(e, r);
      ToLongFunction<Expr> leafWord = e -> word.value(e, r);
      System.arraycopy(
          uniforms.numbers().evaluate(leafValue, leafWord),
          0,
          numbers,
          row * plan.numbers().size(),
          plan.numbers().size());
      System.arraycopy(
          uniforms.words().evaluateWords(leafValue, leafWord),
          0,
          words,
          row * plan.words().size(),
          plan.words().size());
    }
  }

  /**
   * A fragment and what evaluates its uniform values: shared by the calls of all its instances.
   *
   * @param number the number of the fragment in the kernel
   * @param plan its plan
   * @param numbers evaluates the uniform doubles
   * @param words evaluates the uniform integers
   */
  record Uniforms(int number, FragmentPlan plan, Interpreter numbers, Interpreter words) {
    static Uniforms of(ProgramFragments fragments, String name) {
      FragmentPlan plan = fragments.plan(name);
      return new Uniforms(
          fragments.number(name),
          plan,
          new Interpreter(plan.numbers()),
          new Interpreter(plan.words()));
    }
  }

  /** The value of a uniform leaf in a row. */
  interface RowValue {
    double value(Expr leaf, int row);
  }

  /** The value of an integer leaf in a row. */
  interface RowWord {
    long value(Expr leaf, int row);
  }

  /** The number of temporaries the fragment needs. */
  static int temporaries(ProgramFragments fragments) {
    return fragments.plans().stream().mapToInt(FragmentPlan::temporaries).max().orElse(0);
  }

  /** The places of some leaves in the table. */
  Port port(List<Expr> leaves) {
    return new Port(table, leaves.stream().mapToInt(e -> places.getOrDefault(e, -1)).toArray());
  }

  /** The place of one leaf. */
  Port port(Expr leaf) {
    return port(List.of(leaf));
  }

  /** Where arrays for a list of leaves go; looked up once, so that the path loop only stores. */
  static final class Port {
    private final double[][] table;
    private final int[] places;

    private Port(double[][] table, int[] places) {
      this.table = table;
      this.places = places;
    }

    /**
     * Points leaf number {@code i} at an array; a leaf that the fragment does not use is ignored.
     */
    void bind(int i, double[] array) {
      if (places[i] >= 0) {
        table[places[i]] = array;
      }
    }
  }

  /** Runs the fragment on the first {@code n} lanes with the uniform values of a row. */
  void run(int row, int n) {
    kernel.run(
        number, table, numbers, row * plan.numbers().size(), words, row * plan.words().size(), n);
  }
}
