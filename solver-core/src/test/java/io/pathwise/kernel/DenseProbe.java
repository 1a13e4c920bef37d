package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what an equation with dense layers costs: planning, compiling, and the least time of many
 * batches without and with the gradient in all its weights.
 */
public final class DenseProbe {
  private static final int PATHS = 1024;
  private static final int STEPS = 100;

  private DenseProbe() {}

  /** An equation whose drift is a perceptron with one hidden layer, with a diagonal diffusion. */
  static Sde perceptron(int states, int hidden, boolean deepDiffusion) {
    List<String> names = new ArrayList<>();
    Sde.Builder builder = Sde.stratonovich("perceptron");
    Expr drift = layers(states, hidden, "f", names, false);
    Expr diffusion =
        deepDiffusion
            ? layers(states, hidden, "g", names, true)
            : sigmoids(states, names);
    builder.parameters(names.toArray(String[]::new));
    for (int i = 0; i < states; i++) {
      builder.state("x" + i, Expr.of(0.1 * i));
    }
    return builder.drift((t, y) -> drift).diagonal((t, y) -> diffusion);
  }

  private static Expr sigmoids(int states, List<String> names) {
    Expr a = array("a", states, names);
    Expr b = array("b", states, names);
    return Expr.apply(Op.SIGMOID, a.times(Sde.state(states)).plus(b)).times(0.2);
  }

  private static Expr layers(
      int states, int hidden, String prefix, List<String> names, boolean positive) {
    Expr y = Sde.state(states);
    Expr first = matrix(prefix + "w1", hidden, states, names);
    Expr b1 = array(prefix + "b1", hidden, names);
    Expr second = matrix(prefix + "w2", states, hidden, names);
    Expr b2 = array(prefix + "b2", states, names);
    Expr h = Expr.apply(Op.TANH, first.matVec(y).plus(b1));
    Expr out = second.matVec(h).plus(b2);
    return positive ? Expr.apply(Op.SIGMOID, out).times(0.2) : out;
  }

  private static Expr array(String name, int size, List<String> names) {
    List<Expr> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      names.add(name + "[" + i + "]");
      elements.add(Expr.param(name + "[" + i + "]"));
    }
    return Expr.concat(elements);
  }

  private static Expr matrix(String name, int rows, int columns, List<String> names) {
    return array(name, rows * columns, names)
        .reshape(io.pathwise.expr.Shape.matrix(rows, columns));
  }

  static Map<String, Double> weights(Sde sde) {
    Map<String, Double> values = new TreeMap<>();
    int k = 0;
    for (String name : sde.parameters()) {
      values.put(name, 0.6 * Math.sin(1.7 * k++ + 0.3));
    }
    return values;
  }

  static Solver solver(Sde sde, Scheme scheme, boolean gradient) {
    Solver solver = Solver.of(sde).scheme(scheme).parameters(weights(sde)).step(1.0 / STEPS);
    solver.observe("x0", 1.0);
    return gradient ? solver.gradient(sde.parameters()) : solver;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int hidden = Integer.parseInt(arguments[0]);
    boolean deep = Boolean.parseBoolean(arguments[1]);
    Sde sde = perceptron(4, hidden, deep);
    Scheme scheme = Schemes.find(arguments.length > 2 ? arguments[2] : "reversible-heun").orElseThrow();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    System.out.println(sde.parameters().size() + " parameters");
    for (boolean gradient : new boolean[] {false, true}) {
      long begun = System.nanoTime();
      PathProgram program = solver(sde, scheme, gradient).plan().fine().program();
      long traced = System.nanoTime();
      ProgramFragments fragments = new ProgramFragments(program);
      long planned = System.nanoTime();
      String source = fragments.javaSource();
      if (System.getenv("DUMP") != null) {
        java.nio.file.Files.writeString(java.nio.file.Path.of(System.getenv("DUMP") + gradient), source);
      }
      var run = solver(sde, scheme, gradient).plan().fine();
      long before = System.nanoTime();
      ShardRunner runner = new CpuExecutor().open(run);
      long compiled = System.nanoTime();
      System.out.printf(
          "gradient %s: trace %d ms, plan %d ms, open %d ms, source %d kB, loops %s%n",
          gradient,
          (traced - begun) / 1000000,
          (planned - traced) / 1000000,
          (compiled - before) / 1000000,
          source.length() / 1000,
          fragments.plans().stream()
              .map(p -> p.fragment().name() + "=" + p.loops().size() + "/" + p.temporaries())
              .toList());
      long least = Long.MAX_VALUE;
      long first = 0;
      for (int i = 0; i < 60; i++) {
        begun = threads.getCurrentThreadCpuTime();
        runner.run(Shard.of(i, 1L << 30, PATHS), PathSink.NONE);
        long time = threads.getCurrentThreadCpuTime() - begun;
        first = i == 0 ? time : first;
        least = Math.min(least, time);
      }
      fragments(KernelCache.shared().get(program), threads);
      System.out.printf("  first %.1f ms, least %.2f ms%n", first / 1e6, least / 1e6);
    }
  }

  /** Prints what a call of each fragment takes for a path. */
  private static void fragments(CompiledProgram compiled, ThreadMXBean threads) {
    for (FragmentPlan plan : compiled.fragments().plans()) {
      double[][] table = Lanes.blocks(plan.tableSize());
      for (double[] lanes : table) {
        Lanes.fill(lanes, 0.1);
      }
      double[] numbers = new double[plan.numbers().size() + 1];
      Arrays.fill(numbers, 0.01);
      long[] words = new long[plan.words().size() + 1];
      int number = compiled.fragments().number(plan.fragment().name());
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 100; i++) {
        long begun = threads.getCurrentThreadCpuTime();
        for (int k = 0; k < 10; k++) {
          compiled.kernel().run(number, table, numbers, 0, words, 0, Lanes.WIDTH);
        }
        least = Math.min(least, threads.getCurrentThreadCpuTime() - begun);
      }
      System.out.printf(
          "  %s %.1f ns a path%n", plan.fragment().name(), least / 10.0 / Lanes.WIDTH);
    }
  }
}
