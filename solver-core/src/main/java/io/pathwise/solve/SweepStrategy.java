package io.pathwise.solve;

import io.pathwise.adjoint.Backsolve;
import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Scalarise;
import io.pathwise.kernel.Backward;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.Exact;
import io.pathwise.scheme.HestonQe;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;

/** Makes of a run that is swept backward what its gradient method asks for. */
final class SweepStrategy {
  private SweepStrategy() {}

  /**
   * The run whose sweeps go backward as asked for; the run itself where nothing is swept. To be
   * called after all that changes the program.
   *
   * @throws IllegalArgumentException if the gradient memory is too small, or the method does not
   *     fit what an estimator made of the program
   */
  static PathRun of(PathRun plain, SimulationRequest request) {
    if (!plain.program().swept()) {
      return plain;
    }
    PathRun run = JoinedSources.of(plain);
    PathProgram program = run.program();
    Differentiation asked = request.differentiation();
    if (goesBack(asked.method())) {
      Backward way = way(program, request);
      GradientChoice choice = GradientChoice.of(asked, 0);
      return run.with(program.backward(way), run.schedule()).with(choice);
    }
    ProgramFragments fragments = new ProgramFragments(program);
    PathRun storing = run.with(GradientChoice.NONE);
    PathRun chosen = run.with(GradientChoice.of(asked, new Itinerary(storing, fragments).bytes()));
    new Itinerary(chosen, fragments);
    return chosen;
  }

  private static boolean goesBack(GradientMethod method) {
    return method == GradientMethod.REVERSIBLE || method == GradientMethod.BACKSOLVE;
  }

  private static Backward way(PathProgram program, SimulationRequest request) {
    Sde sde = request.sde();
    Scheme scheme = request.scheme();
    int states = sde.states().size() + scheme.auxiliaries(sde).size();
    if (program.states() != states) {
      throw new IllegalArgumentException(
          "gradient method "
              + request.differentiation().method().key()
              + " of a path with "
              + (program.states() - states)
              + " states beside those of "
              + sde.name()
              + ", expected none: antithetic paths, importance sampling and watches of every step"
              + " need stored or checkpointed");
    }
    if (request.differentiation().method() == GradientMethod.BACKSOLVE
        && !sde.parameters().containsAll(program.gradient())) {
      throw new IllegalArgumentException(
          "gradient method backsolve in "
              + program.gradient()
              + ", expected parameters of "
              + sde.name()
              + ": "
              + sde.parameters()
              + "; derivatives in time and in nodes of curves need stored or checkpointed");
    }
    if (request.differentiation().method() == GradientMethod.BACKSOLVE
        && !program.recurrences().isEmpty()) {
      throw new IllegalArgumentException(
          "gradient method backsolve of paths that recurrences precede, expected stored or"
              + " checkpointed");
    }
    Step step = Tracer.step(sde, scheme);
    return request.differentiation().method() == GradientMethod.REVERSIBLE
        ? Backward.undoing(Scalarise.scalars(List.of(scheme.inverse(sde, step).orElseThrow())))
        : followed(Backsolve.of(sde, step, program.gradient()), sde.states().size(), states);
  }

  /** A way backward for the first states alone: the others stay, and nothing depends on them. */
  private static Backward followed(Backward way, int n, int all) {
    List<Expr> state = new ArrayList<>(way.state());
    List<Expr> adjoint = new ArrayList<>(way.adjoint());
    for (int i = n; i < all; i++) {
      state.add(PathProgram.state(i));
      adjoint.add(Expr.ZERO);
    }
    return new Backward(state, adjoint, way.bars());
  }

  /** Why a gradient method does not fit what is simulated; empty where it does. */
  static List<String> problems(
      Sde sde, Scheme scheme, List<Claim> claims, List<String> gradient, GradientMethod method) {
    List<String> problems = new ArrayList<>();
    if (gradient.isEmpty() || !goesBack(method) || !scheme.supports(sde)) {
      return problems;
    }
    String what = "gradient method " + method.key() + " ";
    if (!sde.jumps().isEmpty()) {
      problems.add(what + "with jumps, which are not undone: expected stored or checkpointed");
    }
    for (Claim claim : claims) {
      if (claim.watches().stream().anyMatch(Watch::everyStep)) {
        problems.add(
            what
                + "of claim "
                + claim.id()
                + ", whose watch of every step is not undone: expected stored or checkpointed");
      }
    }
    if (method == GradientMethod.REVERSIBLE) {
      if (scheme.inverse(sde, Tracer.step(sde, scheme)).isEmpty()) {
        problems.add(
            what
                + "with scheme "
                + scheme.name()
                + ", whose steps are not undone: expected one of "
                + Schemes.all().stream()
                    .filter(other -> other.supports(sde) || other.supports(converted(sde)))
                    .filter(other -> other.inverse(sde, Tracer.step(sde, other)).isPresent())
                    .map(Scheme::name)
                    .toList());
      }
      return problems;
    }
    if (!(scheme.strongOrder(sde.noise()) > 0)
        || scheme.extraNormals(sde) > 0
        || scheme instanceof Exact
        || scheme instanceof HestonQe) {
      problems.add(
          what
              + "with scheme "
              + scheme.name()
              + ", whose paths do not follow the Brownian path: expected a scheme with a strong"
              + " order, such as euler or heun");
    }
    if (sde.capability(FractionalDriver.class).isPresent()) {
      problems.add(
          what + "of a fractional equation, expected a Brownian one, or stored or checkpointed");
    }
    return problems;
  }

  private static Sde converted(Sde sde) {
    return sde.calculus() == Calculus.ITO ? sde.toStratonovich() : sde.toIto();
  }
}
