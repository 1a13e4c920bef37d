package io.pathwise.spark.job;

import io.pathwise.control.Boundary;
import io.pathwise.control.Bounded;
import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.Precision;
import io.pathwise.noise.NoiseSource;
import io.pathwise.scheme.Scheme;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.Sde;
import io.pathwise.solve.OnNan;
import io.pathwise.solve.Shard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an equation is simulated.
 *
 * @param paths how many paths, at least 1
 * @param seed the seed of the noise
 * @param horizon where the simulation ends, in years; for a price job, the last expiry
 * @param stepping how many equal steps lead there
 * @param scheme the numerical method
 * @param calculus what the equation is converted to, if it is
 * @param times where states are summarised: increasing, above 0, the last at most the horizon
 * @param backend where kernels run
 * @param precision the numbers they compute with
 * @param shardSize paths a shard, a multiple of 512 where paths are independent
 * @param boundaries the levels that paths may not pass
 * @param control how paths choose their steps; nothing where all step over the grid
 * @param onNan what a path that becomes NaN does
 * @param sampling where the normals come from
 * @param estimator how paths become an estimate
 */
public record SimulationSpec(
    long paths,
    long seed,
    double horizon,
    Stepping stepping,
    Scheme scheme,
    Optional<Calculus> calculus,
    List<Double> times,
    Backend backend,
    Precision precision,
    int shardSize,
    List<Boundary> boundaries,
    Optional<StepControl> control,
    OnNan onNan,
    NoiseSource sampling,
    EstimatorSpec estimator) {

  /** Copies the lists. */
  public SimulationSpec {
    boundaries = List.copyOf(boundaries);
    times = List.copyOf(times);
  }

  /** The process of an equation in the calculus that it is simulated in. */
  public Sde converted(Sde declared) {
    return SchemeReader.converted(declared, calculus);
  }

  /** The numerical method with the boundaries around it. */
  public Scheme bounded() {
    Scheme bounded = scheme;
    for (Boundary boundary : boundaries) {
      bounded = new Bounded(bounded, boundary);
    }
    return bounded;
  }

  /** What can be observed of an equation that is simulated so: its own, then the boundaries'. */
  public Map<String, Expr> observables(Sde sde) {
    Map<String, Expr> all = new LinkedHashMap<>(sde.observables());
    all.putAll(bounded().observables(sde));
    return all;
  }

  /** The number of equal steps from 0 to the horizon. */
  public long steps() {
    return stepping.count(horizon);
  }

  /** The size of those steps in years; where paths choose their own, of the largest. */
  public double step() {
    return control.map(StepControl::dtMax).orElse(horizon / steps());
  }

  /** Whether a path that becomes NaN leaves the results. */
  public boolean dropsPaths() {
    return onNan == OnNan.DROP;
  }

  /** The number of independent samples: paths, or pairs of them. */
  public long samples() {
    return paths / estimator.members();
  }

  /** The number of shards, the last of which may be smaller. */
  public long shards() {
    return Shard.count(samples(), shardSize);
  }
}
