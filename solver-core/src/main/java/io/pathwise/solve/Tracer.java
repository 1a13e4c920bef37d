package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.CoarseGrid;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.noise.BrownianStep;
import io.pathwise.noise.LevyTerm;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.scheme.Auxiliary;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Step;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records what an equation and a scheme compute as the program of one path. */
public final class Tracer {

  /** The square root of the step size: what scales a normal to a Brownian increment. */
  private static final Expr SQRT_DT = Expr.leaf(Leaf.STEP, "sqrtDt");

  private Tracer() {}

  /**
   * The program of an equation without jumps under a scheme.
   *
   * @param gradient the parameters to differentiate in, in order; empty for none
   * @param noiseSets 1 for steps of the grid, 2 for those of a {@link CoarseGrid}
   * @throws IllegalArgumentException if the scheme does not fit the equation, or it has jumps
   */
  public static PathProgram trace(
      Sde sde,
      Scheme scheme,
      Precision precision,
      List<String> gradient,
      int noiseSets,
      List<Functional> functionals,
      List<Output> outputs) {
    return trace(
        sde, scheme, precision, gradient, noiseSets, List.of(), List.of(), functionals, outputs);
  }

  /**
   * The program of an equation under a scheme, with functionals that are updated after every step:
   * they follow the states and the scheme's auxiliaries in the state of the program, in order.
   *
   * @param mostJumps for each compound Poisson term, the most jumps that a step makes room for
   * @param everyStep the functionals with a value each, that is the name of an input tells the
   *     functional too
   * @throws IllegalArgumentException if the scheme does not fit the equation, or the derivatives do
   *     not fit its jumps
   */
  static PathProgram trace(
      Sde sde,
      Scheme scheme,
      Precision precision,
      List<String> gradient,
      int noiseSets,
      List<Integer> mostJumps,
      List<Functional> everyStep,
      List<Functional> functionals,
      List<Output> outputs) {
    scheme.requireSupport(sde);
    GridJumps.requireSupport(sde, scheme, gradient);
    Draws draws = draws(sde, scheme, jumps(sde, mostJumps));
    Expr next = draws.jumped(sde.state(), scheme.step(sde, draws.step(noiseSets)), noiseSets);
    List<String> names = new ArrayList<>(sde.states());
    List<Expr> initial = new ArrayList<>(List.of(sde.initial()));
    for (Auxiliary auxiliary : scheme.auxiliaries(sde)) {
      names.add(auxiliary.name());
      initial.add(auxiliary.initial());
    }
    List<Expr> after = new ArrayList<>(Scalarise.scalars(List.of(next)));
    for (Functional functional : everyStep) {
      Expr value = PathProgram.state(names.size());
      names.add(functional.name());
      initial.add(Expr.of(functional.initial().get(0)));
      after.add(stepped(functional, value, sde.states().size(), after));
    }
    return new PathProgram(
        precision,
        gradient,
        names,
        draws.normals(),
        noiseSets,
        Scalarise.scalars(initial),
        after,
        functionals.stream()
            .map(f -> new Functional(f.name(), f.initial(), Scalarise.scalars(f.update())))
            .toList(),
        outputs.stream().map(Tracer::scalar).toList());
  }

  /** The symbols of a step of the grid, as the program of an equation without jumps has them. */
  static Step step(Sde sde, Scheme scheme) {
    return draws(sde, scheme, List.of()).step(1);
  }

  private static Draws draws(Sde sde, Scheme scheme, List<GridTerm> jumps) {
    return new Draws(sde.channels(), scheme.levyTerms(sde), scheme.extraNormals(sde), jumps);
  }

  /**
   * The normals that a step draws.
   *
   * @param channels Brownian channels
   * @param terms what is asked for beside their increments
   * @param extra independent normals, after those
   * @param jumps the jumps, whose normals are the last
   */
  private record Draws(int channels, Set<LevyTerm> terms, int extra, List<GridTerm> jumps) {

    int normals() {
      return diffusive() + jumps.stream().mapToInt(GridTerm::normals).sum();
    }

    private int diffusive() {
      return BrownianStep.normals(channels, terms) + extra;
    }

    /**
     * The state after the jumps of a step, or of both fine steps that it spans: their law is then
     * that of a step of the whole size, so that the levels of multilevel Monte Carlo agree in law.
     */
    Expr jumped(Expr start, Expr before, int noiseSets) {
      Expr y = before;
      Expr middle = Sde.TIME.plus(Step.DT.times(0.5));
      for (int set = 0; set < noiseSets && !jumps.isEmpty(); set++) {
        String root = set == 0 ? CoarseGrid.FIRST_ROOT : CoarseGrid.SECOND_ROOT;
        Expr dt = noiseSets == 1 ? Step.DT : Expr.leaf(Leaf.STEP, root).square();
        int next = diffusive();
        for (GridTerm jump : jumps) {
          Expr z = PathProgram.noise(set, normals()).slice(next, Shape.vector(jump.normals()));
          y = jump.after(start, y, middle, dt, z);
          next += jump.normals();
        }
      }
      return y;
    }

    Step step(int noiseSets) {
      if (noiseSets == 1) {
        return new Step(brownian(0, Step.DT, SQRT_DT), extra(0));
      }
      Expr firstRoot = Expr.leaf(Leaf.STEP, CoarseGrid.FIRST_ROOT);
      Expr secondRoot = Expr.leaf(Leaf.STEP, CoarseGrid.SECOND_ROOT);
      BrownianStep first = brownian(0, firstRoot.square(), firstRoot);
      BrownianStep second = brownian(1, secondRoot.square(), secondRoot);
      return new Step(first.then(second, Step.DT), ofEither(firstRoot));
    }

    private BrownianStep brownian(int set, Expr dt, Expr root) {
      return BrownianStep.of(PathProgram.noise(set, normals()), channels, terms, dt, root);
    }

    private Expr extra(int set) {
      return extra == 0
          ? null
          : PathProgram.noise(set, normals()).slice(diffusive() - extra, Shape.vector(extra));
    }

    /** Those of the first fine step, or of the second where the first is not in the step. */
    private Expr ofEither(Expr firstRoot) {
      if (extra == 0) {
        return null;
      }
      Expr inFirst = firstRoot.above(Expr.ZERO);
      return extra(0).times(inFirst).plus(extra(1).times(Expr.ONE.minus(inFirst)));
    }
  }

  private static List<GridTerm> jumps(Sde sde, List<Integer> most) {
    if (most.size() != sde.jumps().size()) {
      throw new IllegalArgumentException(
          sde.name() + " has " + sde.jumps().size() + " jump terms, not " + most.size());
    }
    List<GridTerm> jumps = new ArrayList<>();
    for (int j = 0; j < most.size(); j++) {
      jumps.add(new GridJumps(sde.jumps().get(j), sde.states().size(), most.get(j)));
    }
    sde.capability(GammaSubordination.class).ifPresent(term -> jumps.add(new GridGamma(term)));
    return jumps;
  }

  /** The value of a functional after a step from a state to another, whose scalars are given. */
  static Expr stepped(Functional functional, Expr value, int states, List<Expr> after) {
    Map<Expr, Expr> leaves = new HashMap<>();
    leaves.put(Functional.VALUE, value);
    for (int i = 0; i < states; i++) {
      leaves.put(PathProgram.state(i), after.get(i));
      leaves.put(Scalarise.element(Functional.previous(states), i), PathProgram.state(i));
    }
    return Graph.substitute(scalar(functional.update().get(0)), leaves);
  }

  private static Output scalar(Output output) {
    return new Output(
        output.name(),
        output.slots(),
        scalar(output.value()),
        output.differentiated(),
        Scalarise.scalars(output.tangents()));
  }

  private static Expr scalar(Expr expr) {
    return Scalarise.scalars(List.of(expr)).get(0);
  }
}
