package io.pathwise.model.analytic;

import java.util.List;
import java.util.stream.Stream;

/** Heston's model with normal jumps (Bates 1996) for the options of one expiry. */
final class BatesSmile implements SmileModel {
  private static final int DIFFUSION = HestonSmile.PARAMETERS.size();

  @Override
  public String name() {
    return "bates";
  }

  @Override
  public List<String> parameters() {
    return Stream.concat(HestonSmile.PARAMETERS.stream(), Stream.of("lambda", "mu-j", "sigma-j"))
        .toList();
  }

  @Override
  public Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return StripIntegral.smile(law(values, expiry), options, forward, discountFactor, expiry);
  }

  @Override
  public double[] prices(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return StripIntegral.prices(law(values, expiry), options, forward, discountFactor, expiry);
  }

  private static Law law(double[] values, double expiry) {
    HestonAnalytic heston = HestonSmile.model(values);
    BatesAnalytic model =
        new BatesAnalytic(heston, values[DIFFUSION], values[DIFFUSION + 1], values[DIFFUSION + 2]);
    return new Law(model, new HestonCharacteristic(heston, expiry), expiry);
  }

  private record Law(BatesAnalytic model, HestonCharacteristic heston, double expiry)
      implements ParametricLaw {
    @Override
    public Complex[] exponent(double u) {
      HestonCharacteristic.Point point = heston.at(Complex.real(u));
      Complex[] jumps =
          MertonSmile.jumps(LogPriceLaw.argument(u), model.lambda(), model.muJ(), model.sigmaJ());
      return new Complex[] {
        point.psi().plus(jumps[0].times(expiry)),
        point.v0(),
        point.kappa(),
        point.theta(),
        point.xi(),
        point.rho(),
        jumps[1].times(expiry),
        jumps[2].times(expiry),
        jumps[3].times(expiry)
      };
    }

    @Override
    public Complex psi(double u) {
      Complex jumps =
          MertonSmile.jumps(LogPriceLaw.argument(u), model.lambda(), model.muJ(), model.sigmaJ())[
              0];
      return heston.psi(Complex.real(u)).plus(jumps.times(expiry));
    }

    @Override
    public double variance() {
      double square = model.muJ() * model.muJ() + model.sigmaJ() * model.sigmaJ();
      return model.heston().expectedTotalVariance(expiry) + model.lambda() * square * expiry;
    }
  }
}
