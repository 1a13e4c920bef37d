package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Reverse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integrals of the friction flow keep their digits at any friction, 0 included. */
class LangevinFlowTest {
  private static final double TIME = 0.4;
  private static final Expr GAMMA = Expr.param("gamma");
  private static final LangevinFlow FLOW = new LangevinFlow(GAMMA, Expr.of(TIME));

  /** The integrals of e^(-gamma s) once and twice, by their power series in 400 terms. */
  private static double series(double z, int j) {
    double sum = 0;
    double term = 1;
    for (int k = 1; k <= j; k++) {
      term /= k;
    }
    for (int k = 0; k < 400; k++) {
      sum += term;
      term *= -z / (k + j + 1);
    }
    return sum * Math.pow(TIME, j);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-14, 1e-7, 1e-3, 0.3, 1.24, 1.26, 2.49, 2.51, 10})
  void theIntegralsAreThoseOfTheExponential(double gamma) {
    double[] found =
        Interpreter.evaluate(
            List.of(FLOW.decay(), FLOW.reach(), FLOW.fall()), Map.of("gamma", gamma));
    for (int j = 0; j < 3; j++) {
      assertThat(found[j])
          .as("integral %d", j)
          .isCloseTo(series(gamma * TIME, j), withinPercentage(1e-11));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-7, 0.3, 2.49, 2.51, 10})
  void theirDerivativesInTheFrictionAreFiniteAndThoseOfDifferences(double gamma) {
    for (Expr value : List.of(FLOW.decay(), FLOW.reach(), FLOW.fall())) {
      double h = 1e-5;
      double up = Interpreter.evaluate(List.of(value), Map.of("gamma", gamma + h))[0];
      double down = Interpreter.evaluate(List.of(value), Map.of("gamma", gamma - h))[0];
      List<Expr> gradient = Reverse.gradient(value, List.of(GAMMA));
      assertThat(Interpreter.evaluate(gradient, Map.of("gamma", gamma))[0])
          .isCloseTo((up - down) / (2 * h), withinPercentage(1e-5));
    }
  }
}
