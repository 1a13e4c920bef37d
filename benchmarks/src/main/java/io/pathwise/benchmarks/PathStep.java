package io.pathwise.benchmarks;

import io.pathwise.kernel.Precision;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.finmath.montecarlo.BrownianMotionFromMersenneRandomNumbers;
import net.finmath.montecarlo.assetderivativevaluation.models.BlackScholesModel;
import net.finmath.montecarlo.assetderivativevaluation.models.HestonModel;
import net.finmath.montecarlo.model.ProcessModel;
import net.finmath.montecarlo.process.EulerSchemeFromProcessModel;
import net.finmath.time.TimeDiscretizationFromArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a path-step on one core, double precision, noise included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Setup.PATHS * Setup.STEPS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class PathStep {
  private static final double DT = 1.0 / Setup.STEPS;

  private final ShardRunner gbm = new CpuExecutor().open(Setup.gbm(Precision.DOUBLE));
  private final ShardRunner heston =
      new CpuExecutor().open(Setup.heston(Precision.DOUBLE, List.of()));
  private final ShardRunner gradient =
      new CpuExecutor()
          .open(Setup.heston(Precision.DOUBLE, List.of("v0", "kappa", "theta", "xi", "rho")));
  private long shard;

  private double run(ShardRunner runner) {
    Shard next = Shard.of(shard++, Long.MAX_VALUE / 2, Setup.PATHS);
    return runner.run(next, PathSink.NONE).sums()[0];
  }

  /** Pathwise: geometric Brownian motion. */
  @Benchmark
  public double gbmPathwise() {
    return run(gbm);
  }

  /** Pathwise: Heston, one European call. */
  @Benchmark
  public double hestonPathwise() {
    return run(heston);
  }

  /** Pathwise: the same and its derivatives in five parameters by the adjoint. */
  @Benchmark
  public double hestonPathwiseGradient() {
    return run(gradient);
  }

  /** Per-path Java with {@link SplittableRandom#nextGaussian()}: geometric Brownian motion. */
  @Benchmark
  public double gbmScalar() {
    SplittableRandom random = new SplittableRandom(shard++);
    double root = Math.sqrt(DT);
    double sum = 0;
    for (int path = 0; path < Setup.PATHS; path++) {
      double s = Setup.SPOT;
      for (int k = 0; k < Setup.STEPS; k++) {
        s += s * Setup.RATE * DT + s * Setup.SIGMA * root * random.nextGaussian();
      }
      sum += s;
    }
    return sum;
  }

  /** Per-path Java: Heston with full truncation. */
  @Benchmark
  public double hestonScalar() {
    SplittableRandom random = new SplittableRandom(shard++);
    double root = Math.sqrt(DT);
    double orthogonal = Math.sqrt(1 - Setup.RHO * Setup.RHO);
    double sum = 0;
    for (int path = 0; path < Setup.PATHS; path++) {
      double x = Math.log(Setup.SPOT);
      double v = Setup.V0;
      for (int k = 0; k < Setup.STEPS; k++) {
        double positive = Math.max(v, 0);
        double volatility = Math.sqrt(positive);
        double first = root * random.nextGaussian();
        double second = root * random.nextGaussian();
        x += (Setup.RATE - 0.5 * positive) * DT + volatility * first;
        v +=
            Setup.KAPPA * (Setup.THETA - positive) * DT
                + Setup.XI * volatility * (Setup.RHO * first + orthogonal * second);
      }
      sum += Math.max(Math.exp(x) - Setup.SPOT, 0);
    }
    return sum;
  }

  private double finmath(ProcessModel model, int factors) {
    var times = new TimeDiscretizationFromArray(0.0, Setup.STEPS, DT);
    var noise =
        new BrownianMotionFromMersenneRandomNumbers(
            times, factors, Setup.PATHS, (int) (shard++ & Integer.MAX_VALUE));
    return new EulerSchemeFromProcessModel(model, noise)
        .getProcessValue(Setup.STEPS, 0)
        .getAverage();
  }

  /** finmath-lib: geometric Brownian motion (its Black-Scholes model steps log S). */
  @Benchmark
  public double gbmFinmath() {
    return finmath(new BlackScholesModel(Setup.SPOT, Setup.RATE, Setup.SIGMA), 1);
  }

  /** finmath-lib: Heston with full truncation. */
  @Benchmark
  public double hestonFinmath() {
    return finmath(
        new HestonModel(
            Setup.SPOT,
            Setup.RATE,
            Math.sqrt(Setup.V0),
            Setup.THETA,
            Setup.KAPPA,
            Setup.XI,
            Setup.RHO,
            HestonModel.Scheme.FULL_TRUNCATION),
        2);
  }

  /** finmath-lib: the same and its derivatives in five parameters, by its backward mode. */
  @Benchmark
  public double hestonFinmathGradient() {
    int seed = (int) (shard++ & Integer.MAX_VALUE);
    return FinmathHeston.gradient(Setup.PATHS, Setup.STEPS, seed).get("value");
  }
}
