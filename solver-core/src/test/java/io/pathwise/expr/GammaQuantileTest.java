package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GammaQuantileTest {
  private static final Expr K = Expr.param("k");
  private static final Expr Z = Expr.param("z");
  private static final Interpreter QUANTILE =
      new Interpreter(List.of(GammaQuantile.ofLargeShape(K, Z)));

  private static final Interpreter WIDE = new Interpreter(List.of(GammaQuantile.ofWideShape(K, Z)));

  private static double quantile(double k, double z) {
    return QUANTILE.evaluate(leaf -> leaf.equals(K) ? k : z)[0];
  }

  private static double wideQuantile(double k, double z) {
    return WIDE.evaluate(leaf -> leaf.equals(K) ? k : z)[0];
  }

  private static double cdf(double z) {
    return Interpreter.constant(Expr.apply(Op.NORMAL_CDF, Expr.of(z)));
  }

  /** The density integrated by Simpson's rule in the logarithm, from where nothing is left. */
  private static double below(double k, double x) {
    double logGamma = Interpreter.evaluate(List.of(GammaQuantile.logGamma(K)), Map.of("k", k))[0];
    double from = Math.log(Math.min(x, k)) - 80 / k - Math.sqrt(90 / k);
    int n = 20_000;
    double h = (Math.log(x) - from) / n;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double t = from + i * h;
      double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(k * t - Math.exp(t) - logGamma);
    }
    return sum * h / 3;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.02, 1.5, 2.7, 5, 9})
  void theDistributionFunctionOfTheQuantileIsTheProbability(double k) {
    for (double z = -7.5; z <= 6; z += 0.5) {
      double probability = cdf(z);
      assertThat(below(k, quantile(k, z)))
          .as("k = %s, z = %s", k, z)
          .isCloseTo(probability, within(1e-10 * probability));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.02, 1.25, 2, 5, 9, 20, 25.5})
  void theWideQuantileHasItsProbabilityToo(double k) {
    for (double z = -7.5; z <= 6; z += 0.5) {
      double probability = cdf(z);
      double found = below(k, wideQuantile(k, z));
      // The integral is good to 2e-12; in the far tail below a millionth only absolutely.
      assertThat(found).as("k = %s, z = %s", k, z).isCloseTo(probability, within(1e-11));
      if (z > -4.5) {
        assertThat(found).isCloseTo(probability, within(1e-8 * probability));
      }
    }
  }

  @Test
  void anExponentialVariableHasItsQuantile() {
    for (double z = -8.2; z <= 7; z += 0.1) {
      double exact = -Math.log(cdf(-z));
      exact = z < 0 ? -Math.log1p(-cdf(z)) : exact;
      // An error of the probability by 1e-14, and rounding.
      double tolerance = 1e-14 / cdf(-z) + 1e-12 * exact;
      assertThat(quantile(1, z)).as("z = %s", z).isCloseTo(exact, within(tolerance));
    }
  }

  @Test
  void theExtremesAreFiniteAndIncrease() {
    for (double k : new double[] {1, 1.001, 3, 9, 18, 25.5}) {
      double last = 0;
      for (double z = -8.5; z <= 8.5; z += 0.25) {
        double x = k > 9 ? wideQuantile(k, z) : quantile(k, z);
        assertThat(x).as("k = %s, z = %s", k, z).isFinite();
        if (z < 7) {
          assertThat(x).isGreaterThan(last);
        }
        last = x;
      }
    }
  }

  @Test
  void theLogarithmOfGammaHasItsValues() {
    double factorial = 1;
    for (int n = 1; n < 10; n++) {
      factorial *= n;
      double exact = Math.log(factorial);
      assertThat(Interpreter.constant(GammaQuantile.logGamma(Expr.of(n + 1))))
          .isCloseTo(exact, within(1e-14 * Math.max(1, exact)));
    }
    assertThat(Interpreter.constant(GammaQuantile.logGamma(Expr.of(1.5))))
        .isCloseTo(Math.log(Math.sqrt(Math.PI) / 2), within(1e-14));
  }

  @Test
  void theDerivativeInTheShapeIsThatOfDifferences() {
    Expr variable = GammaQuantile.variable(K, Expr.concat(List.of(Z, Z.times(-0.5))));
    Expr tangent = Forward.tangent(variable, Map.of(K, Expr.ONE));
    Interpreter both = new Interpreter(List.of(variable, tangent));
    for (double k : new double[] {0.1, 0.7, 3}) {
      for (double z : new double[] {-2, -0.3, 1, 3}) {
        double h = 1e-5 * k;
        double up = both.evaluate(leaf -> leaf.equals(K) ? k + h : z)[0];
        double down = both.evaluate(leaf -> leaf.equals(K) ? k - h : z)[0];
        double derivative = both.evaluate(leaf -> leaf.equals(K) ? k : z)[1];
        assertThat(derivative)
            .as("k = %s, z = %s", k, z)
            .isCloseTo((up - down) / (2 * h), within(1e-7 * Math.max(1, Math.abs(derivative))));
      }
    }
  }
}
