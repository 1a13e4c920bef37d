package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.kernel.CoarseGrid;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Sde;
import java.util.List;

/** Records what an equation and a scheme compute as the program of one path. */
public final class Tracer {

  /** The square root of the step size: what scales a normal to a Brownian increment. */
  private static final Expr SQRT_DT = Expr.leaf(Leaf.STEP, "sqrtDt");

  private Tracer() {}

  /**
   * The program of an equation under a scheme.
   *
   * @param gradient the parameters to differentiate in, in order; empty for none
   * @param noiseSets 1 for steps of the grid, 2 for those of a {@link CoarseGrid}
   * @throws IllegalArgumentException if the scheme does not fit the equation
   */
  public static PathProgram trace(
      Sde sde,
      Scheme scheme,
      Precision precision,
      List<String> gradient,
      int noiseSets,
      List<Functional> functionals,
      List<Output> outputs) {
    scheme.requireSupport(sde);
    Expr next = scheme.step(sde, new Step(increments(sde.channels(), noiseSets)));
    return new PathProgram(
        precision,
        gradient,
        sde.states(),
        sde.channels(),
        noiseSets,
        Scalarise.scalars(List.of(sde.initial())),
        Scalarise.scalars(List.of(next)),
        functionals.stream()
            .map(f -> new Functional(f.name(), f.initial(), scalar(f.update())))
            .toList(),
        outputs.stream()
            .map(o -> new Output(o.name(), o.slots(), scalar(o.value()), o.differentiated()))
            .toList());
  }

  private static Expr increments(int channels, int noiseSets) {
    Expr first = PathProgram.noise(0, channels);
    if (noiseSets == 1) {
      return first.times(SQRT_DT);
    }
    return first
        .times(Expr.leaf(Leaf.STEP, CoarseGrid.FIRST_ROOT))
        .plus(PathProgram.noise(1, channels).times(Expr.leaf(Leaf.STEP, CoarseGrid.SECOND_ROOT)));
  }

  private static Expr scalar(Expr expr) {
    return Scalarise.scalars(List.of(expr)).get(0);
  }
}
