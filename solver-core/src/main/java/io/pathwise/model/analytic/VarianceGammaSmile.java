package io.pathwise.model.analytic;

import java.util.List;

/** Variance gamma (Madan, Carr and Chang 1998) for the options of one expiry. */
final class VarianceGammaSmile implements SmileModel {
  @Override
  public String name() {
    return "variance-gamma";
  }

  @Override
  public List<String> parameters() {
    return List.of("sigma", "nu", "theta");
  }

  @Override
  public Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    VarianceGammaAnalytic model = new VarianceGammaAnalytic(values[0], values[1], values[2]);
    return StripIntegral.smile(new Law(model, expiry), options, forward, discountFactor, expiry);
  }

  private record Law(VarianceGammaAnalytic model, double expiry) implements ParametricLaw {
    @Override
    public Complex[] exponent(double u) {
      Complex s = LogPriceLaw.argument(u);
      double nu = model.nu();
      double half = 0.5 * model.sigma() * model.sigma();
      double mean = model.theta() + half;
      Complex growth = s.times(model.theta()).plus(s.square().times(half));
      double rm = 1 / (1 - nu * mean);
      Complex rg = growth.times(-nu).plus(1).reciprocal();
      Complex value =
          s.times(StrictMath.log1p(-nu * mean)).minus(growth.times(-nu).log1p()).times(expiry / nu);
      Complex slope = growth.times(rg).minus(s.times(mean * rm)).times(expiry);
      return new Complex[] {
        value,
        s.times(s.times(rg).plus(-rm)).times(model.sigma() * expiry),
        slope.minus(value).times(1 / nu),
        s.times(rg.plus(-rm)).times(expiry)
      };
    }

    @Override
    public double variance() {
      return expiry * (model.sigma() * model.sigma() + model.theta() * model.theta() * model.nu());
    }
  }
}
