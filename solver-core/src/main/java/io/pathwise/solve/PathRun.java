package io.pathwise.solve;

import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that fixes the numbers of a simulation, wherever it runs.
 *
 * @param program the traced graphs
 * @param schedule grid and instances
 * @param parameters the value of every parameter
 * @param seed the seed of the noise
 * @param stream the stream of the noise: runs with other streams are independent
 * @param onNan what a path that is not finite does
 */
public record PathRun(
    PathProgram program,
    Schedule schedule,
    Map<String, Double> parameters,
    long seed,
    long stream,
    OnNan onNan) {

  /** Copies the parameters. */
  public PathRun {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /**
   * The number of sums a shard returns: for each output its sum and its sum of squares, and for
   * each differentiated output the same for every parameter.
   */
  public int sums() {
    return offset(schedule.outputs().size());
  }

  /** The index of an output's first sum. */
  public int offset(int output) {
    int offset = 0;
    for (int o = 0; o < output; o++) {
      offset += 2 * (1 + derivatives(schedule.outputs().get(o)));
    }
    return offset;
  }

  /** The number of parameters that an output is differentiated in. */
  public int derivatives(Schedule.OutputInstance output) {
    return program.outputs().get(output.template()).differentiated()
        ? program.gradient().size()
        : 0;
  }
}
