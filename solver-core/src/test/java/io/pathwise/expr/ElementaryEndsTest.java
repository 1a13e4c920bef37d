package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The elementary functions at the ends of their ranges, at special values, and their structure. */
class ElementaryEndsTest {
  private static final Expr X = Expr.leaf(Leaf.LANE, "x");
  private static final Expr Y = Expr.leaf(Leaf.LANE, "y");
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(
      value = Op.class,
      names = {
        "EXP",
        "LOG",
        "SIN",
        "COS",
        "TANH",
        "SIGMOID",
        "SOFTPLUS",
        "ERF",
        "NORMAL_CDF",
        "INVERSE_NORMAL_CDF"
      })
  void notANumberStaysNotANumberWhateverItsBits(Op op) {
    assertThat(at(op, Double.NaN)).isNaN();
    assertThat(at(op, Double.longBitsToDouble(0xFFF8000000000000L))).isNaN();
    assertThat(at(op, Double.longBitsToDouble(0x7FFFFFFFFFFFFFFFL))).isNaN();
    assertThat(at(op, Double.longBitsToDouble(0xFFF0000000000001L))).isNaN();
  }

  @ParameterizedTest(name = "{0}({1}) = {2}")
  @CsvSource({
    "EXP, 0, 1",
    "EXP, -0.0, 1",
    "EXP, 709.782712893384, 1.7976931348622732E308",
    "EXP, 709.79, Infinity",
    "EXP, 1e300, Infinity",
    "EXP, Infinity, Infinity",
    "EXP, -708.5, 0",
    "EXP, -1e300, 0",
    "EXP, -Infinity, 0",
    "LOG, 1, 0",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, 4.9e-324, -Infinity",
    "LOG, 2.225073858507201e-308, -Infinity",
    "LOG, 2.2250738585072014e-308, -708.3964185322641",
    "LOG, 1.7976931348623157e308, 709.782712893384",
    "LOG, Infinity, Infinity",
    "LOG, -4.9e-324, NaN",
    "LOG, -1, NaN",
    "LOG, -1.7976931348623157e308, NaN",
    "LOG, -Infinity, NaN",
    "SIN, 0, 0",
    "COS, 0, 1",
    "SIN, Infinity, NaN",
    "COS, -Infinity, NaN",
    "SIN, 2e9, NaN",
    "COS, -1e300, NaN",
    "TANH, 0, 0",
    "TANH, 22, 1",
    "TANH, -22, -1",
    "TANH, Infinity, 1",
    "TANH, -Infinity, -1",
    "TANH, 1e-300, 1e-300",
    "SIGMOID, 0, 0.5",
    "SIGMOID, Infinity, 1",
    "SIGMOID, -Infinity, 0",
    "SOFTPLUS, 800, 800",
    "SOFTPLUS, -800, 0",
    "SOFTPLUS, Infinity, Infinity",
    "SOFTPLUS, -Infinity, 0",
    "ERF, 0, 0",
    "ERF, 6, 1",
    "ERF, -6, -1",
    "ERF, Infinity, 1",
    "ERF, -Infinity, -1",
    "NORMAL_CDF, 0, 0.5",
    "NORMAL_CDF, Infinity, 1",
    "NORMAL_CDF, -Infinity, 0",
    "NORMAL_CDF, 9, 1",
    "NORMAL_CDF, -40, 0",
    "INVERSE_NORMAL_CDF, 0.5, 0",
    "INVERSE_NORMAL_CDF, 0, -Infinity",
    "INVERSE_NORMAL_CDF, 1, Infinity",
    "INVERSE_NORMAL_CDF, -1e-300, NaN",
    "INVERSE_NORMAL_CDF, 1.0000000000000002, NaN",
    "INVERSE_NORMAL_CDF, Infinity, NaN",
    "INVERSE_NORMAL_CDF, -Infinity, NaN"
  })
  void functionsHaveTheirValuesAtTheEnds(Op op, double x, Double expected) {
    assertThat(at(op, x) + 0.0).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} ^ {1} = {2}")
  @CsvSource({
    "2, 0, 1",
    "0, 0, 1",
    "Infinity, 0, 1",
    "1, 1e300, 1",
    "0, 2.5, 0",
    "0, -2.5, Infinity",
    "Infinity, 0.1, Infinity",
    "Infinity, -0.1, 0",
    "2, Infinity, Infinity",
    "2, -Infinity, 0",
    "0.5, Infinity, 0",
    "0.5, -Infinity, Infinity",
    "2, 1e6, Infinity",
    "2, -1e6, 0",
    "4, 0.5, 2",
    "9, 1.5, 27",
    "-1, 2, NaN",
    "-Infinity, 2, NaN",
    "NaN, 2, NaN",
    "2, NaN, NaN"
  })
  void powersHaveTheirValuesAtTheEnds(double x, double y, Double expected) {
    Interpreter power = new Interpreter(List.of(X.pow(Y)));
    assertThat(power.evaluate(leaf -> leaf.equals(X) ? x : y)[0]).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-16, 1e-3, 0.07, 0.0999, 0.1, 0.1001, 0.3, 0.499999})
  void theQuantileFunctionIsAntisymmetricAndInvertsTheDistributionFunction(double p) {
    double quantile = at(Op.INVERSE_NORMAL_CDF, p);
    double upper = 1 - p;
    if (1 - upper == p) {
      assertThat(at(Op.INVERSE_NORMAL_CDF, upper)).isEqualTo(-quantile);
    }
    // The relative condition number of the distribution function is about x^2.
    double tolerance = 1e-15 * (5 + quantile * quantile);
    assertThat(at(Op.NORMAL_CDF, quantile) / p - 1).isBetween(-tolerance, tolerance);
  }

  @Test
  void theQuantileFunctionIncreasesAcrossItsRegions() {
    Interpreter quantile = new Interpreter(List.of(Expr.apply(Op.INVERSE_NORMAL_CDF, X)));
    double previous = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < 200_000; i++) {
      double p = i < 100_000 ? 0.1 + (i - 50_000) * 1e-14 : (i - 99_999) * 0.99e-5;
      if (i == 100_000) {
        previous = Double.NEGATIVE_INFINITY;
      }
      double x = quantile.evaluate(leaf -> p)[0];
      assertThat(x).as("p = %s", p).isGreaterThan(previous);
      previous = x;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Op.class,
      names = {
        "EXP",
        "LOG",
        "SIN",
        "COS",
        "TANH",
        "SIGMOID",
        "SOFTPLUS",
        "ERF",
        "NORMAL_CDF",
        "INVERSE_NORMAL_CDF",
        "POW"
      })
  void functionsLowerToPrimitivesAndLoweringAgainChangesNothing(Op op) {
    List<Expr> once = Lower.lower(List.of(op.arity() == 1 ? Expr.apply(op, X) : X.pow(Y)));

    assertThat(Graph.topological(once))
        .allMatch(
            node -> node.op().primitive() || node.args().isEmpty(),
            "primitive or without arguments");
    assertThat(Graph.digest(Lower.lower(once))).isEqualTo(Graph.digest(once));
  }

  @Test
  void constantsFoldToTheBitsOfTheKernel() {
    assertThat(Expr.of(0.3).exp().value()).isEqualTo(at(Op.EXP, 0.3));
    assertThat(Expr.of(0.3).pow(1.7).value())
        .isEqualTo(new Interpreter(List.of(X.pow(1.7))).evaluate(leaf -> 0.3)[0]);
    assertThat(Expr.of(INFINITY).log().value()).isEqualTo(INFINITY);
  }

  private static double at(Op op, double x) {
    return new Interpreter(List.of(Expr.apply(op, X))).evaluate(leaf -> x)[0];
  }
}
