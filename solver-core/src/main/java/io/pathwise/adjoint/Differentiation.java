package io.pathwise.adjoint;

import java.util.List;

/**
 * What is differentiated and how.
 *
 * @param parameters the parameters to differentiate in, in order; empty for none
 * @param method how
 * @param memory the most bytes a thread may keep for it
 */
public record Differentiation(List<String> parameters, GradientMethod method, long memory) {
  /** The bytes a thread may keep unless told: 64 MiB. */
  public static final long MEMORY = 64L << 20;

  /** Nothing. */
  public static final Differentiation NONE =
      new Differentiation(List.of(), GradientMethod.AUTO, MEMORY);

  /** Copies the parameters. */
  public Differentiation {
    parameters = List.copyOf(parameters);
  }

  /** The same way in other parameters. */
  public Differentiation in(List<String> others) {
    return new Differentiation(others, method, memory);
  }
}
