package io.pathwise.kernel;

import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/**
 * Prints what an equation with dense layers costs: planning, compiling, and the least time of many
 * batches without and with the gradient in all its weights.
 */
public final class DenseProbe {
  private static final int PATHS = 1024;
  private static final int STEPS = 100;

  private DenseProbe() {}

  private static Solver solver(Perceptron equation, Scheme scheme, boolean gradient) {
    Solver solver = equation.solver(scheme, STEPS);
    return gradient ? solver.gradient(equation.sde().parameters()) : solver;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) {
    int hidden = Integer.parseInt(arguments[0]);
    boolean deep = Boolean.parseBoolean(arguments[1]);
    Perceptron equation = new Perceptron(4, hidden, deep);
    Scheme scheme =
        Schemes.find(arguments.length > 2 ? arguments[2] : "reversible-heun").orElseThrow();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<String> parameters = equation.sde().parameters();
    System.out.println(parameters.size() + " parameters");
    for (boolean gradient : new boolean[] {false, true}) {
      long begun = System.nanoTime();
      PathProgram program = solver(equation, scheme, gradient).plan().fine().program();
      long traced = System.nanoTime();
      ProgramFragments fragments = new ProgramFragments(program);
      long planned = System.nanoTime();
      String source = fragments.javaSource();
      PathRun run = solver(equation, scheme, gradient).plan().fine();
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
