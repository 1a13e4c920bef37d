package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The error of each elementary function in units in the last place (ulp), against values computed
 * in 60 digits (docs/derivations/elementary_reference.py) and, densely, against StrictMath, which
 * is itself within 1 ulp.
 */
class ElementaryAccuracyTest {
  private static final int DENSE_POINTS = 1_000_000;
  private static final Expr X = Expr.leaf(Leaf.LANE, "x");
  private static final Expr Y = Expr.leaf(Leaf.LANE, "y");

  record Reference(double x, double y, double high, double low) {
    double ulpError(double value) {
      return Math.abs((value - high) - low) / Math.ulp(high);
    }
  }

  record Dense(
      String name,
      Expr graph,
      DoubleUnaryOperator truth,
      double bound,
      DoubleUnaryOperator fromUniform) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest(name = "{0} is within {1} ulp of 60-digit values")
  @CsvSource({
    "EXP, 1.1",
    "LOG, 1",
    "SIN, 1",
    "COS, 1",
    "TANH, 3",
    "SIGMOID, 3",
    "SOFTPLUS, 3",
    "ERF, 5",
    "NORMAL_CDF, 6",
    "INVERSE_NORMAL_CDF, 6",
    "POW, 2"
  })
  void functionsAreWithinTheirClaimedErrorOfHighPrecisionValues(Op op, double bound)
      throws IOException {
    DoubleBinaryOperator function = function(op);
    List<Reference> points = references(op.symbol());

    assertThat(points).hasSizeGreaterThanOrEqualTo(200);
    for (Reference point : points) {
      double value = function.applyAsDouble(point.x(), point.y());
      assertThat(point.ulpError(value))
          .as("%s(%s, %s) = %s, expected %s", op, point.x(), point.y(), value, point.high())
          .isLessThanOrEqualTo(bound);
    }
  }

  @ParameterizedTest(name = "{0} is within its bound of StrictMath")
  @MethodSource("dense")
  void functionsAreNearStrictMathAtManyPoints(Dense dense) {
    Interpreter interpreter = new Interpreter(List.of(dense.graph()));
    SplittableRandom random = new SplittableRandom(20);
    double worst = 0;
    double where = 0;
    for (int i = 0; i < DENSE_POINTS; i++) {
      double x = dense.fromUniform().applyAsDouble(random.nextDouble());
      double truth = dense.truth().applyAsDouble(x);
      double error = Math.abs(interpreter.evaluate(leaf -> x)[0] - truth) / Math.ulp(truth);
      if (!(error <= worst)) {
        worst = error;
        where = x;
      }
    }
    assertThat(worst).as("worst at %s", where).isLessThanOrEqualTo(dense.bound());
  }

  /**
   * Bounds: the claimed error and StrictMath's own, rounded down since both results are doubles.
   */
  static List<Dense> dense() {
    return List.of(
        new Dense("exp", X.exp(), StrictMath::exp, 1, u -> -708 + 1417 * u),
        new Dense("log", X.log(), StrictMath::log, 1, u -> StrictMath.exp(-700 + 1400 * u)),
        new Dense("log near 1", X.log(), StrictMath::log, 1, u -> 0.5 + 1.5 * u),
        new Dense("sin", Expr.apply(Op.SIN, X), StrictMath::sin, 1, u -> 2e5 * u - 1e5),
        new Dense("cos", Expr.apply(Op.COS, X), StrictMath::cos, 1, u -> 2e5 * u - 1e5),
        new Dense("tanh", Expr.apply(Op.TANH, X), StrictMath::tanh, 4, u -> 8 * u - 4),
        new Dense(
            "x^1.7",
            X.pow(1.7),
            x -> StrictMath.pow(x, 1.7),
            2,
            u -> StrictMath.exp(800 * u - 400)));
  }

  @Test
  void halfTurnsAreWithinFiveUlpEvenNearTheZerosOfTheCosine() {
    Interpreter interpreter =
        new Interpreter(List.of(Trigonometric.sinHalfTurn(X), Trigonometric.cosHalfTurn(X)));
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < 200_000; i++) {
      // Near 0, sin(pi w) hardly depends on the rounding of pi w, and cos(pi v) = sin(pi (1/2 -
      // v)).
      double v = 0.5 - 0.5 * Math.pow(2, -20 * random.nextDouble());
      double w = 0.5 - v;
      double[] values = interpreter.evaluate(leaf -> v);
      double cosine = w < 0.25 ? StrictMath.sin(Math.PI * w) : StrictMath.cos(Math.PI * v);
      double sine = w < 0.25 ? StrictMath.cos(Math.PI * w) : StrictMath.sin(Math.PI * v);
      assertThat(Math.abs(values[0] - sine) / Math.ulp(sine)).isLessThanOrEqualTo(6);
      assertThat(Math.abs(values[1] - cosine) / Math.ulp(cosine)).isLessThanOrEqualTo(6);
    }
  }

  private static DoubleBinaryOperator function(Op op) {
    Expr graph = op.arity() == 1 ? Expr.apply(op, X) : Expr.apply(op, X, Y);
    Interpreter interpreter = new Interpreter(List.of(graph));
    return (x, y) -> interpreter.evaluate(leaf -> leaf.equals(X) ? x : y)[0];
  }

  private static List<Reference> references(String symbol) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ElementaryAccuracyTest.class.getResourceAsStream("elementary-reference.csv")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split(",", -1))
          .filter(fields -> fields[0].equals(symbol))
          .map(
              fields ->
                  new Reference(
                      Double.parseDouble(fields[1]),
                      Double.parseDouble(fields[2]),
                      Double.parseDouble(fields[3]),
                      Double.parseDouble(fields[4])))
          .toList();
    }
  }
}
