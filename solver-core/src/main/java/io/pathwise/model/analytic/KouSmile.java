package io.pathwise.model.analytic;

import java.util.List;

/** Kou's double exponential jump diffusion (Kou 2002) for the options of one expiry. */
final class KouSmile implements SmileModel {
  @Override
  public String name() {
    return "kou";
  }

  @Override
  public List<String> parameters() {
    return List.of("sigma", "lambda", "p", "eta1", "eta2");
  }

  @Override
  public Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    KouAnalytic model = new KouAnalytic(values[0], values[1], values[2], values[3], values[4]);
    return StripIntegral.smile(new Law(model, expiry), options, forward, discountFactor, expiry);
  }

  private record Law(KouAnalytic model, double expiry) implements ParametricLaw {
    @Override
    public Complex[] exponent(double u) {
      Complex s = LogPriceLaw.argument(u);
      double p = model.p();
      double lambda = model.lambda();
      double eta1 = model.eta1();
      double eta2 = model.eta2();
      Complex diffusion = s.square().minus(s);
      Complex above = s.negate().plus(eta1).reciprocal();
      Complex below = s.plus(eta2).reciprocal();
      Complex up = above.times(eta1).minus(s.times(eta1 / (eta1 - 1)));
      Complex down = below.times(eta2).minus(s.times(eta2 / (eta2 + 1)));
      Complex perJump = up.times(p).plus(down.times(1 - p)).plus(s).plus(-1);
      double square1 = (eta1 - 1) * (eta1 - 1);
      double square2 = (eta2 + 1) * (eta2 + 1);
      Complex alongEta1 = s.times(above.square().negate().plus(1 / square1));
      Complex alongEta2 = s.times(below.square().plus(-1 / square2));
      double variance = model.sigma() * model.sigma();
      return new Complex[] {
        diffusion.times(0.5 * variance).plus(perJump.times(lambda)).times(expiry),
        diffusion.times(model.sigma() * expiry),
        perJump.times(expiry),
        up.minus(down).times(lambda * expiry),
        alongEta1.times(lambda * p * expiry),
        alongEta2.times(lambda * (1 - p) * expiry)
      };
    }

    @Override
    public double variance() {
      double square =
          2 * model.p() / (model.eta1() * model.eta1())
              + 2 * (1 - model.p()) / (model.eta2() * model.eta2());
      return expiry * (model.sigma() * model.sigma() + model.lambda() * square);
    }
  }
}
