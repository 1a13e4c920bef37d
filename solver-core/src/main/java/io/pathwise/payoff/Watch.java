package io.pathwise.payoff;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A functional with the times at which a claim has it updated.
 *
 * @param functional the template
 * @param times years, above 0 and increasing
 * @param inputs for each time, the values of the template's inputs by name
 */
public record Watch(Functional functional, List<Double> times, List<Map<String, Double>> inputs) {

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if the times are not above 0 and increasing, or the lists
   *     differ in length
   */
  public Watch {
    times = List.copyOf(times);
    inputs = inputs.stream().map(Map::copyOf).toList();
    if (times.size() != inputs.size()) {
      throw new IllegalArgumentException(
          functional.name() + ": " + inputs.size() + " inputs for " + times.size() + " times");
    }
    double before = 0;
    for (double time : times) {
      if (!(time > before)) {
        throw new IllegalArgumentException(
            functional.name() + ": time " + time + ", expected a time above " + before);
      }
      before = time;
    }
  }

  /**
   * {@code count} equally spaced times, the last at {@code end}, all with the same inputs.
   *
   * @param end years, above 0
   */
  static Watch equallySpaced(
      Functional functional, int count, double end, Map<String, Double> inputs) {
    List<Double> times =
        IntStream.rangeClosed(1, count).mapToObj(i -> i == count ? end : end * i / count).toList();
    return new Watch(functional, times, Collections.nCopies(count, inputs));
  }
}
