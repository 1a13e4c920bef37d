package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.estimate.Moments;
import io.pathwise.estimate.Segments;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.KernelCache;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.NonFinitePathException;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import io.pathwise.spark.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.runtime.AbstractFunction1;

@ExtendWith(SharedSpark.class)
class RepeatedRunTest {
  private static final long PATHS = 5000;
  private static final int SHARD = 512;
  private static final Map<String, Double> START =
      Map.of(
          "spot", 100.0, "v0", 0.04, "kappa", 1.5, "theta", 0.04, "xi", 0.5, "rho", -0.7, "r", 0.03,
          "q", 0.0);
  private static final Map<String, Double> ELSEWHERE =
      Map.of("kappa", 2.0, "theta", 0.06, "xi", 0.4);

  private static final Sde HESTON = Catalogue.find("heston").orElseThrow().sde(Set.of());
  private static final Contracts CONTRACTS =
      new Contracts(HESTON.observables().get("S"), Discounting.rate(Expr.param("r")));

  private static Claim digital() {
    return CONTRACTS.digital("digital", OptionType.CALL, 100, 1, 1);
  }

  private static Solver heston() {
    return Solver.of(HESTON)
        .parameters(START)
        .step(1.0 / 8)
        .shardSize(SHARD)
        .claim(CONTRACTS.european("call", OptionType.CALL, 100, 1))
        .claim(CONTRACTS.european("put", OptionType.PUT, 90, 0.5))
        .gradient("v0", "kappa", "theta", "xi", "rho");
  }

  private static RepeatedRun run(SparkSession spark, Solver solver, int tasks) {
    return RepeatedRun.of(
        spark.sparkContext(),
        solver.parametric(PATHS),
        new RepeatedRun.Layout(SHARD, OptionalInt.of(tasks), "cpu"));
  }

  private static List<Double> numbers(Evaluation evaluation) {
    List<Double> numbers = new ArrayList<>();
    for (int k = 0; k < evaluation.claims().size(); k++) {
      add(numbers, evaluation.value(k));
      for (int p = 0; p < evaluation.parameters().size(); p++) {
        add(numbers, evaluation.derivative(k, p));
      }
    }
    return numbers;
  }

  private static void add(List<Double> numbers, Moments moments) {
    numbers.add(moments.mean());
    numbers.add(moments.standardError());
  }

  private static List<Double> numbers(Solution solution) {
    List<Double> numbers = new ArrayList<>();
    for (String claim : List.of("call", "put")) {
      add(numbers, solution.value(claim));
      for (String parameter : List.of("v0", "kappa", "theta", "xi", "rho")) {
        add(numbers, solution.derivative(claim, parameter));
      }
    }
    return numbers;
  }

  @Test
  void anEvaluationHasTheBitsOfASolutionWhateverThePartitions(SparkSession spark) {
    List<Double> solution = numbers(heston().parameters(ELSEWHERE).seed(7).solve(PATHS));
    for (int tasks : new int[] {1, 3, 7}) {
      try (RepeatedRun run = run(spark, heston(), tasks)) {
        Evaluation evaluation = run.evaluate(ELSEWHERE, 7);
        assertThat(numbers(evaluation)).as("%d tasks", tasks).isEqualTo(solution);
        assertThat(evaluation.paths()).isEqualTo(PATHS);
        assertThat(evaluation.claims()).containsExactly("call", "put");
      }
    }
  }

  @Test
  void shardsByThemselvesAddUpToTheEvaluation(SparkSession spark) {
    double[] weights = {0.5, -2};
    for (int tasks : new int[] {1, 3, 7}) {
      try (RepeatedRun run = run(spark, heston(), tasks)) {
        SortedMap<Long, Evaluation> shards = run.evaluateShards(ELSEWHERE, 7);
        Evaluation whole = run.evaluate(ELSEWHERE, 7);
        assertThat(shards.keySet()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(numbers(run.together(shards))).isEqualTo(numbers(whole));
        double[] mean = new double[5];
        for (Evaluation shard : shards.values()) {
          double[] gradient = shard.gradient(weights);
          for (int p = 0; p < mean.length; p++) {
            mean[p] += gradient[p] * shard.paths() / PATHS;
          }
        }
        assertThat(mean).containsExactly(whole.gradient(weights), within(1e-12));
      }
    }
  }

  @Test
  void everyStrategyAndSecondDerivativesAreEvaluated(SparkSession spark) {
    double[][] stored;
    try (RepeatedRun run = run(spark, heston().gradientMethod(GradientMethod.STORED), 3)) {
      stored = run.evaluate(ELSEWHERE, 7).jacobian();
    }
    for (GradientMethod method : List.of(GradientMethod.CHECKPOINTED, GradientMethod.TANGENT)) {
      try (RepeatedRun run = run(spark, heston().gradientMethod(method), 3)) {
        double[][] jacobian = run.evaluate(ELSEWHERE, 7).jacobian();
        for (int k = 0; k < stored.length; k++) {
          assertThat(jacobian[k]).as(method.key()).containsExactly(stored[k], within(1e-9));
        }
      }
    }
    Solver twice =
        Solver.of(HESTON)
            .parameters(START)
            .step(1.0 / 8)
            .shardSize(SHARD)
            .claim(CONTRACTS.forward("forward", 90, 1))
            .gradient("spot", "r")
            .secondOrder("spot", "r");
    try (RepeatedRun run = run(spark, twice, 3)) {
      Evaluation evaluation = run.evaluate(Map.of("v0", 0.05), 7);
      assertThat(evaluation.second(0, "r", "spot"))
          .isEqualTo(
              twice
                  .parameters(Map.of("v0", 0.05))
                  .seed(7)
                  .solve(PATHS)
                  .second("forward", "spot", "r"));
      assertThatThrownBy(() -> evaluation.second(0, "r", "r"))
          .hasMessageContaining("has no second derivative in r and r, which was not asked for");
    }
  }

  /** Central differences with the same noise, where the variance stays above 0. */
  @Test
  void theGradientOfAWeightedSumIsThatOfFiniteDifferences(SparkSession spark) {
    double[] weights = {0.5, -2};
    List<String> names = List.of("v0", "kappa", "theta", "xi", "rho");
    try (RepeatedRun run = run(spark, heston().parameters(Map.of("xi", 0.1)), 2)) {
      double[] gradient = run.evaluate(Map.of(), 3).gradient(weights);
      for (int p = 0; p < gradient.length; p++) {
        String name = names.get(p);
        double at = name.equals("xi") ? 0.1 : START.get(name);
        double h = 1e-6;
        double up = weighted(run.evaluate(Map.of(name, at + h), 3), weights);
        double down = weighted(run.evaluate(Map.of(name, at - h), 3), weights);
        assertThat(gradient[p])
            .as(name)
            .isCloseTo((up - down) / (2 * h), within(1e-6 * Math.abs(gradient[p]) + 1e-8));
      }
    }
  }

  private static double weighted(Evaluation evaluation, double[] weights) {
    double[] means = evaluation.means();
    double sum = 0;
    for (int k = 0; k < means.length; k++) {
      sum += weights[k] * means[k];
    }
    return sum;
  }

  /**
   * Spark itself keeps some kB a job for its pages, of the newest 1,000 jobs: at most 16 kB an
   * iteration may stay, a tenth of what a plan or a workspace would take.
   */
  @Test
  void aThousandIterationsLeaveNothingBehind(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    int before = settledBroadcasts(0);
    try (RepeatedRun run = run(spark, heston(), 2)) {
      loop(run, 50);
      long compilations = KernelCache.shared().compilations();
      int sent = settledBroadcasts(before + 2);
      long heap = settledHeap();
      loop(run, 1000);
      assertThat(KernelCache.shared().compilations()).isEqualTo(compilations);
      assertThat(settledBroadcasts(sent)).isLessThanOrEqualTo(sent);
      assertThat(settledHeap() - heap).as("bytes").isLessThan(16 << 20);
    }
    assertThat(context.getPersistentRDDs().size()).isZero();
    assertThat(settledBroadcasts(before)).isLessThanOrEqualTo(before);
  }

  /** Gradient descent on a spread, with a seed a step. */
  private static void loop(RepeatedRun run, int iterations) {
    double theta = 0.04;
    for (int i = 0; i < iterations; i++) {
      double[] gradient = run.evaluate(Map.of("theta", theta), i).gradient(new double[] {1, -1});
      theta = Math.max(0.01, Math.min(0.1, theta - 1e-6 * gradient[2]));
    }
  }

  @Test
  void sumsHaveTheSameBitsAtEveryDepthOfTheirTree(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Delivered none = new Delivered(Segments.of(100), 1);
    List<Double> totals = new ArrayList<>();
    for (int depth : new int[] {1, 2, 3}) {
      for (int tasks : new int[] {1, 30, 100}) {
        Delivered all =
            context
                .parallelize(LongStream.range(0, 100).boxed().toList(), tasks)
                .treeAggregate(
                    none,
                    (sums, shard) -> {
                      sums.add(
                          new ShardResult(
                              new Shard(shard, shard, 1), 1, new double[] {Math.exp(shard / 7.0)}));
                      return sums;
                    },
                    Delivered::merge,
                    depth);
        assertThat(all.sums().paths()).isEqualTo(100);
        totals.add(all.sums().total()[0]);
      }
    }
    assertThat(totals).containsOnly(totals.get(0));
  }

  @Test
  void manyValuesTravelByABroadcastThatIsDestroyed(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int before = settledBroadcasts(0);
    for (int size : new int[] {100, Parcel.MOST_IN_TASKS, Parcel.MOST_IN_TASKS + 1, 1 << 20}) {
      try (Parcel parcel = Parcel.of(context, new byte[size])) {
        assertThat(lengths(context, parcel)).containsExactly(size, size);
      }
    }
    assertThat(settledBroadcasts(before)).isLessThanOrEqualTo(before);
  }

  private static List<Integer> lengths(JavaSparkContext context, Parcel parcel) {
    return context.parallelize(List.of(1, 2), 2).map(i -> parcel.bytes().length).collect();
  }

  @Test
  void theFirstPathThatIsNotFiniteIsNamedWhateverThePartitions(SparkSession spark) {
    for (int tasks : new int[] {1, 3, 7}) {
      try (RepeatedRun run = run(spark, heston().gradient(), tasks)) {
        for (int repeat = 0; repeat < 2; repeat++) {
          assertThatThrownBy(() -> run.evaluate(Map.of("r", 1e3), 1))
              .isInstanceOf(NonFinitePathException.class)
              .hasMessageStartingWith("path 0");
          assertThatThrownBy(() -> run.evaluateShards(Map.of("r", 1e3), 1))
              .isInstanceOf(NonFinitePathException.class)
              .hasMessageStartingWith("path 0");
        }
        assertThat(run.evaluate(Map.of(), 1).paths()).isEqualTo(PATHS);
      }
    }
  }

  @Test
  void wrongValuesAreNamedAtOnce(SparkSession spark) {
    try (RepeatedRun run = run(spark, heston(), 2)) {
      assertThatThrownBy(() -> run.evaluate(Map.of("sigma", 0.2, "xi", Double.NaN), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("parameter sigma, expected one of [kappa, q, r, rho")
          .hasMessageContaining("parameter xi = NaN, expected a finite number");
      Evaluation evaluation = run.evaluate(Map.of(), 1);
      assertThatThrownBy(() -> evaluation.gradient(new double[] {1}))
          .hasMessage("1 weights, expected one an output, 2");
    }
    Solver jumping = heston().claim(digital());
    try (RepeatedRun run = run(spark, jumping, 2)) {
      Evaluation evaluation = run.evaluate(Map.of(), 1);
      assertThat(evaluation.gradient(new double[] {1, 1, 0})).hasSize(5);
      assertThatThrownBy(() -> evaluation.gradient(2))
          .hasMessage(
              "output digital has no derivatives: none were asked for, or its payoff jumps");
    }
  }

  /** The blocks of broadcasts once Spark has cleaned up after collected garbage. */
  private static int settledBroadcasts(int expected) {
    int blocks = Integer.MAX_VALUE;
    for (int i = 0; i < 50 && blocks > expected; i++) {
      System.gc();
      pause();
      blocks =
          SparkEnv.get()
              .blockManager()
              .getMatchingBlockIds(
                  new AbstractFunction1<>() {
                    @Override
                    public Object apply(BlockId id) {
                      return id.isBroadcast();
                    }
                  })
              .size();
    }
    return blocks;
  }

  private static long settledHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      pause();
      Runtime machine = Runtime.getRuntime();
      least = Math.min(least, machine.totalMemory() - machine.freeMemory());
    }
    return least;
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
