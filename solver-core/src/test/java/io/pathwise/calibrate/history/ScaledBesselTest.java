package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** ln(exp(-z) I_q(z)) against closed forms of half-integer order and across the two ways. */
class ScaledBesselTest {

  /** I_1/2(z) = sqrt(2 / (pi z)) sinh z; I_3/2(z) = sqrt(2 / (pi z)) (cosh z - sinh z / z). */
  @Test
  void halfIntegerOrdersAreHyperbolicFunctions() {
    for (double z : new double[] {0.01, 0.7, 3, 20, 39, 41, 500, 1e5}) {
      double front = 0.5 * StrictMath.log(2 / (Math.PI * z));
      double sinh = -0.5 * StrictMath.expm1(-2 * z);
      double cosh = 0.5 * (1 + StrictMath.exp(-2 * z));
      assertThat(ScaledBessel.log(0.5, z)).isCloseTo(front + StrictMath.log(sinh), within(1e-12));
      double tolerance = 1e-12 + 1e-15 / (z * z);
      assertThat(ScaledBessel.log(1.5, z))
          .isCloseTo(front + StrictMath.log(cosh - sinh / z), within(tolerance));
    }
  }

  /** I_(q-1) - I_(q+1) = (2 q / z) I_q (Abramowitz and Stegun 9.6.26), on both sides of the cut. */
  @Test
  void threeOrdersSatisfyTheirRecurrence() {
    for (double q : new double[] {0.3, 2.7, 9.4, 40}) {
      for (double z : new double[] {0.5, 10, 45, 2 * q * q * 0.95, 2 * q * q * 1.05, 5000}) {
        double low = StrictMath.exp(ScaledBessel.log(q - 1, z) - ScaledBessel.log(q, z));
        double high = StrictMath.exp(ScaledBessel.log(q + 1, z) - ScaledBessel.log(q, z));
        assertThat(low - high)
            .as("q = %s, z = %s", q, z)
            .isCloseTo(2 * q / z, within(1e-10 * Math.max(1, 2 * q / z)));
      }
    }
  }
}
