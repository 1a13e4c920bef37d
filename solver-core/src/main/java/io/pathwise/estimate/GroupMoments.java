package io.pathwise.estimate;

import java.util.List;

/** Moments of samples that belong together in groups: only the groups tell the error. */
public final class GroupMoments {
  private GroupMoments() {}

  /**
   * Of independent randomisations of a point set: the mean of their means, with the standard error
   * that the spread of the means shows (Owen 1997).
   *
   * @param all the moments of all samples, whose variance is kept
   * @param groups the moments of each group; NaN as standard error of one alone
   */
  public static Moments ofRandomisations(Moments all, List<Moments> groups) {
    Moments means = meansOf(groups);
    return new Moments(all.count(), means.mean(), all.variance(), means.standardError());
  }

  /**
   * Of equally likely strata: the mean of their means, with the standard error that the variances
   * within the strata leave (Glasserman 2003, equation 4.33).
   *
   * @param all the moments of all samples, whose variance is kept
   * @param groups the moments of each stratum
   */
  public static Moments ofStrata(Moments all, List<Moments> groups) {
    double square = 0;
    for (Moments group : groups) {
      square += group.standardError() * group.standardError();
    }
    return new Moments(
        all.count(), meansOf(groups).mean(), all.variance(), Math.sqrt(square) / groups.size());
  }

  private static Moments meansOf(List<Moments> groups) {
    double shift = groups.get(0).mean();
    double sum = 0;
    double squares = 0;
    for (Moments group : groups) {
      double d = group.mean() - shift;
      sum += d;
      squares = Math.fma(d, d, squares);
    }
    return Moments.fromShiftedSums(groups.size(), shift, sum, squares);
  }
}
