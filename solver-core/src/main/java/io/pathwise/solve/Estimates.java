package io.pathwise.solve;

import io.pathwise.estimate.GroupMoments;
import io.pathwise.estimate.Moments;
import io.pathwise.estimate.SegmentedSum;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.Schedule;
import java.util.ArrayList;
import java.util.List;

/** Turns the sums of a run into means with standard errors. */
public final class Estimates {
  private final PathRun run;
  private final SegmentedSum sums;
  private final double[][] totals;
  private final double[][] ofSegment;

  /** Of a run and its sums, which must be complete. */
  public Estimates(PathRun run, SegmentedSum sums) {
    this.run = run;
    this.sums = sums;
    this.totals = new double[sums.segments()][];
    this.ofSegment = new double[sums.segments()][];
    for (int s = 0; s < totals.length; s++) {
      ofSegment[s] = sums.totalOf(s);
      totals[s] = sums.total(s);
    }
  }

  /** The number of segments, see {@link io.pathwise.estimate.Segments}. */
  public int segments() {
    return totals.length;
  }

  /** Whether segments are groups of paths that belong together, rather than parts of a sample. */
  public boolean grouped() {
    return run.schedule().noise().grouping() != PreparedNoise.Grouping.NONE;
  }

  /** An output over all paths. */
  public Moments value(int output) {
    return value(output, totals.length - 1);
  }

  /** An output over the paths up to segment {@code last}, inclusive. */
  public Moments value(int output, int last) {
    Schedule.OutputInstance instance = run.schedule().outputs().get(output);
    return moments(last, run.offset(output), instance.shift());
  }

  /** The derivative of an output in parameter {@code p} of the program's gradient. */
  public Moments derivative(int output, int p) {
    if (p < 0 || p >= run.derivatives(run.schedule().outputs().get(output))) {
      throw new IllegalArgumentException(
          "output " + output + " has no derivative in parameter number " + p);
    }
    return moments(totals.length - 1, run.offset(output) + 2 + 2 * p, 0);
  }

  /** The mean that stands at a place. */
  public Moments at(Derivatives.Place place) {
    return place.parameter() < 0
        ? value(place.output())
        : derivative(place.output(), place.parameter());
  }

  private Moments moments(int last, int offset, double shift) {
    Moments all =
        Moments.fromShiftedSums(
            sums.paths(last), shift, totals[last][offset], totals[last][offset + 1]);
    PreparedNoise.Grouping grouping = run.schedule().noise().grouping();
    if (grouping == PreparedNoise.Grouping.NONE) {
      return all;
    }
    List<Moments> groups = new ArrayList<>();
    for (int s = 0; s <= last; s++) {
      groups.add(
          Moments.fromShiftedSums(
              sums.pathsOf(s), shift, ofSegment[s][offset], ofSegment[s][offset + 1]));
    }
    return grouping == PreparedNoise.Grouping.STRATA
        ? GroupMoments.ofStrata(all, groups)
        : GroupMoments.ofRandomisations(all, groups);
  }
}
