package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order conditions of strong order 1.5 of the stochastic Runge-Kutta tableaus (Rößler 2010), so
 * that no digit of a coefficient is mistyped.
 */
class TableauTest {

  static Stream<Arguments> sri() {
    return Stream.of(
        Arguments.of("srk", StochasticRungeKutta.SRI2), Arguments.of("sosri", Sosri.TABLEAU));
  }

  static Stream<Arguments> sra() {
    return Stream.of(
        Arguments.of("sra1", Sra1.TABLEAU),
        Arguments.of("sra3", Sra3.TABLEAU),
        Arguments.of("sosra", Sosra.TABLEAU));
  }

  private static double sum(double[] weights) {
    return dot(weights, new double[] {1, 1, 1, 1});
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** A lower-triangular matrix times a vector. */
  private static double[] times(double[][] rows, double[] vector) {
    double[] result = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      result[i] = dot(rows[i], vector);
    }
    return result;
  }

  private static double[] rowSums(double[][] rows) {
    return times(rows, new double[] {1, 1, 1, 1});
  }

  private static double[] squares(double[] x) {
    return java.util.Arrays.stream(x).map(v -> v * v).toArray();
  }

  private static void holds(String condition, double value, double expected) {
    assertThat(value).as(condition).isCloseTo(expected, within(2e-12));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sri")
  void aTableauForDiagonalNoiseMeetsTheConditionsOfStrongOrderOneAndAHalf(
      String name, SriTableau t) {
    double[] a0 = rowSums(t.a0());
    double[] a1 = rowSums(t.a1());
    double[] b0 = rowSums(t.b0());
    double[] b1 = rowSums(t.b1());
    double[] b1b1 = times(t.b1(), b1);
    double[] a1b0 = times(t.a1(), b0);
    for (int s = 0; s < 4; s++) {
      holds("c0", t.c0()[s], a0[s]);
      holds("c1", t.c1()[s], a1[s]);
    }
    holds("alpha e", sum(t.alpha()), 1);
    holds("beta1 e", sum(t.beta1()), 1);
    holds("beta2 e", sum(t.beta2()), 0);
    holds("beta3 e", sum(t.beta3()), 0);
    holds("beta4 e", sum(t.beta4()), 0);
    holds("beta1 B1 e", dot(t.beta1(), b1), 0);
    holds("beta2 B1 e", dot(t.beta2(), b1), 1);
    holds("beta3 B1 e", dot(t.beta3(), b1), 0);
    holds("beta4 B1 e", dot(t.beta4(), b1), 0);
    holds("alpha A0 e", dot(t.alpha(), a0), 0.5);
    holds("alpha B0 e", dot(t.alpha(), b0), 1);
    holds("alpha (B0 e)^2", dot(t.alpha(), squares(b0)), 1.5);
    holds("beta1 A1 e", dot(t.beta1(), a1), 1);
    holds("beta2 A1 e", dot(t.beta2(), a1), 0);
    holds("beta3 A1 e", dot(t.beta3(), a1), -1);
    holds("beta4 A1 e", dot(t.beta4(), a1), 0);
    holds("beta1 (B1 e)^2", dot(t.beta1(), squares(b1)), 1);
    holds("beta2 (B1 e)^2", dot(t.beta2(), squares(b1)), 0);
    holds("beta3 (B1 e)^2", dot(t.beta3(), squares(b1)), -1);
    holds("beta4 (B1 e)^2", dot(t.beta4(), squares(b1)), 2);
    holds("beta1 B1 B1 e", dot(t.beta1(), b1b1), 0);
    holds("beta2 B1 B1 e", dot(t.beta2(), b1b1), 0);
    holds("beta3 B1 B1 e", dot(t.beta3(), b1b1), 0);
    holds("beta4 B1 B1 e", dot(t.beta4(), b1b1), 1);
    holds("A1 B0 e", dot(t.beta1(), a1b0) / 2 + dot(t.beta3(), a1b0) / 3, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sra")
  void aTableauForAdditiveNoiseMeetsTheConditionsOfStrongOrderOneAndAHalf(
      String name, SraTableau t) {
    double[] a0 = rowSums(t.a0());
    double[] b0 = rowSums(t.b0());
    for (int s = 0; s < a0.length; s++) {
      holds("c0", t.c0()[s], a0[s]);
    }
    holds("alpha e", sum(t.alpha()), 1);
    holds("beta1 e", sum(t.beta1()), 1);
    holds("beta2 e", sum(t.beta2()), 0);
    holds("alpha B0 e", dot(t.alpha(), b0), 1);
    holds("alpha A0 e", dot(t.alpha(), a0), 0.5);
    holds("alpha (B0 e)^2", dot(t.alpha(), squares(b0)), 1.5);
    holds("beta1 c1", dot(t.beta1(), t.c1()), 1);
    holds("beta2 c1", dot(t.beta2(), t.c1()), -1);
  }
}
