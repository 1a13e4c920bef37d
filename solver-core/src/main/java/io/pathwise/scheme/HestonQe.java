package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.SquareRootVolatility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The quadratic-exponential scheme with martingale correction (QE-M) for equations of Heston form
 * (Andersen 2008, "Simple and efficient simulation of the Heston stochastic volatility model",
 * Journal of Computational Finance 11(3), sections 3.2 and 4): v moves by a law with the exact mean
 * and variance, a squared normal or an exponential with an atom at 0, and log S by its exact form
 * with the integral of v by the trapezoidal rule. Few steps do, at any Feller ratio.
 *
 * <p>The two normals are those of the Brownian increments, rotated, so that paths follow those of
 * other schemes.
 */
public final class HestonQe implements Scheme {
  /** Where a squared normal gives way to the exponential: any value from 1 to 2 would do. */
  private static final double SWITCH = 1.5;

  private static final double TINY = 1e-300;

  /** Keeps a mean above 0, and quotients by its fourth power finite. */
  private static final double LEAST_MEAN = 1e-50;

  /** Below this, the variance over a step has no slope: it is 0 but for {@link #LEAST_MEAN}. */
  private static final double NO_VARIANCE = 1e-40;

  /** Far below the psi of {@link #LEAST} on any grid; its normal keeps six digits. */
  private static final double LEAST_PSI = 1e-20;

  /** Below this, speed and volatility of variance count as this. */
  private static final double LEAST = 1e-6;

  @Override
  public String name() {
    return "heston-qe";
  }

  @Override
  public String description() {
    return "Quadratic-exponential, martingale-corrected, for Heston and Bates (Andersen 2008)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 0.5;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.ITO);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.of(NoiseType.GENERAL);
  }

  @Override
  public boolean supports(Sde sde) {
    return Scheme.super.supports(sde) && sde.capability(SquareRootVolatility.class).isPresent();
  }

  @Override
  public Optional<String> misfit(Sde sde) {
    return supports(sde)
        ? Optional.empty()
        : Optional.of(
            "scheme heston-qe needs an equation of Heston form, such as the models heston and"
                + " bates, which "
                + sde.name()
                + " is not known to be; schemes for it: "
                + Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList());
  }

  @Override
  public Expr step(Sde sde, Step step) {
    SquareRootVolatility model = sde.capability(SquareRootVolatility.class).orElseThrow();
    Expr dt = Step.DT;
    Expr root = dt.sqrt();
    Expr z0 = step.dW().get(0).over(root);
    Expr z1 = step.dW().get(1).over(root);
    Expr rho = model.rho();
    Expr orthogonal = Expr.ONE.minus(rho.square()).sqrt();
    Expr zv = rho.times(z0).plus(orthogonal.times(z1));
    Expr zx = orthogonal.times(z0).minus(rho.times(z1));

    Expr kappa = model.kappa().max(LEAST);
    Expr xi = model.xi().max(LEAST);
    Expr x = sde.state().get(0);
    Expr v = sde.state().get(1);
    VarianceStep variance = VarianceStep.of(v, kappa, model.theta(), xi, dt, zv);

    Expr pull = kappa.times(rho).over(xi).minus(0.5).times(dt).times(0.5);
    Expr k1 = pull.minus(rho.over(xi));
    Expr k2 = pull.plus(rho.over(xi));
    Expr k3 = Expr.ONE.minus(rho.square()).times(dt).times(0.5);
    Expr plain = kappa.times(rho).times(model.theta()).times(dt).over(xi).neg();
    Expr exponent = k2.plus(k3.times(0.5));
    Expr k0 = variance.correction(exponent, plain, k1.plus(k3.times(0.5)).times(v));
    Expr deviation = k3.times(v.plus(variance.next()).max(NO_VARIANCE)).sqrt();
    Expr nextX =
        x.plus(model.carry().times(dt))
            .plus(k0)
            .plus(k1.times(v))
            .plus(k2.times(variance.next()))
            .plus(deviation.times(zx));
    return Expr.concat(List.of(nextX, variance.next()));
  }

  /**
   * The step of the variance, equations 17 to 33 of the paper, in its notation.
   *
   * @param next the variance after the step
   * @param quadratic 1 for the squared normal, 0 for the exponential
   * @param a factor of the squared normal
   * @param b2 square of the shift of the normal
   * @param p the atom at 0
   * @param beta the rate of the exponential
   */
  private record VarianceStep(Expr next, Expr quadratic, Expr a, Expr b2, Expr p, Expr beta) {

    static VarianceStep of(Expr v, Expr kappa, Expr theta, Expr xi, Expr dt, Expr z) {
      Expr decay = kappa.times(dt).neg().exp();
      Expr growth = Expr.ONE.minus(decay);
      Expr free = theta.times(growth).plus(v.times(decay));
      Expr mean = free.max(LEAST_MEAN);
      Expr alongV = xi.square().times(decay).times(growth).over(kappa);
      Expr alongTheta = theta.times(xi.square()).times(growth.square()).over(kappa).times(0.5);
      // Where the mean is kept above 0 it has no slope; nor must its square deviation.
      Expr moves = free.above(Expr.of(LEAST_MEAN));
      Expr square = moves.select(alongV.times(v).plus(alongTheta), Expr.ZERO);
      Expr psi = square.over(mean.square()).max(LEAST_PSI);
      Expr quadratic = Expr.of(SWITCH).above(psi);

      Expr ratio = Expr.of(2).over(psi);
      Expr less = ratio.minus(1).max(0);
      Expr b2 = less.plus(ratio.sqrt().times(less.sqrt()));
      Expr a = mean.over(b2.plus(1));
      Expr squared = a.times(b2.sqrt().plus(z).square());

      Expr above = Expr.of(2).over(psi.plus(1)).min(1);
      Expr p = Expr.ONE.minus(above);
      Expr beta = above.over(mean);
      Expr upper = Expr.apply(Op.NORMAL_CDF, z.neg());
      Expr exponential = above.over(upper).log().over(beta).max(0);
      return new VarianceStep(quadratic.select(squared, exponential), quadratic, a, b2, p, beta);
    }

    /**
     * K0 that makes the price a martingale (propositions 7 to 9 of the paper); the plain K0 where
     * E[exp(A v)] is infinite.
     *
     * @param exponent A
     * @param plain K0 without correction
     * @param known (K1 + K3/2) v
     */
    Expr correction(Expr exponent, Expr plain, Expr known) {
      Expr room = Expr.ONE.minus(exponent.times(a).times(2));
      Expr safeRoom = room.max(LEAST);
      Expr quadraticLog =
          exponent.times(b2).times(a).over(safeRoom).minus(safeRoom.log().times(0.5));
      Expr distance = beta.minus(exponent);
      Expr safeDistance = distance.max(TINY);
      Expr exponentialLog = p.plus(beta.times(Expr.ONE.minus(p)).over(safeDistance)).log();
      Expr finite = quadratic.select(room, distance).above(Expr.ZERO);
      Expr corrected = quadratic.select(quadraticLog, exponentialLog).plus(known).neg();
      return finite.select(corrected, plain);
    }
  }
}
