package io.pathwise.solve;

import io.pathwise.estimate.QuantileHistogram;
import io.pathwise.estimate.SegmentedSum;
import io.pathwise.estimate.Segments;
import io.pathwise.kernel.Schedule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * What a simulation has delivered so far: the sums of the run and of its companion, and a histogram
 * of every captured claim. Any split of the shards and any order of merging gives the same bits.
 *
 * <p>Not thread-safe: a thread has its own.
 */
public final class Tally implements PathSink {
  /** Mantissa bits of a bucket: quantiles are good to a relative 2.4e-4 before interpolation. */
  private static final int BUCKET_BITS = 12;

  private final SegmentedSum fine;
  private final Optional<SegmentedSum> coarse;
  private final QuantileHistogram[] histograms;

  /**
   * The tally of no shards.
   *
   * @param shards the number of shards of the whole run
   */
  public Tally(SimulationPlan plan, long shards) {
    Segments segments = plan.segments(shards);
    this.fine = new SegmentedSum(segments, plan.fine().sums());
    this.coarse = plan.coarse().map(run -> new SegmentedSum(segments, run.sums()));
    this.histograms =
        plan.fine().schedule().outputs().stream()
            .map(Schedule.OutputInstance::captured)
            .map(captured -> captured ? new QuantileHistogram(BUCKET_BITS) : null)
            .toArray(QuantileHistogram[]::new);
  }

  @Override
  public void accept(int output, long[] paths, double[] values, int n) {
    histograms[output].add(values, 0, n);
  }

  void addFine(ShardResult result) {
    fine.add(result.shard().number(), result.paths(), result.sums());
  }

  void addCoarse(ShardResult result) {
    coarse.orElseThrow().add(result.shard().number(), result.paths(), result.sums());
  }

  /** Adds all shards of another tally of the same run. */
  public void merge(Tally other) {
    fine.merge(other.fine);
    coarse.ifPresent(sum -> sum.merge(other.coarse.orElseThrow()));
    for (int o = 0; o < histograms.length; o++) {
      if (histograms[o] != null) {
        histograms[o].merge(other.histograms[o]);
      }
    }
  }

  /**
   * Adds another leg of the same shards: an output is in one leg, and 0 in all others.
   *
   * @throws IllegalArgumentException if the shards are others; a tally of no shards takes any
   */
  public void overlay(Tally leg) {
    fine.overlay(leg.fine);
    coarse.ifPresent(sum -> sum.overlay(leg.coarse.orElseThrow()));
    for (int o = 0; o < histograms.length; o++) {
      if (histograms[o] != null) {
        histograms[o].merge(leg.histograms[o]);
      }
    }
  }

  /** The sums of the run. */
  public SegmentedSum fine() {
    return fine;
  }

  /** The sums of the companion at twice the step. */
  public Optional<SegmentedSum> coarse() {
    return coarse;
  }

  /** The histogram of a captured output. */
  public QuantileHistogram histogram(int output) {
    if (histograms[output] == null) {
      throw new IllegalArgumentException("output " + output + " is not captured");
    }
    return histograms[output];
  }

  /** Writes the state, to be read by {@link #mergeFrom}. */
  public void write(DataOutput out) throws IOException {
    fine.write(out);
    if (coarse.isPresent()) {
      coarse.get().write(out);
    }
    for (QuantileHistogram histogram : histograms) {
      if (histogram != null) {
        histogram.write(out);
      }
    }
  }

  /** Adds what {@link #write} wrote of a tally of the same run. */
  public void mergeFrom(DataInput in) throws IOException {
    fine.mergeFrom(in);
    if (coarse.isPresent()) {
      coarse.get().mergeFrom(in);
    }
    for (QuantileHistogram histogram : histograms) {
      if (histogram != null) {
        histogram.merge(QuantileHistogram.read(in));
      }
    }
  }
}
