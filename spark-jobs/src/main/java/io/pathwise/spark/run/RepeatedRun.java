package io.pathwise.spark.run;

import io.pathwise.estimate.SegmentedSum;
import io.pathwise.estimate.Segments;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.solve.ParametricPlan;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PlanValues;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.checkpoint.ShardRange;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A simulation that a loop on the driver evaluates again and again over Spark, each time at other
 * values of its parameters or with another seed: what an optimiser does. The plan travels to an
 * executor once and its kernel is compiled there once; an evaluation sends the values out and gets
 * sums back, and leaves nothing behind. The numbers do not depend on how shards are cut into tasks
 * or where these run, to the last bit.
 *
 * <pre>{@code
 * ParametricPlan plan = solver.claims(options).gradient("kappa", "theta").parametric(65_536);
 * try (RepeatedRun run = RepeatedRun.of(spark, plan, RepeatedRun.Layout.DEFAULT)) {
 *   Evaluation here = run.evaluate(Map.of("kappa", 1.5, "theta", 0.04), 1);
 *   double[][] jacobian = here.jacobian();
 * }
 * }</pre>
 *
 * <p>Thread-safe: several evaluations may be under way at once.
 */
public final class RepeatedRun implements AutoCloseable {
  private final JavaSparkContext spark;
  private final ParametricPlan plan;
  private final ShardWork.Settings settings;
  private final List<ShardRange> ranges;
  private final Segments segments;
  private final Broadcast<SharedPlan> shared;

  private RepeatedRun(SparkContext context, ParametricPlan plan, Layout layout) {
    this.spark = JavaSparkContext.fromSparkContext(context);
    this.plan = plan;
    int shardSize = plan.plan().shardSize(plan.paths(), layout.shardSize());
    this.settings =
        new ShardWork.Settings(
            plan.paths(), shardSize, layout.backend(), null, ParityCheck.FIRST_SHARD.name());
    long shards = Shard.count(plan.paths(), shardSize);
    int tasks = layout.tasks().orElse(context.defaultParallelism());
    this.ranges = TaskSizes.equal(List.of(new ShardRange(0, shards - 1)), tasks);
    this.segments = plan.plan().segments(shards);
    this.shared = spark.broadcast(new SharedPlan(plan.plan()));
  }

  /**
   * How an evaluation is laid out.
   *
   * @param shardSize paths a shard, which is part of what the numbers depend on
   * @param tasks the most tasks, at least 1; one a core unless told
   * @param backend the name of the executor of shards, cpu or gpu
   */
  public record Layout(int shardSize, OptionalInt tasks, String backend) {
    /** Shards of 4,096 paths on the cores, a task a core. */
    public static final Layout DEFAULT = new Layout(4096, OptionalInt.empty(), Executors.CPU);

    /** Checks the numbers. */
    public Layout {
      if (shardSize < 1 || tasks.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "shard size = " + shardSize + ", tasks = " + tasks + ", expected at least 1 of each");
      }
    }
  }

  /**
   * Sends a plan to Spark.
   *
   * @throws IllegalArgumentException if the paths do not fill shards of the size, where they belong
   *     together
   */
  public static RepeatedRun of(SparkContext spark, ParametricPlan plan, Layout layout) {
    return new RepeatedRun(spark, plan, layout);
  }

  /**
   * Means and gradients at some values.
   *
   * @param values of some parameters; the others keep those of the plan
   * @param seed the seed of the noise: the same one for common random numbers
   * @throws IllegalArgumentException naming the values that are not known or not allowed
   * @throws io.pathwise.solve.NonFinitePathException if a path is not finite; the first one
   * @throws RunFailedException if Spark gives a task up
   */
  public Evaluation evaluate(Map<String, Double> values, long seed) {
    return on(
        plan.at(values, seed),
        work -> {
          long most = ranges.stream().mapToLong(ShardRange::size).max().orElse(1);
          long bytes = AggregationDepth.bytes(most, work.size());
          Delivered all =
              shards("evaluation")
                  .treeAggregate(
                      new Delivered(segments, work.size()),
                      work.tasks().add(),
                      Delivered::merge,
                      AggregationDepth.of(ranges.size(), bytes));
          return evaluation(work.at(), all.sums());
        });
  }

  /**
   * The same of every shard by itself, by shard number: samples of the gradient, from which users
   * tell the error of anything computed from it. Together they are {@link #evaluate}, see {@link
   * #together}.
   *
   * @throws IllegalArgumentException as {@link #evaluate}, and where the paths of several shards
   *     belong together, as those of a point set do
   * @throws io.pathwise.solve.NonFinitePathException if a path is not finite; the first one
   */
  public SortedMap<Long, Evaluation> evaluateShards(Map<String, Double> values, long seed) {
    SimulationPlan at = plan.at(values, seed);
    if (at.fine().schedule().noise().grouping() != PreparedNoise.Grouping.NONE) {
      throw new IllegalArgumentException(
          "gradients of single shards, whose paths are points of a set: expected pseudo-random"
              + " numbers");
    }
    return on(
        at,
        work -> {
          List<Delivered> parts =
              shards("evaluation, shard by shard")
                  .flatMap(work.tasks().each(segments, work.size()))
                  .collect();
          Delivered failure = new Delivered(segments, work.size());
          parts.forEach(failure::failAs);
          failure.sums();
          SortedMap<Long, Evaluation> all = new TreeMap<>();
          for (Delivered shard : parts) {
            all.put((long) all.size(), evaluation(work.at(), shard.sums()));
          }
          return all;
        });
  }

  /** The evaluation over all shards of {@link #evaluateShards}: the bits of {@link #evaluate}. */
  public Evaluation together(SortedMap<Long, Evaluation> shards) {
    Evaluation first = shards.get(shards.firstKey());
    SegmentedSum sums = new SegmentedSum(segments, first.plan().fine().sums());
    shards.values().forEach(shard -> sums.merge(shard.sums()));
    return evaluation(first.plan(), sums);
  }

  /** What an evaluation works on. */
  private record Work(SimulationPlan at, EvaluationTasks tasks) {
    int size() {
      return at.fine().sums();
    }
  }

  private Evaluation evaluation(SimulationPlan at, SegmentedSum sums) {
    return new Evaluation(plan, at, sums);
  }

  private <T> T on(SimulationPlan at, Function<Work, T> evaluation) {
    boolean same = at.fine().program().equals(plan.plan().fine().program());
    Broadcast<SharedPlan> sent = same ? shared : spark.broadcast(new SharedPlan(at));
    try (Parcel values = Parcel.of(spark, PlanValues.of(at).encode())) {
      return evaluation.apply(new Work(at, new EvaluationTasks(sent, values, settings)));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Spark's are checked and not declared.
      throw RunFailedException.of(e);
    } finally {
      if (!same) {
        sent.destroy();
      }
    }
  }

  private JavaRDD<long[]> shards(String name) {
    List<long[]> rows = ranges.stream().map(r -> new long[] {r.first(), r.last()}).toList();
    JavaRDD<long[]> rdd = spark.parallelize(rows, rows.size());
    rdd.setName(name);
    PathResources.of(spark.sc(), settings.backend()).ifPresent(rdd::withResources);
    return rdd;
  }

  @Override
  public void close() {
    shared.destroy();
  }
}
