package io.pathwise.control;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.noise.LevyTerm;
import io.pathwise.scheme.Auxiliary;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A scheme whose paths meet a boundary: after each step of the scheme it is drawn whether the path
 * between the ends has reached the level, and when ({@link FirstPassage}, with the diffusion at the
 * start of the step). At the first passage the watched state is the level to the last bit; the
 * others are taken on the straight line between the ends.
 *
 * <p>Stopping and absorbing carry two numbers, whether the path is alive and the time so far, and
 * draw two more normals a step.
 */
public final class Bounded implements Scheme {
  private final Scheme inner;
  private final Boundary boundary;

  /** Puts a boundary around a scheme, which may have boundaries itself. */
  public Bounded(Scheme inner, Boundary boundary) {
    this.inner = inner;
    this.boundary = boundary;
  }

  /** Why paths of an equation cannot be watched at the boundaries; empty where they can. */
  public List<String> problems(Sde sde) {
    List<String> problems = new ArrayList<>(boundary.problems(sde));
    if (inner instanceof Bounded more) {
      problems.addAll(more.problems(sde));
    }
    return problems;
  }

  private boolean passes() {
    return boundary.kind() != Boundary.Kind.REFLECT;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public String description() {
    return inner.description() + "; " + boundary.kind() + " of " + boundary.state();
  }

  /** First passages at the ends of steps alone would have order 1/2; drawn between, 1. */
  @Override
  public double strongOrder(NoiseType noise) {
    return inner.strongOrder(noise);
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return Math.min(1, inner.weakOrder(noise));
  }

  @Override
  public Set<Calculus> calculi() {
    return inner.calculi();
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return inner.noiseTypes();
  }

  @Override
  public Optional<String> notOnGpu() {
    return inner.notOnGpu();
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return inner.levyTerms(sde);
  }

  @Override
  public int extraNormals(Sde sde) {
    return inner.extraNormals(sde) + (passes() ? 2 : 0);
  }

  @Override
  public List<Auxiliary> auxiliaries(Sde sde) {
    List<Auxiliary> auxiliaries = new ArrayList<>(inner.auxiliaries(sde));
    if (passes()) {
      auxiliaries.add(new Auxiliary(boundary.alive(), Expr.ONE));
      auxiliaries.add(new Auxiliary(boundary.time(), Expr.ZERO));
    }
    return auxiliaries;
  }

  @Override
  public Map<String, Expr> observables(Sde sde) {
    Map<String, Expr> observables = new LinkedHashMap<>(inner.observables(sde));
    if (passes()) {
      int first = sde.states().size() + inner.auxiliaries(sde).size();
      observables.put(boundary.alive(), state(sde).get(first));
      observables.put(boundary.time(), state(sde).get(first + 1));
    }
    return observables;
  }

  @Override
  public boolean adaptive(Sde sde) {
    return inner.adaptive(sde);
  }

  @Override
  public Scheme free() {
    return passes() ? inner.free() : this;
  }

  @Override
  public boolean supports(Sde sde) {
    return inner.supports(sde);
  }

  @Override
  public Optional<String> misfit(Sde sde) {
    return inner.misfit(sde);
  }

  @Override
  public Optional<String> misfit(Sde sde, Map<String, Double> parameters) {
    return inner.misfit(sde, parameters);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    int watched = boundary.index(sde);
    return passes() ? passage(sde, step, watched) : reflected(sde, step, watched);
  }

  private Expr reflected(Sde sde, Step step, int watched) {
    Expr after = inner.step(sde, step);
    List<Expr> next = new ArrayList<>();
    Expr direction = Expr.of(boundary.side().direction());
    for (int i = 0; i < after.shape().size(); i++) {
      Expr inside = after.get(i).minus(boundary.level()).abs();
      next.add(i == watched ? boundary.level().plus(direction.times(inside)) : after.get(i));
    }
    return Expr.concat(next).reshape(after.shape());
  }

  private Expr passage(Sde sde, Step step, int watched) {
    int drawn = inner.extraNormals(sde);
    Expr own = drawn == 0 ? null : step.extra().slice(0, Shape.vector(drawn));
    Expr after = inner.step(sde, new Step(step.brownian(), own));
    int carried = after.shape().size();
    Expr before = state(sde);
    Expr direction = Expr.of(boundary.side().direction());
    FirstPassage passage =
        FirstPassage.of(
            direction.times(before.get(watched).minus(boundary.level())).max(0),
            direction.times(after.get(watched).minus(boundary.level())),
            variance(sde, watched).times(Step.DT),
            Expr.apply(Op.NORMAL_CDF, step.extra().get(drawn)),
            step.extra().get(drawn + 1));
    Expr alive = before.get(carried);
    List<Expr> next = new ArrayList<>();
    for (int i = 0; i < carried; i++) {
      boolean here = i == watched;
      boolean ends = boundary.kind() == Boundary.Kind.STOP;
      if (!here && !ends) {
        next.add(after.get(i));
        continue;
      }
      Expr between = before.get(i).plus(passage.share().times(after.get(i).minus(before.get(i))));
      Expr moved = passage.reached().select(here ? boundary.level() : between, after.get(i));
      next.add(alive.select(moved, here ? boundary.level() : before.get(i)));
    }
    next.add(alive.times(Expr.ONE.minus(passage.reached())));
    Expr lived = passage.reached().select(passage.share(), Expr.ONE).times(Step.DT);
    next.add(before.get(carried + 1).plus(alive.select(lived, Expr.ZERO)));
    return Expr.concat(next).reshape(Shape.vector(carried + 2));
  }

  /** The instantaneous variance of the watched state: the squared norm of its row of g. */
  private static Expr variance(Sde sde, int watched) {
    if (sde.noise() == NoiseType.DIAGONAL) {
      return sde.diffusion().get(watched).square();
    }
    Expr sum = Expr.ZERO;
    for (int j = 0; j < sde.channels(); j++) {
      sum = sum.plus(sde.diffusion().get(watched, j).square());
    }
    return sum;
  }
}
