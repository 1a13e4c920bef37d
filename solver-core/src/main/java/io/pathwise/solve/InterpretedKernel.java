package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.CompiledKernel;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.Lanes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The fragments of a program lane by lane in the {@link Interpreter}: the bits of any kernel. */
final class InterpretedKernel implements CompiledKernel {
  private final List<Interpreted> fragments;

  InterpretedKernel(List<FragmentPlan> plans) {
    this.fragments = plans.stream().map(Interpreted::of).toList();
  }

  @Override
  public void run(int fragment, double[][] t, double[] u, int o, long[] w, int q, int n) {
    Interpreted run = fragments.get(fragment);
    for (int lane = 0; lane < n; lane++) {
      run.evaluate(t, u, o, w, q, lane);
    }
  }

  /**
   * One fragment.
   *
   * @param places for each leaf of a lane its place in the table, for each uniform value its number
   * @param numbers the targets that are doubles
   * @param words the targets that are 64-bit integers
   */
  private record Interpreted(
      Map<Expr, Integer> places,
      Interpreter number,
      Interpreter word,
      List<Integer> numbers,
      List<Integer> words) {

    static Interpreted of(FragmentPlan plan) {
      Map<Expr, Expr> uniforms = new HashMap<>();
      Map<Expr, Integer> places = new HashMap<>();
      for (int i = 0; i < plan.numbers().size(); i++) {
        named(uniforms, places, plan.numbers().get(i), Expr.leaf(Leaf.STEP, "number" + i), i);
      }
      for (int i = 0; i < plan.words().size(); i++) {
        named(uniforms, places, plan.words().get(i), Expr.leaf(Leaf.WORD, "word" + i), i);
      }
      for (int i = 0; i < plan.inputs().size(); i++) {
        places.put(plan.inputs().get(i), i);
      }
      List<Expr> values = Graph.substitute(plan.fragment().values(), uniforms);
      List<Integer> numbers = new ArrayList<>();
      List<Integer> words = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        (values.get(i).integral() ? words : numbers).add(i);
      }
      return new Interpreted(
          places,
          new Interpreter(numbers.stream().map(values::get).toList()),
          new Interpreter(words.stream().map(values::get).toList()),
          numbers.stream().map(plan::targetIndex).toList(),
          words.stream().map(plan::targetIndex).toList());
    }

    private static void named(
        Map<Expr, Expr> uniforms, Map<Expr, Integer> places, Expr value, Expr leaf, int number) {
      uniforms.put(value, leaf);
      places.put(leaf, number);
    }

    void evaluate(double[][] t, double[] u, int o, long[] w, int q, int lane) {
      ToDoubleFunction<Expr> value =
          leaf -> leaf.varying() ? t[places.get(leaf)][lane] : u[o + places.get(leaf)];
      ToLongFunction<Expr> bits =
          leaf ->
              leaf.varying() ? Lanes.getLong(t[places.get(leaf)], lane) : w[q + places.get(leaf)];
      double[] doubles = number.evaluate(value, bits);
      long[] integers = word.evaluateWords(value, bits);
      for (int i = 0; i < doubles.length; i++) {
        t[numbers.get(i)][lane] = doubles[i];
      }
      for (int i = 0; i < integers.length; i++) {
        Lanes.putLong(t[words.get(i)], lane, integers[i]);
      }
    }
  }
}
