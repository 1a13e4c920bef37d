package io.pathwise.adjoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is differentiated and how.
 *
 * @param parameters the parameters to differentiate in, in order; empty for none
 * @param method how
 * @param memory the most bytes a thread may keep for it
 * @param sensitivity what is averaged over paths
 * @param second for each parameter, those in which the derivative in it is differentiated again
 * @param theta whether the derivative in time is wanted
 */
public record Differentiation(
    List<String> parameters,
    GradientMethod method,
    long memory,
    SensitivityMethod sensitivity,
    Map<String, List<String>> second,
    boolean theta) {
  /** The bytes a thread may keep unless told: 64 MiB. */
  public static final long MEMORY = 64L << 20;

  /** Nothing. */
  public static final Differentiation NONE =
      new Differentiation(List.of(), GradientMethod.AUTO, MEMORY);

  /** Copies what is differentiated in. */
  public Differentiation {
    parameters = List.copyOf(parameters);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    second.forEach((name, names) -> copy.put(name, List.copyOf(names)));
    second = Collections.unmodifiableMap(copy);
  }

  /** First derivatives of paths. */
  public Differentiation(List<String> parameters, GradientMethod method, long memory) {
    this(parameters, method, memory, new SensitivityMethod.Pathwise(), Map.of(), false);
  }

  /** The same way in other parameters, and nothing else. */
  public Differentiation in(List<String> others) {
    return new Differentiation(others, method, memory, sensitivity, Map.of(), false);
  }

  /** Whether first derivatives of the claims are wanted. */
  public boolean first() {
    return !parameters.isEmpty() || theta;
  }

  /** All parameters that are differentiated in, once or twice; without that of time. */
  public List<String> all() {
    Set<String> all = new LinkedHashSet<>(parameters);
    second.forEach(
        (name, names) -> {
          all.add(name);
          all.addAll(names);
        });
    all.remove(TimeScale.NAME);
    return new ArrayList<>(all);
  }

  /** Whether derivatives are more than the first ones of paths in parameters. */
  public boolean beyondFirst() {
    return !(sensitivity instanceof SensitivityMethod.Pathwise) || !second.isEmpty() || theta;
  }
}
