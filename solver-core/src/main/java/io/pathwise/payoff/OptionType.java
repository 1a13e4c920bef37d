package io.pathwise.payoff;

/** The right to buy or the right to sell. */
public enum OptionType {
  /** Pays max(S - K, 0). */
  CALL(1),
  /** Pays max(K - S, 0). */
  PUT(-1);

  private final int sign;

  OptionType(int sign) {
    this.sign = sign;
  }

  /** Plus one for a call, minus one for a put: the payoff is max(sign (S - K), 0). */
  public int sign() {
    return sign;
  }

  /**
   * The type of the out-of-the-money option of a strike; a put when strike and forward are equal.
   */
  public static OptionType outOfTheMoney(double forward, double strike) {
    return strike > forward ? CALL : PUT;
  }
}
