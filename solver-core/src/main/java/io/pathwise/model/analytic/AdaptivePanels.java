package io.pathwise.model.analytic;

/**
 * Integrals from 0 to infinity of several components at once. Panels of doubling length are
 * integrated by {@link GaussKronrod} and halved until its two rules agree in every component; the
 * sum ends where the integrand's modulus, times the distance run, is negligible.
 */
final class AdaptivePanels {
  private static final int MAXIMUM_PANELS = 100_000;
  private static final int MAXIMUM_DEPTH = 40;

  /** What is integrated. */
  interface Integrand {
    /** Adds every component at x to two sums, each with a weight of its own. */
    void add(double x, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss);

    /** The largest modulus of a component at the last x. */
    double modulus();
  }

  private final Integrand integrand;
  private final double difference;
  private final double tail;
  private final double[] sums;
  private int panels;

  /**
   * An integral to be had.
   *
   * @param difference the largest difference of the two rules on a panel, relative to sums above 1:
   *     the error of the 10-point rule; that of the 21-point rule, which counts, is its power of
   *     about 1.6
   * @param tail of the integrand's modulus times the distance, where the sum ends
   */
  AdaptivePanels(Integrand integrand, int components, double difference, double tail) {
    this.integrand = integrand;
    this.difference = difference;
    this.tail = tail;
    this.sums = new double[components];
  }

  /**
   * The integrals of the components.
   *
   * @param firstPanel the length of the first panel
   * @throws ArithmeticException when they do not converge
   */
  double[] integrate(double firstPanel) {
    double from = 0;
    double length = firstPanel;
    do {
      panel(from, length, 0);
      from += length;
      length = Math.min(2 * length, from);
    } while (integrand.modulus() * from > tail);
    return sums;
  }

  /** The number of panels taken so far. */
  int panels() {
    return panels;
  }

  private void panel(double from, double length, int depth) {
    if (++panels > MAXIMUM_PANELS || depth > MAXIMUM_DEPTH) {
      throw new ArithmeticException(
          "the price integral does not converge near u = " + from + " for " + integrand);
    }
    double[] kronrod = new double[sums.length];
    double[] gauss = new double[sums.length];
    double half = 0.5 * length;
    for (int i = 0; i < GaussKronrod.SIZE; i++) {
      integrand.add(
          from + half * (1 + GaussKronrod.node(i)),
          half * GaussKronrod.kronrodWeight(i),
          half * GaussKronrod.gaussWeight(i),
          kronrod,
          gauss);
    }
    if (agree(kronrod, gauss)) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += kronrod[i];
      }
    } else {
      panel(from, half, depth + 1);
      panel(from + half, half, depth + 1);
    }
  }

  private boolean agree(double[] kronrod, double[] gauss) {
    for (int i = 0; i < kronrod.length; i++) {
      double scale = Math.max(1, Math.abs(sums[i] + kronrod[i]));
      if (!(Math.abs(kronrod[i] - gauss[i]) <= difference * scale)) {
        return false;
      }
    }
    return true;
  }
}
