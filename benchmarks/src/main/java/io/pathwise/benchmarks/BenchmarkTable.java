package io.pathwise.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs every side of the comparison in one go and prints the table of docs/benchmarks.md. Of every
 * side the least iteration counts, over a few JVM starts; docs/benchmarks.md says how starts
 * differ.
 */
public final class BenchmarkTable {
  private BenchmarkTable() {}

  /** Prints the table; start it from the root of the project, on one core. */
  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException {
    Map<String, Double> times = new TreeMap<>();
    Optional<Limit> limit = Limit.compile();
    measure(limit, times);
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(PathStep.class.getName())
                    .shouldFailOnError(true)
                    .build())
            .run()) {
      String name = result.getParams().getBenchmark();
      times.put(
          name.substring(name.lastIndexOf('.') + 1),
          result.getPrimaryResult().getStatistics().getMin());
    }
    measure(limit, times);
    System.out.println("| ns a path-step | GBM | Heston |");
    System.out.println("|---|---|---|");
    row("Pathwise, generated Java", times, "Pathwise");
    row("C, same algorithm, gcc -O3 -march=native", times, "C");
    row("per-path Java, SplittableRandom", times, "Scalar");
    row("finmath-lib 6.0.28", times, "Finmath");
    System.out.println();
    System.out.println("| ratio | GBM | Heston | goal |");
    System.out.println("|---|---|---|---|");
    ratio("Pathwise / C", times, "Pathwise", "C", "at most 1.25");
    ratio("per-path Java / Pathwise", times, "Scalar", "Pathwise", "");
    ratio("finmath-lib / Pathwise", times, "Finmath", "Pathwise", "at least 15 and 12");
    System.out.printf(
        Locale.ROOT,
        "| price and 5 derivatives / price | | %.2f | at most 2 |%n",
        times.get("hestonPathwiseGradient") / times.get("hestonPathwise"));
    System.out.printf(
        Locale.ROOT,
        "| finmath-lib / Pathwise, price and 5 derivatives | | %.1f | at least 10 |%n",
        times.get("hestonFinmathGradient") / times.get("hestonPathwiseGradient"));
  }

  /** C, before and after the others. */
  private static void measure(Optional<Limit> limit, Map<String, Double> times)
      throws IOException, InterruptedException {
    if (limit.isPresent()) {
      limit.get().measure().forEach((name, time) -> times.merge(name + "C", time, Math::min));
    }
  }

  private static void row(String what, Map<String, Double> times, String side) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s |%n",
        what,
        cell(times.get("gbm" + side)),
        cell(times.get("heston" + side)));
  }

  private static String cell(Double time) {
    return time == null ? "not measured" : String.format(Locale.ROOT, "%.2f", time);
  }

  private static void ratio(
      String what, Map<String, Double> times, String above, String below, String goal) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s |%n",
        what,
        quotient(times.get("gbm" + above), times.get("gbm" + below)),
        quotient(times.get("heston" + above), times.get("heston" + below)),
        goal);
  }

  private static String quotient(Double above, Double below) {
    return above == null || below == null ? "-" : String.format(Locale.ROOT, "%.2f", above / below);
  }
}
