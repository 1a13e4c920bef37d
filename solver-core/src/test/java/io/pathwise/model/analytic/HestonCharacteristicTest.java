package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HestonCharacteristicTest {
  private static final double EXPIRY = 1.3;
  private static final Complex U = Complex.polar(2.5, 0.4);

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.05, 0.5, 2, 5})
  void derivativesAreTheSlopesOfTheExponent(double xi) {
    HestonCharacteristic.Point point =
        new HestonCharacteristic(new HestonAnalytic(0.05, 1.2, 0.08, xi, -0.6), EXPIRY).at(U);
    near(point.v0(), slope(0.05, x -> new HestonAnalytic(x, 1.2, 0.08, xi, -0.6)));
    near(point.kappa(), slope(1.2, x -> new HestonAnalytic(0.05, x, 0.08, xi, -0.6)));
    near(point.theta(), slope(0.08, x -> new HestonAnalytic(0.05, 1.2, x, xi, -0.6)));
    near(point.xi(), slope(xi, x -> new HestonAnalytic(0.05, 1.2, 0.08, x, -0.6)));
    near(point.rho(), slope(-0.6, x -> new HestonAnalytic(0.05, 1.2, 0.08, xi, x)));
  }

  /** D' = xi^2 D^2 / 2 - beta D - N / 2 and (kappa B)' = kappa D in the expiry. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 4})
  void exponentSolvesTheRiccatiEquations(double xi) {
    HestonAnalytic model = new HestonAnalytic(0.05, 1.2, 0.08, xi, 0.3);
    double h = 1e-4;
    HestonCharacteristic.Point before = new HestonCharacteristic(model, EXPIRY - h).at(U);
    HestonCharacteristic.Point here = new HestonCharacteristic(model, EXPIRY).at(U);
    HestonCharacteristic.Point after = new HestonCharacteristic(model, EXPIRY + h).at(U);
    Complex iz = U.timesI().plus(0.5);
    Complex n = U.square().plus(0.25);
    Complex beta = iz.times(-0.3 * xi).plus(1.2);
    Complex d = here.v0();
    Complex expected = d.square().times(0.5 * xi * xi).minus(beta.times(d)).minus(n.times(0.5));
    near(after.v0().minus(before.v0()).times(0.5 / h), expected);
    near(after.theta().minus(before.theta()).times(0.5 / h), d.times(1.2));
  }

  @Test
  void exponentAloneHasTheBitsOfTheOneWithDerivatives() {
    HestonCharacteristic law =
        new HestonCharacteristic(new HestonAnalytic(0.05, 1.5, 0.06, 0.6, -0.7), 0.7);
    for (double x = 0.01; x < 1000; x *= 1.7) {
      Complex u = Complex.polar(x, 0.3);
      assertThat(law.psi(u)).isEqualTo(law.at(u).psi());
    }
  }

  @Test
  void totalProbabilityIsOneAndTheForwardIsAMartingale() {
    HestonCharacteristic characteristic =
        new HestonCharacteristic(new HestonAnalytic(0.05, 1.2, 0.08, 0.7, -0.6), EXPIRY);
    for (double im : new double[] {0.5, -0.5}) {
      HestonCharacteristic.Point point = characteristic.at(new Complex(0, im));
      assertThat(point.psi().modulus()).isZero();
      assertThat(point.xi().modulus()).isZero();
    }
  }

  /** The first two derivatives in z at 0 are those of the mean and the variance of ln(S_T / F). */
  @Test
  void meanLogReturnIsMinusHalfTheExpectedVariance() {
    HestonAnalytic model = new HestonAnalytic(0.05, 1.2, 0.08, 0.7, -0.6);
    HestonCharacteristic characteristic = new HestonCharacteristic(model, EXPIRY);
    double h = 1e-4;
    double slope =
        (characteristic.at(new Complex(h, 0.5)).psi().im()
                - characteristic.at(new Complex(-h, 0.5)).psi().im())
            / (2 * h);
    assertThat(slope).isCloseTo(-0.5 * model.expectedTotalVariance(EXPIRY), within(1e-8));
  }

  @Property(tries = 500)
  void exponentIsThatOfTheTextbookFormOnEveryRay(
      @ForAll @Scale(6) @DoubleRange(min = -0.5, max = 0.5) double angle,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 200) double distance,
      @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 5) double xi,
      @ForAll @Scale(6) @DoubleRange(min = -0.99, max = 0.99) double rho,
      @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 10) double expiry) {
    HestonAnalytic model = new HestonAnalytic(0.05, 1.2, 0.08, xi, rho);
    Complex u = Complex.polar(distance, angle);
    Complex expected = PlainHeston.psi(model, expiry, new Complex(u.re(), u.im() - 0.5));
    Complex actual = new HestonCharacteristic(model, expiry).at(u).psi();
    double scale = 1e-11 * (1 + expected.modulus()) / (1 - Math.abs(rho));
    assertThat(actual.minus(expected).modulus()).isLessThan(scale);
  }

  /**
   * B is the integral of D over the expiry, here by Simpson's rule; another branch of the logarithm
   * would move it by a multiple of 4 pi / xi^2.
   */
  @Property(tries = 100)
  void logarithmIsOnTheBranchContinuousInTheExpiry(
      @ForAll @Scale(6) @DoubleRange(min = -0.523599, max = 0.523599) double angle,
      @ForAll @Scale(6) @DoubleRange(min = -1, max = 3.5) double logDistance,
      @ForAll @Scale(6) @DoubleRange(min = 0.05, max = 5) double xi,
      @ForAll @Scale(6) @DoubleRange(min = -1, max = 1) double rho,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 10) double expiry) {
    HestonAnalytic model = new HestonAnalytic(0.04, 0.7, 0.04, xi, rho);
    Complex u = Complex.polar(Math.pow(10, logDistance), angle);
    int steps = 2000;
    Complex sum = Complex.ZERO;
    for (int k = 1; k <= steps; k++) {
      double s = (double) k / steps;
      double weight = (k == steps ? 1 : k % 2 == 1 ? 4 : 2) * 4 * s * s * s * expiry / (3 * steps);
      double time = expiry * s * s * s * s;
      sum = sum.plus(new HestonCharacteristic(model, time).at(u).v0().times(weight));
    }
    Complex b = new HestonCharacteristic(model, expiry).at(u).theta().times(1 / model.kappa());
    assertThat(b.minus(sum).modulus()).isLessThan(0.1 * 4 * Math.PI / (xi * xi));
  }

  @Test
  void logarithmsSeriesMeetsItsClosedForm() {
    for (double angle = 0; angle < 6.3; angle += 0.7) {
      HestonLogarithm inside = HestonLogarithm.of(Complex.polar(0.03 - 1e-12, angle));
      HestonLogarithm outside = HestonLogarithm.of(Complex.polar(0.03 + 1e-12, angle));
      assertThat(inside.value().minus(outside.value()).modulus()).isLessThan(1e-11);
      assertThat(inside.slope().minus(outside.slope()).modulus()).isLessThan(1e-11);
    }
    assertThat(HestonLogarithm.of(Complex.ZERO))
        .isEqualTo(new HestonLogarithm(Complex.ONE, Complex.real(0.5)));
  }

  private static Complex slope(double at, DoubleFunction<HestonAnalytic> model) {
    double h = 1e-4 * Math.abs(at);
    Complex far = exponent(model, at + 2 * h).minus(exponent(model, at - 2 * h));
    Complex close = exponent(model, at + h).minus(exponent(model, at - h));
    return close.times(8).minus(far).times(1 / (12 * h));
  }

  private static Complex exponent(DoubleFunction<HestonAnalytic> model, double at) {
    return new HestonCharacteristic(model.apply(at), EXPIRY).at(U).psi();
  }

  private static void near(Complex actual, Complex expected) {
    assertThat(actual.minus(expected).modulus()).isLessThan(1e-7 * (1 + expected.modulus()));
  }
}
