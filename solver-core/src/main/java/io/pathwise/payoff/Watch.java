package io.pathwise.payoff;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A functional with the times at which a claim has it updated: dates, or the end of every step up
 * to the claim's time.
 *
 * @param functional the template
 * @param times years, above 0 and increasing; empty where it is every step
 * @param inputs for each time, the values of the template's inputs by name; where it is every step,
 *     the values for all steps
 * @param everyStep whether it is every step: the functional is then carried like a state, and may
 *     read the state before the step
 */
public record Watch(
    Functional functional,
    List<Double> times,
    List<Map<String, Double>> inputs,
    boolean everyStep) {

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if the times are not above 0 and increasing, or the lists
   *     differ in length
   */
  public Watch {
    times = List.copyOf(times);
    inputs = inputs.stream().map(Map::copyOf).toList();
    if (inputs.size() != (everyStep ? 1 : times.size()) || (everyStep && !times.isEmpty())) {
      throw new IllegalArgumentException(
          functional.name()
              + ": "
              + inputs.size()
              + " inputs for "
              + (everyStep ? "every step and " : "")
              + times.size()
              + " times");
    }
    if (everyStep && functional.components() > 1) {
      throw new IllegalArgumentException(
          functional.name()
              + ": "
              + functional.components()
              + " components, expected one where it is updated after every step");
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

  /** A functional watched at dates. */
  public Watch(Functional functional, List<Double> times, List<Map<String, Double>> inputs) {
    this(functional, times, inputs, false);
  }

  /**
   * A functional updated after every step.
   *
   * @param inputs the values of its inputs by name
   */
  public static Watch everyStep(Functional functional, Map<String, Double> inputs) {
    return new Watch(functional, List.of(), List.of(inputs), true);
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
