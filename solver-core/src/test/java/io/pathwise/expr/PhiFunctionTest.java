package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhiFunctionTest {
  private static final Expr X = Expr.leaf(Leaf.LANE, "x");
  private static final Expr PHI = PhiFunction.phi1(X);

  private static double at(Expr expr, double x) {
    return Interpreter.evaluate(List.of(expr), Map.of("x", x))[0];
  }

  @Test
  void phiIsAccurateOnBothSidesOfItsSwitchAndIsOneAtZero() {
    assertThat(at(PHI, 0)).isEqualTo(1);
    for (double x = -40; x <= 20; x += 0.0137) {
      double expected = StrictMath.expm1(x) / x;
      assertThat(at(PHI, x)).as("phi1(%s)", x).isCloseTo(expected, within(1.5e-15 * expected));
    }
    for (double x : new double[] {1e-300, 1e-17, -1e-9, 1e-4, -0.49999, 0.5, 0.50001, -700}) {
      double expected = StrictMath.expm1(x) / x;
      assertThat(at(PHI, x)).as("phi1(%s)", x).isCloseTo(expected, within(1.5e-15 * expected));
    }
  }

  @Test
  void itsDerivativeMatchesTheClosedFormAndIsOneHalfAtZero() {
    Expr slope = Reverse.gradient(PHI, List.of(X)).get(0);
    assertThat(at(slope, 0)).isEqualTo(0.5);
    for (double x : new double[] {-5, -0.7, 0.3, -0.1, 2}) {
      double h = 1e-6;
      double difference = (at(PHI, x + h) - at(PHI, x - h)) / (2 * h);
      assertThat(at(slope, x)).isCloseTo(difference, within(1e-8 * Math.max(1, difference)));
    }
  }
}
