package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value as a function of one standard normal z, and its mean over z. */
sealed interface NormalLaw {

  /** Keeps quotients by a scale of 0 finite, and their second derivatives. */
  double LEAST = 1e-60;

  /** E[value]. */
  Expr mean();

  /** It does not depend on z. */
  record Free(Expr value) implements NormalLaw {
    @Override
    public Expr mean() {
      return value;
    }
  }

  /** location + scale z. */
  record Affine(Expr location, Expr scale) implements NormalLaw {
    @Override
    public Expr mean() {
      return location;
    }
  }

  /** shift + factor exp(location + scale z). */
  record Exponential(Expr shift, Expr factor, Expr location, Expr scale) implements NormalLaw {
    @Override
    public Expr mean() {
      return factor.times(location.plus(scale.square().times(0.5)).exp()).plus(shift);
    }
  }

  /** Any function of z whose mean is known. */
  record Mean(Expr mean) implements NormalLaw {}

  /**
   * The law of an expression.
   *
   * @param leaves the laws of the leaves that depend on z
   * @return empty where it is none of these
   */
  static Optional<NormalLaw> of(Expr value, Map<Expr, NormalLaw> leaves) {
    return new NormalLaws(leaves).of(value);
  }

  /** This times a value that does not depend on z. */
  default NormalLaw times(Expr c) {
    if (this instanceof Free free) {
      return new Free(free.value().times(c));
    }
    if (this instanceof Affine a) {
      return new Affine(a.location().times(c), a.scale().times(c));
    }
    if (this instanceof Exponential e) {
      return new Exponential(e.shift().times(c), e.factor().times(c), e.location(), e.scale());
    }
    return new Mean(mean().times(c));
  }

  /** This plus another function of the same z. */
  default NormalLaw plus(NormalLaw other) {
    if (this instanceof Free a && other instanceof Free b) {
      return new Free(a.value().plus(b.value()));
    }
    if (this instanceof Free) {
      return other.plus(this);
    }
    if (this instanceof Affine a && other instanceof Free b) {
      return new Affine(a.location().plus(b.value()), a.scale());
    }
    if (this instanceof Affine a && other instanceof Affine b) {
      return new Affine(a.location().plus(b.location()), a.scale().plus(b.scale()));
    }
    if (this instanceof Exponential a && other instanceof Free b) {
      return new Exponential(a.shift().plus(b.value()), a.factor(), a.location(), a.scale());
    }
    if (this instanceof Exponential a
        && other instanceof Exponential b
        && List.of(a.location(), a.scale()).equals(List.of(b.location(), b.scale()))) {
      return new Exponential(
          a.shift().plus(b.shift()), a.factor().plus(b.factor()), a.location(), a.scale());
    }
    return new Mean(mean().plus(other.mean()));
  }

  /** exp of this. */
  default Optional<NormalLaw> exp() {
    return this instanceof Affine a
        ? Optional.of(new Exponential(Expr.ZERO, Expr.ONE, a.location(), a.scale()))
        : Optional.empty();
  }

  /** log of this. */
  default Optional<NormalLaw> log() {
    return this instanceof Exponential e && e.shift().isConst(0)
        ? Optional.of(new Affine(e.factor().log().plus(e.location()), e.scale()))
        : Optional.empty();
  }

  /** P(value > 0): Bachelier's or Black's. */
  default Optional<Expr> positive() {
    if (this instanceof Affine a) {
      return Optional.of(cdf(a.location().over(size(a.scale()))));
    }
    return this instanceof Exponential e ? Optional.of(cdf(distance(e))) : Optional.empty();
  }

  /** E[max(value, 0)]: the formula of Bachelier (1900), or of Black (1976). */
  default Optional<Expr> excess() {
    if (this instanceof Affine a) {
      Expr size = size(a.scale());
      Expr d = a.location().over(size);
      Expr density = d.square().times(-0.5).exp().times(1 / StrictMath.sqrt(2 * StrictMath.PI));
      return Optional.of(a.location().times(cdf(d)).plus(size.times(density)));
    }
    if (this instanceof Exponential e) {
      Expr growing = e.location().plus(e.scale().square().times(0.5)).exp().times(e.factor());
      Expr further = distance(e).plus(sign(e.factor()).times(size(e.scale())));
      return Optional.of(growing.times(cdf(further)).plus(e.shift().times(cdf(distance(e)))));
    }
    return Optional.empty();
  }

  /** How far 0 lies from the middle, in deviations, on the side where the value is above 0. */
  private static Expr distance(Exponential e) {
    Expr level = e.shift().neg().over(e.factor()).max(1e-300).log();
    return sign(e.factor()).times(e.location().minus(level)).over(size(e.scale()));
  }

  private static Expr cdf(Expr x) {
    return Expr.apply(Op.NORMAL_CDF, x);
  }

  /** |x|, smooth and above 0. */
  private static Expr size(Expr x) {
    return x.square().plus(LEAST * LEAST).sqrt();
  }

  private static Expr sign(Expr x) {
    return x.isConst() ? Expr.of(Math.signum(x.value())) : x.over(size(x));
  }
}
