package io.pathwise.benchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JDK's own normal generator, a floor to put the noise of a kernel beside. */
@State(Scope.Thread)
public class NormalDraw {

  private final SplittableRandom random = new SplittableRandom(42);

  /** One standard normal of {@link SplittableRandom#nextGaussian()}. */
  @Benchmark
  public double splittableRandom() {
    return random.nextGaussian();
  }
}
