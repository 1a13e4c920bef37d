package io.pathwise.expr;

import java.util.Map;

/**
 * Text to {@link Expr}: {@code kappa*(theta - max(v, 0))} with named states and parameters.
 *
 * <p>White space, line ends included, may stand between any two tokens and means nothing. From the
 * weakest to the strongest binding:
 *
 * <pre>
 * formula    = sum [("&lt;" | "&lt;=" | "&gt;" | "&gt;=") sum]         1 where it holds, 0 where not
 * sum        = product {("+" | "-") product}                  left to right
 * product    = signed {("*" | "/") signed}                    left to right
 * signed     = {"+" | "-"} power                              -x^2 is -(x^2)
 * power      = atom ["^" signed]                              right to left, 2^-3 allowed
 * atom       = number | name | function "(" formula {"," formula} ")" | "(" formula ")"
 * number     = digits ["." [digits]] [exponent] | "." digits [exponent]
 * exponent   = ("e" | "E") ["+" | "-"] digits
 * name       = (letter | "_") {letter | digit | "_" | "."} ["[" digits "]"]
 * </pre>
 *
 * <p>Functions of one argument: {@code sqrt exp log sin cos tanh sigmoid softplus erf normcdf
 * invnormcdf abs rint} and {@code positive} (1 where the argument is above 0, else 0). Of two:
 * {@code min max pow}. Of three: {@code fma(a, b, c)} = a*b + c with one rounding, and {@code
 * select(condition, yes, no)}, whose condition is a comparison or is made of comparisons by {@code
 * *} (and), {@code min} (and), {@code max} (or) and {@code 1 - } (not); the branch that is not
 * taken may be infinite or NaN.
 *
 * <p>Constants: {@code pi} and {@code e}, unless a symbol has that name. A name followed by "(" is
 * always a function. There is no implicit product: {@code 2x} is an error.
 *
 * <p>What {@link Expr#toString} prints of an expression of these operations parses to an equal
 * expression, given its leaves as symbols.
 */
public final class Formula {
  /** The most characters a formula may have. */
  public static final int LONGEST = 100_000;

  /** The most parentheses, those of functions included, that may be open at one place. */
  public static final int DEEPEST = 200;

  private Formula() {}

  /**
   * Reads a formula.
   *
   * @param text the formula
   * @param symbols what each name stands for: scalars
   * @return a scalar expression
   * @throws FormulaException if the text is no formula, names something unknown, gives a function
   *     the wrong number of arguments, or is longer or deeper than allowed
   * @throws IllegalArgumentException if a symbol that is used is not a scalar number
   */
  public static Expr parse(String text, Map<String, Expr> symbols) {
    return new FormulaParser(text, symbols).parse();
  }
}
