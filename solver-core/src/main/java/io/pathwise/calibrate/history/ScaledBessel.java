package io.pathwise.calibrate.history;

import org.hipparchus.special.Gamma;

/**
 * The logarithm of exp(-z) I_q(z), the scaled modified Bessel function of the first kind of real
 * order q > -1.
 *
 * <p>By Hankel's expansion where it converges to double precision (Abramowitz and Stegun 9.7.1, z
 * large against q^2), otherwise by the power series (9.6.10) summed outwards from its largest term.
 */
final class ScaledBessel {
  private static final double NEGLIGIBLE = 1e-17;

  private ScaledBessel() {}

  /** ln(exp(-z) I_q(z)) for z > 0. */
  static double log(double q, double z) {
    return z > 40 && z > 2 * q * q ? hankel(q, z) : series(q, z);
  }

  private static double hankel(double q, double z) {
    double mu = 4 * q * q;
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 100; k++) {
      double odd = 2 * k - 1;
      double next = -term * (mu - odd * odd) / (8 * k * z);
      if (Math.abs(next) > Math.abs(term)) {
        break;
      }
      term = next;
      sum += term;
      if (Math.abs(term) < NEGLIGIBLE * Math.abs(sum)) {
        break;
      }
    }
    return StrictMath.log(sum) - 0.5 * StrictMath.log(2 * Math.PI * z);
  }

  private static double series(double q, double z) {
    double square = 0.25 * z * z;
    double peak = Math.floor(Math.max(0, 0.5 * (Math.sqrt(q * q + z * z) - q)));
    double sum = 1;
    double term = 1;
    for (double k = peak + 1; term > NEGLIGIBLE * sum; k++) {
      term *= square / (k * (k + q));
      sum += term;
    }
    term = 1;
    for (double k = peak; k > 0 && term > NEGLIGIBLE * sum; k--) {
      term *= k * (k + q) / square;
      sum += term;
    }
    double largest =
        (2 * peak + q) * StrictMath.log(0.5 * z)
            - Gamma.logGamma(peak + 1)
            - Gamma.logGamma(peak + q + 1);
    return largest + StrictMath.log(sum) - z;
  }
}
