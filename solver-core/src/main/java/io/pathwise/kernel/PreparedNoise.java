package io.pathwise.kernel;

import java.util.List;
import java.util.Objects;

/**
 * How the noise of a path is prepared before its first step: calls of {@link Preparation} templates
 * on numbered arrays, and the arrays that hold the normals of each step afterwards.
 *
 * @param arrays the number of arrays, each with a value a path, that stay for the path
 * @param calls what is done, in order
 * @param normals for each step of the fine grid (an even number of them where steps are joined in
 *     pairs), the arrays of its channels' normals
 * @param grouping how equal runs of consecutive paths belong together
 * @param groups the number of those runs
 */
public record PreparedNoise(
    int arrays, List<Call> calls, int[][] normals, Grouping grouping, int groups) {

  /** Nothing is prepared: normals are drawn step by step. */
  public static final PreparedNoise NONE =
      new PreparedNoise(0, List.of(), new int[0][], Grouping.NONE, 1);

  /** Freezes the list. */
  public PreparedNoise {
    calls = List.copyOf(calls);
    Objects.requireNonNull(grouping);
    if (groups < 1 || (grouping == Grouping.RANDOMISATIONS && groups < 2)) {
      throw new IllegalArgumentException(groups + " groups of paths for " + grouping);
    }
  }

  /** How equal runs of consecutive paths belong together. */
  public enum Grouping {
    /** Paths are independent of each other. */
    NONE,
    /** A run is one randomisation of a point set; runs are independent. */
    RANDOMISATIONS,
    /** A run is a stratum; all paths are independent, and strata are equally likely. */
    STRATA
  }

  /**
   * One call.
   *
   * @param template the number of the template
   * @param numbers the uniform doubles, in the order of the template's names
   * @param words the uniform integers, in the order of the template's names
   * @param inputs the arrays read
   * @param outputs the arrays written, others than those read
   */
  public record Call(int template, double[] numbers, long[] words, int[] inputs, int[] outputs) {}

  /**
   * The array of a normal that a step reads.
   *
   * @param fineStep the (first) grid step of the step
   * @param noiseSets 1, or 2 for a step that reads both grid steps of their pair
   * @param set the noise set
   * @param channel the channel
   */
  public int array(int fineStep, int noiseSets, int set, int channel) {
    int first = noiseSets == 2 ? fineStep - fineStep % 2 : fineStep;
    return normals[first + set][channel];
  }

  /** Whether there is anything to do. */
  public boolean present() {
    return !calls.isEmpty();
  }
}
