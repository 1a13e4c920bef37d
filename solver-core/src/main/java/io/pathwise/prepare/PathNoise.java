package io.pathwise.prepare;

import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.noise.NoiseSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * The noise of a run whose paths are prepared before their first step.
 *
 * @param templates what the program computes
 * @param noise the calls of the schedule
 */
public record PathNoise(List<Preparation> templates, PreparedNoise noise) {

  /**
   * A fractional driver with its value of H.
   *
   * @param channel the channel it drives
   * @param hurst H
   * @param brownian the channel it is built on, empty for fractional Brownian motion
   */
  public record Driver(int channel, double hurst, OptionalInt brownian) {}

  /**
   * What is needed.
   *
   * @param source where normals come from
   * @param drivers fractional channels
   * @param brownian the Brownian channels, whose normals are the first of a step
   * @param channels all normals of a step
   * @param times the grid, n + 1 times
   * @param precision the numbers of the run
   * @param paths the number of paths; used by sources whose paths belong together
   */
  public record Request(
      NoiseSource source,
      List<Driver> drivers,
      int brownian,
      int channels,
      double[] times,
      Precision precision,
      long paths) {

    int steps() {
      return times.length - 1;
    }
  }

  /** Whether a run prepares its paths at all. */
  public static boolean needed(NoiseSource source, List<Driver> drivers) {
    return !(source instanceof NoiseSource.Pseudo) || !drivers.isEmpty();
  }

  /**
   * Plans the noise.
   *
   * @throws IllegalArgumentException if the paths cannot be split evenly, there are too many
   *     dimensions, or source and drivers do not go together
   */
  public static PathNoise of(Request request) {
    return new Planner(request).plan();
  }

  private static final class Planner {
    private final Request request;
    private final NoisePlan plan = new NoisePlan();
    private final int[][] normals;
    private final List<Integer> bridged = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();

    Planner(Request request) {
      this.request = request;
      this.normals = new int[request.steps()][request.channels()];
      for (int c = 0; c < request.channels(); c++) {
        int channel = c;
        List<Driver> of = request.drivers().stream().filter(d -> d.channel() == channel).toList();
        if (of.isEmpty() && c < request.brownian()) {
          bridged.add(c);
        } else if (of.isEmpty() || of.get(0).brownian().isPresent()) {
          others.add(c);
        }
      }
    }

    PathNoise plan() {
      if (request.precision() != Precision.DOUBLE) {
        throw new IllegalArgumentException(
            "noise that is prepared for a whole path is in double precision, expected no other");
      }
      PreparedNoise.Grouping grouping = PreparedNoise.Grouping.NONE;
      int groups = 1;
      if (request.source() instanceof NoiseSource.Sobol sobol) {
        sobol(sobol);
        grouping = PreparedNoise.Grouping.RANDOMISATIONS;
        groups = sobol.randomisations();
      } else if (request.source() instanceof NoiseSource.Stratified stratified) {
        stratified(stratified.strata());
        grouping = PreparedNoise.Grouping.STRATA;
        groups = stratified.strata();
      } else {
        pseudo();
      }
      request.drivers().forEach(this::drive);
      int[][] pairs = Arrays.copyOf(normals, normals.length + normals.length % 2);
      pairs[pairs.length - 1] = normals[normals.length - 1];
      return new PathNoise(plan.templates(), plan.noise(pairs, grouping, groups));
    }

    /** The numbers that step-by-step noise draws, in their order. */
    private void pseudo() {
      PseudoNumbers numbers = new PseudoNumbers(plan, 0);
      for (int[] step : normals) {
        for (int c = 0; c < step.length; c++) {
          step[c] = numbers.getAsInt();
          if (!bridged.contains(c) && !others.contains(c)) {
            plan.free(step[c]);
          }
        }
      }
    }

    private void sobol(NoiseSource.Sobol sobol) {
      if (bridged.size() + others.size() < request.channels()) {
        throw new IllegalArgumentException(
            "fractional Brownian motion takes pseudo-random noise, not Sobol points");
      }
      int bits = bits(sobol.randomisations(), "randomisations");
      int dimensions = Math.multiplyExact(request.steps(), request.channels());
      SobolNumbers numbers = new SobolNumbers(plan, dimensions, bits);
      if (sobol.bridge()) {
        bridge(numbers);
        rest(others, numbers);
      } else {
        rest(IntStream.range(0, request.channels()).boxed().toList(), numbers);
      }
    }

    private void stratified(int strata) {
      if (bridged.isEmpty()) {
        throw new IllegalArgumentException(
            "stratified noise needs a Brownian channel: all are fractional");
      }
      int bits = bits(strata, "strata");
      PseudoNumbers numbers = new PseudoNumbers(plan, 0);
      boolean[] first = {true};
      bridge(
          () -> {
            boolean terminal = first[0];
            first[0] = false;
            return terminal ? numbers.stratified(strata, bits) : numbers.getAsInt();
          });
      rest(others, numbers);
    }

    /** log2 of the paths of a group. */
    private int bits(int groups, String what) {
      long each = request.paths() / groups;
      if (each < 2 || each * groups != request.paths() || Long.bitCount(each) != 1) {
        throw new IllegalArgumentException(
            request.paths()
                + " paths in "
                + groups
                + " "
                + what
                + ", expected "
                + groups
                + " times a power of two, such as "
                + groups * Math.max(2, Long.highestOneBit(each)));
      }
      return Long.numberOfTrailingZeros(each);
    }

    private void bridge(IntSupplier numbers) {
      Increments increments = new Increments(plan, request.times());
      int[][] paths = BrownianBridge.paths(plan, request.times(), bridged.size(), numbers);
      for (int b = 0; b < paths.length; b++) {
        put(bridged.get(b), increments.of(paths[b]));
      }
    }

    /** The normals of some channels, step after step. */
    private void rest(List<Integer> channels, IntSupplier numbers) {
      for (int[] step : normals) {
        for (int c : channels) {
          step[c] = numbers.getAsInt();
        }
      }
    }

    private void put(int channel, int[] arrays) {
      for (int k = 0; k < arrays.length; k++) {
        normals[k][channel] = arrays[k];
      }
    }

    private int[] of(int channel) {
      return Arrays.stream(normals).mapToInt(step -> step[channel]).toArray();
    }

    private void drive(Driver driver) {
      if (!(driver.hurst() > 0 && driver.hurst() < 1)) {
        throw new IllegalArgumentException(
            "Hurst index " + driver.hurst() + ", expected one between 0 and 1");
      }
      if (driver.brownian().isPresent()) {
        VolterraProcess process = new VolterraProcess(plan, request.times(), driver.hurst());
        int[] path = process.path(of(driver.brownian().getAsInt()), of(driver.channel()));
        put(driver.channel(), new Increments(plan, request.times()).of(path));
        return;
      }
      // blocks that step-by-step noise and other drivers do not reach
      long first = (1L + driver.channel()) << 40;
      PseudoNumbers numbers = new PseudoNumbers(plan, first);
      put(
          driver.channel(),
          new FractionalMotion(plan, request.times(), driver.hurst(), numbers).normals());
    }
  }
}
