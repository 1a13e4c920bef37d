package io.pathwise.calibrate.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything an optimiser knows after an iteration; {@link StateCodec} writes and reads it.
 *
 * @param method the optimiser's name
 * @param iteration iterations made
 * @param evaluations objective evaluations made, those with derivatives included
 * @param point where the method stands
 * @param value the objective there
 * @param best the best point met
 * @param bestValue the objective there
 * @param status whether and why the method is done
 * @param reason the same in words
 * @param path the objective iteration by iteration, the start first
 * @param memory the method's own numbers: Jacobian, damping, curvature pairs, covariance
 */
public record OptimiserState(
    String method,
    int iteration,
    long evaluations,
    double[] point,
    double value,
    double[] best,
    double bestValue,
    Status status,
    String reason,
    List<Progress> path,
    Map<String, double[]> memory) {

  /** Whether and why a method is done. */
  public enum Status {
    /** Not done. */
    RUNNING,
    /** A criterion of convergence holds. */
    CONVERGED,
    /** No further decrease was found, though no criterion of convergence holds. */
    STALLED,
    /** The iterations allowed were made. */
    EXHAUSTED
  }

  /**
   * One iteration of the objective's path.
   *
   * @param iteration its number, 0 the start
   * @param evaluations objective evaluations up to it
   * @param value the objective where the method stands
   * @param best the smallest objective so far
   */
  public record Progress(int iteration, long evaluations, double value, double best) {}

  /** Copies the list and the map. */
  public OptimiserState {
    path = List.copyOf(path);
    memory = Map.copyOf(memory);
  }

  /** The state before the first iteration. */
  static OptimiserState initial(
      String method, double[] point, double value, Map<String, double[]> memory) {
    return new OptimiserState(
        method,
        0,
        1,
        point.clone(),
        value,
        point.clone(),
        value,
        Status.RUNNING,
        "",
        List.of(new Progress(0, 1, value, value)),
        memory);
  }

  /** The state an iteration later. */
  OptimiserState advanced(
      double[] newPoint, double newValue, long moreEvaluations, Map<String, double[]> newMemory) {
    boolean better = newValue < bestValue;
    double least = better ? newValue : bestValue;
    List<Progress> longer = new ArrayList<>(path);
    longer.add(new Progress(iteration + 1, evaluations + moreEvaluations, newValue, least));
    return new OptimiserState(
        method,
        iteration + 1,
        evaluations + moreEvaluations,
        newPoint.clone(),
        newValue,
        better ? newPoint.clone() : best,
        least,
        Status.RUNNING,
        "",
        longer,
        newMemory);
  }

  /** The same state, done. */
  OptimiserState finished(Status why, String words) {
    return new OptimiserState(
        method, iteration, evaluations, point, value, best, bestValue, why, words, path, memory);
  }

  /** Whether the method is done. */
  public boolean isFinished() {
    return status != Status.RUNNING;
  }

  /** The method's own numbers of a name. */
  double[] memory(String name) {
    double[] numbers = memory.get(name);
    if (numbers == null) {
      throw new IllegalArgumentException(
          "the state of "
              + method
              + " holds no "
              + name
              + ", only "
              + new TreeMap<>(memory).keySet());
    }
    return numbers;
  }

  /** Refuses the state of another method. */
  static void requireMethod(OptimiserState state, String name) {
    if (!state.method().equals(name)) {
      throw new IllegalArgumentException(
          "a state of " + state.method() + ", expected one of " + name);
    }
  }
}
