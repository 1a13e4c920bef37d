package io.pathwise.model.analytic;

import io.pathwise.payoff.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Semi-analytic European prices under Heston, with exact derivatives: dS = (r - q) S dt + sqrt(v) S
 * dW1, dv = kappa (theta - v) dt + xi sqrt(v) dW2, d[W1, W2] = rho dt (Heston 1993).
 *
 * <p>One integral a strike, Lewis's mid-strip formula with Black-Scholes as control variate (Lewis,
 * "Option Valuation under Stochastic Volatility", 2000, chapter 2; Andersen and Piterbarg,
 * "Interest Rate Modeling" I, 2010, chapter 8), along a ray that turns oscillation into decay
 * (Andersen and Lake 2018). Prices are good to 1e-10 of the forward in absolute terms, and in
 * practice to about 1e-14, from 0.01 to 10 years, with or without Feller's condition; options worth
 * less than that keep no significant digit. Derivation: docs/derivations/heston-semi-analytic.md.
 *
 * <p>Time-dependent rates enter through the forward and the discount factor alone.
 *
 * @param v0 variance today, a year
 * @param kappa speed of mean reversion, a year
 * @param theta long-run variance, a year
 * @param xi volatility of variance; 0 gives Black-Scholes with the averaged variance
 * @param rho correlation of price and variance
 */
public record HestonAnalytic(double v0, double kappa, double theta, double xi, double rho) {
  private static final int COMPONENTS = HestonIntegral.COMPONENTS;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless v0, kappa, theta and xi are non-negative, |rho| <= 1,
   *     v0 + kappa theta > 0 (there is some variance) and kappa + xi > 0; the message lists every
   *     offending parameter
   */
  public HestonAnalytic {
    new Arguments("Heston")
        .notNegative("v0", v0)
        .notNegative("kappa", kappa)
        .notNegative("theta", theta)
        .notNegative("xi", xi)
        .within("rho", rho, -1, 1)
        .require(!(v0 == 0 && kappa * theta == 0), "v0 + kappa theta", 0.0, "a number > 0")
        .require(!(kappa == 0 && xi == 0), "kappa + xi", 0.0, "a number > 0")
        .check();
  }

  /**
   * The expected integrated variance over [0, T]: theta T + (v0 - theta)(1 - exp(-kappa T)) /
   * kappa.
   *
   * @throws IllegalArgumentException when the expiry is not positive and finite
   */
  public double expectedTotalVariance(double expiry) {
    new Arguments("Heston").positive("expiry", expiry).check();
    double weight = kappa == 0 ? expiry : -StrictMath.expm1(-kappa * expiry) / kappa;
    return theta * (expiry - weight) + v0 * weight;
  }

  /**
   * One option from its forward and discount factor.
   *
   * @throws IllegalArgumentException when a market argument is out of range
   * @throws ArithmeticException when the integral does not converge, which takes parameters far
   *     from any market
   */
  public HestonPrice price(
      EuropeanOption option, double forward, double discountFactor, double expiry) {
    return prices(List.of(option), forward, discountFactor, expiry).get(0);
  }

  /**
   * Options of one expiry; the characteristic function is evaluated once a quadrature node for all
   * strikes that share a contour; there are at most two.
   *
   * @return the prices in the order of the options
   * @throws IllegalArgumentException when a market argument is out of range
   * @throws ArithmeticException as {@link #price}
   */
  public List<HestonPrice> prices(
      List<EuropeanOption> options, double forward, double discountFactor, double expiry) {
    double[] omegas = omegas(options, forward, discountFactor, expiry);
    double variance = expectedTotalVariance(expiry);
    double[] integrals = integrals(omegas, variance, expiry, COMPONENTS);
    List<HestonPrice> prices = new ArrayList<>(omegas.length);
    for (int k = 0; k < omegas.length; k++) {
      prices.add(
          assemble(options.get(k), forward, discountFactor, variance, integrals, COMPONENTS * k));
    }
    return List.copyOf(prices);
  }

  /** The prices of {@link #prices} and their derivatives in the parameters alone, in less time. */
  Smile smile(List<EuropeanOption> options, double forward, double discountFactor, double expiry) {
    return smile(options, forward, discountFactor, expiry, HestonIntegral.WITH_PARAMETERS);
  }

  /** The prices of {@link #prices} alone, in about half the time. */
  double[] values(
      List<EuropeanOption> options, double forward, double discountFactor, double expiry) {
    return smile(options, forward, discountFactor, expiry, HestonIntegral.VALUE).prices();
  }

  private Smile smile(
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry,
      int components) {
    double[] omegas = omegas(options, forward, discountFactor, expiry);
    double variance = expectedTotalVariance(expiry);
    double[] integrals = integrals(omegas, variance, expiry, components);
    double deviation = Math.sqrt(variance);
    double[] prices = new double[omegas.length];
    double[][] slopes = new double[omegas.length][components - 1];
    for (int k = 0; k < omegas.length; k++) {
      EuropeanOption option = options.get(k);
      double scale = discountFactor * Math.sqrt(forward * option.strike()) / Math.PI;
      int at = components * k;
      prices[k] =
          discountFactor * BlackScholes.black(option, forward, deviation) - scale * integrals[at];
      for (int p = 1; p < components; p++) {
        slopes[k][p - 1] = -scale * integrals[at + p];
      }
    }
    return new Smile(prices, slopes);
  }

  private static double[] omegas(
      List<EuropeanOption> options, double forward, double discountFactor, double expiry) {
    new Arguments("Heston price")
        .positive("forward", forward)
        .positive("discountFactor", discountFactor)
        .positive("expiry", expiry)
        .check();
    return options.stream().mapToDouble(o -> StrictMath.log(forward / o.strike())).toArray();
  }

  /**
   * One option under constant rates.
   *
   * @param spot today's price S
   * @param r interest rate, continuously compounded, a year
   * @param q dividend yield, continuously compounded, a year
   * @throws IllegalArgumentException when a market argument is out of range
   * @throws ArithmeticException as {@link #price}
   */
  public HestonSpotPrice priceAtSpot(
      EuropeanOption option, double spot, double r, double q, double expiry) {
    new Arguments("Heston price")
        .positive("spot", spot)
        .finite("r", r)
        .finite("q", q)
        .positive("expiry", expiry)
        .check();
    double growth = StrictMath.exp((r - q) * expiry);
    double forward = spot * growth;
    HestonPrice price = price(option, forward, StrictMath.exp(-r * expiry), expiry);
    double forwardTerm = expiry * forward * price.delta();
    return new HestonSpotPrice(
        price.price(),
        growth * price.delta(),
        growth * growth * price.gamma(),
        forwardTerm - expiry * price.price(),
        -forwardTerm,
        price.v0(),
        price.kappa(),
        price.theta(),
        price.xi(),
        price.rho());
  }

  /**
   * The Black-Scholes volatility of the model's price, from the out-of-the-money option of the
   * strike. It has the price's absolute accuracy divided by vega, so none where the option is worth
   * less than 1e-14 of the forward.
   *
   * @throws IllegalArgumentException when an argument is out of range, or the option's value is
   *     lost in rounding, below the bounds of arbitrage
   * @throws ArithmeticException as {@link #price}
   */
  public double impliedVolatility(double strike, double forward, double expiry) {
    EuropeanOption option = new EuropeanOption(OptionType.outOfTheMoney(forward, strike), strike);
    double price = price(option, forward, 1, expiry).price();
    return BlackScholes.impliedVolatility(option, price, forward, 1, expiry);
  }

  private double[] integrals(double[] omegas, double variance, double expiry, int components) {
    double[] integrals = new double[components * omegas.length];
    integrate(omegas, variance, expiry, true, components, integrals);
    integrate(omegas, variance, expiry, false, components, integrals);
    return integrals;
  }

  /** Integrates the strikes whose contour turns upwards, or those of the others. */
  private void integrate(
      double[] omegas,
      double variance,
      double expiry,
      boolean upwards,
      int components,
      double[] integrals) {
    int[] members =
        IntStream.range(0, omegas.length)
            .filter(k -> HestonContour.turn(this, expiry, omegas[k], variance) > 0 == upwards)
            .toArray();
    if (members.length == 0) {
      return;
    }
    double[] chosen = IntStream.of(members).mapToDouble(k -> omegas[k]).toArray();
    double[] values = new HestonIntegral(this, expiry, chosen, variance, components).integrate();
    for (int i = 0; i < members.length; i++) {
      System.arraycopy(values, components * i, integrals, components * members[i], components);
    }
  }

  /** Equations 5 to 8 of docs/derivations/heston-semi-analytic.md. */
  private static HestonPrice assemble(
      EuropeanOption option,
      double forward,
      double discountFactor,
      double variance,
      double[] integrals,
      int at) {
    double strike = option.strike();
    double deviation = Math.sqrt(variance);
    double d1 = StrictMath.log(forward / strike) / deviation + 0.5 * deviation;
    int sign = option.type().sign();
    double scale = discountFactor * Math.sqrt(forward * strike) / Math.PI;
    double value = integrals[at];
    double slope = integrals[at + 6];
    double curvature = integrals[at + 7];
    return new HestonPrice(
        discountFactor * BlackScholes.black(option, forward, deviation) - scale * value,
        discountFactor * sign * Normal.cdf(sign * d1) - scale / forward * (0.5 * value + slope),
        discountFactor * Normal.density(d1) / (forward * deviation)
            + scale / (forward * forward) * curvature,
        -scale * integrals[at + 1],
        -scale * integrals[at + 2],
        -scale * integrals[at + 3],
        -scale * integrals[at + 4],
        -scale * integrals[at + 5]);
  }
}
