package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.GammaQuantile;
import io.pathwise.sde.GammaSubordination;

/** A Brownian motion on a gamma clock on a fixed grid: drift G + volatility sqrt(G) Z. */
record GridGamma(GammaSubordination term) implements GridTerm {

  @Override
  public int normals() {
    return GammaQuantile.NORMALS + 1;
  }

  @Override
  public Expr after(Expr start, Expr before, Expr middle, Expr dt, Expr z) {
    Expr clock = GammaQuantile.variable(dt.over(term.nu()), z).times(term.nu());
    Expr normal = z.get(GammaQuantile.NORMALS);
    return before
        .plus(term.drift().times(clock))
        .plus(term.volatility().times(clock.sqrt()).times(normal));
  }
}
