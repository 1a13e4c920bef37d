package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Single precision is that of 32-bit hardware, and its functions are as exact as they say. */
class SinglePrecisionTest {
  private static final int POINTS = 300_000;
  private static final Expr X = Expr.leaf(Leaf.LANE, "x");
  private static final Expr Y = Expr.leaf(Leaf.LANE, "y");

  private static double evaluate(Expr value, double x, double y) {
    return new Interpreter(List.of(value)).evaluate(leaf -> leaf.equals(X) ? x : y)[0];
  }

  private static DoubleUnaryOperator of(Expr value) {
    Interpreter interpreter = new Interpreter(List.of(value));
    return x -> interpreter.evaluate(leaf -> x)[0];
  }

  private static Expr single(Expr value) {
    return SinglePrecision.of(List.of(value)).get(0);
  }

  /** The largest error in units of the last place of the 32-bit result. */
  private static double worst(
      DoubleUnaryOperator function, DoubleUnaryOperator exact, double from, double to) {
    Random random = new Random(5);
    double worst = 0;
    for (int i = 0; i < POINTS; i++) {
      double x = (float) (from + (to - from) * random.nextDouble());
      double expected = exact.applyAsDouble(x);
      double error = Math.abs(function.applyAsDouble(x) - expected) / Math.ulp((float) expected);
      worst = Math.max(worst, error);
    }
    return worst;
  }

  @Test
  void operationsAreThoseOfTheHardware() {
    Random random = new Random(1);
    Interpreter all =
        new Interpreter(
            SinglePrecision.of(
                List.of(X.plus(Y), X.minus(Y), X.times(Y), X.over(Y), X.abs().sqrt())));
    for (int i = 0; i < POINTS; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      float y = Float.intBitsToFloat(random.nextInt());
      double[] values = all.evaluate(leaf -> leaf.equals(X) ? x : y);
      float[] expected = {x + y, x - y, x * y, x / y, (float) Math.sqrt(Math.abs(x))};
      for (int k = 0; k < expected.length; k++) {
        assertThat(Double.compare(values[k], expected[k])).as("%s, %s: %s", x, y, k).isZero();
      }
    }
  }

  @Test
  void aProductIsRoundedBeforeItIsAdded() {
    float x = 1 + 0x1p-12f;
    Expr value = single(X.times(X).plus(Y));
    assertThat(evaluate(value, x, -1)).isEqualTo(x * x - 1);
    assertThat(evaluate(single(X.fma(X, Y)), x, -1)).isEqualTo(x * x - 1);
  }

  @Test
  void whatIsTheSameForAllPathsIsRoundedWhereItMeetsAPath() {
    Expr uniform = Expr.param("a").times(3);
    double[] value =
        new Interpreter(SinglePrecision.of(List.of(X.times(uniform))))
            .evaluate(leaf -> leaf.equals(X) ? 1 : 0.1);
    assertThat(value[0]).isEqualTo((float) (0.1 * 3));
  }

  /** As in the derivative of a square root, which is 0 at 0. */
  @Test
  void aConstantThatKeepsADivisorFromZeroStillDoes() {
    assertThat(evaluate(single(X.over(Y.max(1e-300))), 0, 0)).isZero();
    assertThat(evaluate(single(X.min(1e300)), Double.POSITIVE_INFINITY, 0))
        .isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void exponentialIsWithinAnUlp() {
    DoubleUnaryOperator exp = of(single(X.exp()));
    assertThat(worst(exp, StrictMath::exp, -87, 88.7)).isLessThan(1);
    assertThat(worst(exp, StrictMath::exp, -1, 1)).isLessThan(1);
    assertThat(exp.applyAsDouble(0)).isEqualTo(1);
    assertThat(exp.applyAsDouble(89)).isInfinite();
    assertThat(exp.applyAsDouble(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(exp.applyAsDouble(-104)).isZero();
    assertThat(exp.applyAsDouble(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(exp.applyAsDouble(Double.NaN)).isNaN();
  }

  @Test
  void logarithmIsWithinAnUlp() {
    DoubleUnaryOperator log = of(single(X.log()));
    assertThat(worst(log, StrictMath::log, 0.5, 2)).isLessThan(1);
    assertThat(worst(log, StrictMath::log, 1e-30, 1e-3)).isLessThan(1);
    assertThat(worst(log, StrictMath::log, 2, 1e30)).isLessThan(1);
    assertThat(log.applyAsDouble(Float.MIN_VALUE))
        .isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
    assertThat(log.applyAsDouble(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(log.applyAsDouble(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(log.applyAsDouble(-1)).isNaN();
    assertThat(log.applyAsDouble(Double.NaN)).isNaN();
  }

  @Test
  void sineAndCosineOfAHalfTurnAreWithinThreeUlp() {
    assertThat(
            worst(of(SinglePrecision.sinHalfTurn(X)), v -> StrictMath.sin(Math.PI * v), -0.5, 0.5))
        .isLessThan(3);
    assertThat(
            worst(
                of(SinglePrecision.cosHalfTurn(X)),
                v -> StrictMath.sin(Math.PI * (0.5 - Math.abs(v))),
                -0.5,
                0.5))
        .isLessThan(3);
  }

  /** The double function, rounded to nearest. */
  @ParameterizedTest
  @EnumSource(
      value = Op.class,
      names = {"TANH", "SIGMOID", "SOFTPLUS", "SIN", "COS", "ERF", "NORMAL_CDF"})
  void otherFunctionsAreTheDoubleOnesRounded(Op function) {
    Expr value = Expr.apply(function, X);
    assertThat(worst(of(single(value)), of(value), -5, 5)).isLessThanOrEqualTo(0.5);
  }
}
