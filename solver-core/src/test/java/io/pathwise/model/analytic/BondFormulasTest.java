package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Bond prices against the differential equations they solve and their limits. */
class BondFormulasTest {

  @Test
  void vasicekSolvesItsTermStructureEquation() {
    // P = exp(A - B r): B' = 1 - a B, A' = sigma^2 B^2 / 2 - a b B.
    double a = 0.6;
    double b = 0.05;
    double sigma = 0.03;
    double loading = 0;
    double constant = 0;
    int n = 20_000;
    double h = 4.0 / n;
    for (int i = 0; i < n; i++) { // The midpoint rule.
      double middle = loading + 0.5 * h * (1 - a * loading);
      constant += h * (0.5 * sigma * sigma * middle * middle - a * b * middle);
      loading += h * (1 - a * middle);
    }
    assertThat(new VasicekAnalytic(0.02, a, b, sigma).bond(4))
        .isCloseTo(Math.exp(constant - loading * 0.02), within(1e-8));
  }

  @Test
  void coxIngersollRossSolvesItsRiccatiEquation() {
    // B' = 1 - a B - sigma^2 B^2 / 2, A' = -a b B.
    double a = 0.5;
    double b = 0.04;
    double sigma = 0.2;
    double loading = 0;
    double constant = 0;
    int n = 20_000;
    double h = 4.0 / n;
    for (int i = 0; i < n; i++) {
      double slope = 1 - a * loading - 0.5 * sigma * sigma * loading * loading;
      double middle = loading + 0.5 * h * slope;
      constant -= h * a * b * middle;
      loading += h * (1 - a * middle - 0.5 * sigma * sigma * middle * middle);
    }
    assertThat(new CoxIngersollRossAnalytic(0.03, a, b, sigma).bond(4))
        .isCloseTo(Math.exp(constant - loading * 0.03), within(1e-8));
  }

  @Test
  void withNextToNoVolatilityBothAreTheDeterministicBond() {
    DoubleUnaryOperator exact =
        t -> Math.exp(-0.05 * t - (0.02 - 0.05) * -Math.expm1(-0.6 * t) / 0.6);
    assertThat(new VasicekAnalytic(0.02, 0.6, 0.05, 0).bond(3))
        .isCloseTo(exact.applyAsDouble(3), within(1e-14));
    assertThat(new CoxIngersollRossAnalytic(0.02, 0.6, 0.05, 1e-4).bond(3))
        .isCloseTo(exact.applyAsDouble(3), within(1e-7));
  }

  @Test
  void aBondFarAwayIsStillFinite() {
    assertThat(new CoxIngersollRossAnalytic(0.03, 0.5, 0.04, 0.3).bond(1000)).isBetween(0.0, 1e-10);
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> new VasicekAnalytic(0.02, 0, 0.05, -1))
        .hasMessageContaining("a = 0")
        .hasMessageContaining("sigma = -1");
    assertThatThrownBy(() -> new CoxIngersollRossAnalytic(-0.1, 0.5, 0.04, 0.3))
        .hasMessageContaining("r0 = -0.1");
    assertThatThrownBy(() -> new VasicekAnalytic(0.02, 1, 0.05, 0.1).bond(0))
        .hasMessageContaining("maturity = 0");
  }
}
