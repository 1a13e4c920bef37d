package io.pathwise.adjoint;

/**
 * How the derivatives of a run are computed, and why.
 *
 * @param method how; never {@link GradientMethod#AUTO}
 * @param reason why, a part of a sentence
 * @param memory the most bytes that a thread keeps for a sweep; what does not fit is computed again
 */
public record GradientChoice(GradientMethod method, String reason, long memory) {

  /** For a run without derivatives. */
  public static final GradientChoice NONE =
      new GradientChoice(GradientMethod.STORED, "nothing is differentiated", Long.MAX_VALUE);

  /** Checks that the choice is made. */
  public GradientChoice {
    if (method == GradientMethod.AUTO) {
      throw new IllegalArgumentException(
          "a choice of a gradient method, expected one that is made");
    }
  }

  /**
   * The choice between the methods that any program has, from what is declared alone.
   *
   * @param asked what is asked for
   * @param stored the bytes that a thread would store
   */
  public static GradientChoice of(Differentiation asked, long stored) {
    return switch (asked.method()) {
      case AUTO ->
          stored <= asked.memory()
              ? new GradientChoice(
                  GradientMethod.STORED,
                  "states and normals take " + stored + " of " + asked.memory() + " bytes a thread",
                  Long.MAX_VALUE)
              : new GradientChoice(
                  GradientMethod.CHECKPOINTED,
                  "states and normals would take "
                      + stored
                      + " bytes a thread, more than "
                      + asked.memory(),
                  asked.memory());
      case CHECKPOINTED ->
          new GradientChoice(GradientMethod.CHECKPOINTED, "asked for", asked.memory());
      default -> new GradientChoice(asked.method(), "asked for", Long.MAX_VALUE);
    };
  }
}
