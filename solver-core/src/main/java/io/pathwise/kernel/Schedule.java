package io.pathwise.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The data a program runs on: the time grid, what is read at each step, and the instances of
 * functionals and outputs.
 *
 * @param times the grid, n + 1 increasing times in years from 0
 * @param stepInputs for each STEP leaf of the step, its n values
 * @param fineStep for each step, the number of the (first) grid step whose normals it reads
 * @param functionals the instances of functionals
 * @param outputs the instances of outputs
 * @param noise how the noise of a path is prepared
 * @param nodes for each differentiated term structure, the nodes that each step touches
 * @param series for what paths bring along, then for recurrences, when it is read
 */
public record Schedule(
    double[] times,
    Map<String, double[]> stepInputs,
    int[] fineStep,
    List<FunctionalInstance> functionals,
    List<OutputInstance> outputs,
    PreparedNoise noise,
    Map<String, int[][]> nodes,
    List<Series> series) {

  /** A schedule whose normals are drawn step by step. */
  public Schedule(
      double[] times,
      Map<String, double[]> stepInputs,
      int[] fineStep,
      List<FunctionalInstance> functionals,
      List<OutputInstance> outputs) {
    this(
        times, stepInputs, fineStep, functionals, outputs, PreparedNoise.NONE, Map.of(), List.of());
  }

  /** The same schedule with other instances, and normals drawn step by step. */
  public Schedule with(List<FunctionalInstance> others, List<OutputInstance> read) {
    return new Schedule(
        times, stepInputs, fineStep, others, read, PreparedNoise.NONE, nodes, series);
  }

  /**
   * Values at dates: entry i is read at times after date i - 1 and up to date i, and the last one
   * after it too. A step reads what holds at its end.
   *
   * @param entries how many; 1 for what does not depend on time
   * @param at for each grid index, the entry that holds there
   */
  public record Series(int entries, int[] at) {}

  /** The same schedule with other inputs of steps and other instances. */
  public Schedule with(
      Map<String, double[]> steps, List<FunctionalInstance> others, List<OutputInstance> read) {
    return new Schedule(times, steps, fineStep, others, read, noise, nodes, series);
  }

  /** The same schedule with other outputs. */
  public Schedule with(List<OutputInstance> others) {
    return new Schedule(times, stepInputs, fineStep, functionals, others, noise, nodes, series);
  }

  /**
   * A functional that a path carries.
   *
   * @param template the number of the template
   * @param events the grid indices at which it is updated, increasing
   * @param inputs for each event, the values of its inputs by name
   */
  public record FunctionalInstance(int template, int[] events, List<Map<String, Double>> inputs) {

    /** The number of updates up to grid index k, inclusive. */
    public int updates(int k) {
      int found = Arrays.binarySearch(events, k);
      return found >= 0 ? found + 1 : -found - 1;
    }
  }

  /**
   * An output of every path.
   *
   * @param template the number of the template
   * @param at the grid index at which it is read
   * @param functionals the functional instances it reads
   * @param inputs the values of its inputs by name
   * @param captured whether its per-path values are handed out
   */
  public record OutputInstance(
      int template, int at, int[] functionals, Map<String, Double> inputs, boolean captured) {

    /** What its sums are taken about; 0 unless the inputs say. */
    public double shift() {
      return inputs.getOrDefault(ProgramFragments.SHIFT.name(), 0.0);
    }

    /** The same output with its sums taken about a value. */
    public OutputInstance about(double shift) {
      Map<String, Double> all = new HashMap<>(inputs);
      all.put(ProgramFragments.SHIFT.name(), shift);
      return new OutputInstance(template, at, functionals, all, captured);
    }
  }

  /** The number of steps. */
  public int steps() {
    return times.length - 1;
  }
}
