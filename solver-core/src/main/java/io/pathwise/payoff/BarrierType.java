package io.pathwise.payoff;

/** On which side of the spot a barrier lies and what reaching it does. */
public enum BarrierType {
  /** Below the spot; the option dies when the barrier is reached. */
  DOWN_OUT(true, true),
  /** Below the spot; the option comes to life when the barrier is reached. */
  DOWN_IN(true, false),
  /** Above the spot; the option dies when the barrier is reached. */
  UP_OUT(false, true),
  /** Above the spot; the option comes to life when the barrier is reached. */
  UP_IN(false, false);

  private final boolean down;
  private final boolean out;

  BarrierType(boolean down, boolean out) {
    this.down = down;
    this.out = out;
  }

  /** Whether the barrier lies below the spot. */
  public boolean isDown() {
    return down;
  }

  /** Whether reaching the barrier ends the option. */
  public boolean isOut() {
    return out;
  }

  /** Whether a spot stands at or beyond the barrier. */
  public boolean isReached(double spot, double barrier) {
    return down ? spot <= barrier : spot >= barrier;
  }
}
