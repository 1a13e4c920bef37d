package io.pathwise.model.analytic;

import java.util.List;

/** Merton's jump diffusion (Merton 1976) from its characteristic function, with derivatives. */
final class MertonSmile implements SmileModel {
  @Override
  public String name() {
    return "merton";
  }

  @Override
  public List<String> parameters() {
    return List.of("sigma", "lambda", "mu-j", "sigma-j");
  }

  @Override
  public Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    MertonAnalytic model = new MertonAnalytic(values[0], values[1], values[2], values[3]);
    return StripIntegral.smile(new Law(model, expiry), options, forward, discountFactor, expiry);
  }

  /**
   * What jumps add to the exponent a year and its derivatives in lambda, mu-j and sigma-j: lambda
   * (E[exp(s J)] - 1 - s E[exp(J) - 1]).
   */
  static Complex[] jumps(Complex s, double lambda, double muJ, double sigmaJ) {
    Complex perJump = MertonAnalytic.jumpExponent(s, 1, muJ, sigmaJ);
    Complex transform = s.times(muJ).plus(s.square().times(0.5 * sigmaJ * sigmaJ)).exp();
    double mean = StrictMath.exp(muJ + 0.5 * sigmaJ * sigmaJ);
    Complex first = s.times(transform.plus(-mean));
    Complex second = s.times(s.times(transform).plus(-mean));
    return new Complex[] {
      perJump.times(lambda), perJump, first.times(lambda), second.times(lambda * sigmaJ)
    };
  }

  private record Law(MertonAnalytic model, double expiry) implements ParametricLaw {
    @Override
    public Complex[] exponent(double u) {
      Complex s = LogPriceLaw.argument(u);
      Complex diffusion = s.square().minus(s);
      Complex[] jumps = jumps(s, model.lambda(), model.muJ(), model.sigmaJ());
      double variance = model.sigma() * model.sigma();
      return new Complex[] {
        diffusion.times(0.5 * variance).plus(jumps[0]).times(expiry),
        diffusion.times(model.sigma() * expiry),
        jumps[1].times(expiry),
        jumps[2].times(expiry),
        jumps[3].times(expiry)
      };
    }

    @Override
    public double variance() {
      double square = model.muJ() * model.muJ() + model.sigmaJ() * model.sigmaJ();
      return expiry * (model.sigma() * model.sigma() + model.lambda() * square);
    }
  }
}
