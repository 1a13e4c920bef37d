package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.CompiledKernel;
import io.pathwise.kernel.FragmentPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One fragment ready to be called: its table of arrays, whose entries the caller points at the
 * arrays of the moment, and its uniform values, a row for each step or instance.
 */
final class FragmentCall {
  private final CompiledKernel kernel;
  private final UniformRows.Rows rows;
  private final double[][] table;
  private final Map<Expr, Integer> places = new HashMap<>();

  /** Prepares a fragment; {@code temporaries} is shared by all calls of a thread. */
  FragmentCall(CompiledKernel kernel, UniformRows.Rows rows, double[][] temporaries) {
    this.kernel = kernel;
    this.rows = rows;
    FragmentPlan plan = rows.plan();
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

    /** The number of leaves. */
    int size() {
      return places.length;
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
        rows.fragment(), table, rows.numbers(), rows.number(row), rows.words(), rows.word(row), n);
  }
}
