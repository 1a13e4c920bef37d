package io.pathwise.model.analytic;

import java.util.List;
import java.util.Optional;

/**
 * A model whose European options have semi-analytic prices with exact derivatives in its
 * parameters, all strikes of an expiry in one pass: what a calibration needs.
 */
public interface SmileModel {

  /** The model's name in job files. */
  String name();

  /** The names of its parameters in job files, in the order of {@link Smile#slopes}. */
  List<String> parameters();

  /**
   * The prices of one expiry.
   *
   * @param values the parameters, in the order of {@link #parameters}
   * @param options the strikes
   * @param forward the forward price for the expiry
   * @param discountFactor present value of one unit paid at expiry
   * @param expiry years
   * @throws IllegalArgumentException when an argument is out of range; the message lists all
   * @throws ArithmeticException when an integral does not converge, which takes parameters far from
   *     any market
   */
  Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry);

  /**
   * The prices alone, which may be cheaper, and differ from those of {@link #smile} by less than
   * the quadrature's error.
   */
  default double[] prices(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return smile(values, options, forward, discountFactor, expiry).prices();
  }

  /** Every model there is. */
  static List<SmileModel> all() {
    return List.of(
        new BlackScholesSmile(),
        new HestonSmile(),
        new MertonSmile(),
        new KouSmile(),
        new BatesSmile(),
        new VarianceGammaSmile());
  }

  /** The model of a name, where it has semi-analytic prices. */
  static Optional<SmileModel> find(String name) {
    return all().stream().filter(model -> model.name().equals(name)).findFirst();
  }
}
