package io.pathwise.expr;

/**
 * A word of a formula.
 *
 * @param kind what it is
 * @param text the characters
 * @param position the index of its first character in the formula
 */
record FormulaToken(Kind kind, String text, int position) {

  enum Kind {
    NUMBER,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** As shown in an error. */
  String shown() {
    return kind == Kind.END ? "the formula ends" : "unexpected '" + text + "'";
  }
}
