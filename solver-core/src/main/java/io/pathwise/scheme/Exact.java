package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.ExactTransition;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The transition law of an equation that knows it ({@link ExactTransition}): no error in law at any
 * step size. Steps serve the times that are read and path-dependent payoffs alone.
 */
public final class Exact implements Scheme {

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public String description() {
    return "the known transition law (Brownian motion with drift, geometric, Ornstein-Uhlenbeck,"
        + " Cox-Ingersoll-Ross and what else a model knows): exact in law for any step";
  }

  /** That of the path it shares with other schemes through the increments; its law is exact. */
  @Override
  public double strongOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.allOf(Calculus.class);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Optional<String> missingStructure(Sde sde) {
    return sde.capability(ExactTransition.class).isPresent()
        ? Optional.empty()
        : Optional.of("a known transition law (ExactTransition)");
  }

  @Override
  public Optional<String> misfit(Sde sde, Map<String, Double> parameters) {
    return sde.capability(ExactTransition.class)
        .flatMap(ExactTransition::range)
        .flatMap(range -> range.problem(parameters))
        .map(problem -> "scheme exact: " + problem + "; euler runs at any");
  }

  /** Normals beside those of the Brownian path are drawn anew when a step is tried again. */
  @Override
  public boolean adaptive(Sde sde) {
    return transition(sde).normals() == 0;
  }

  @Override
  public int extraNormals(Sde sde) {
    return transition(sde).normals();
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return transition(sde).next(sde, Step.DT, step.dW(), step.extra());
  }

  private ExactTransition transition(Sde sde) {
    return sde.capability(ExactTransition.class)
        .orElseThrow(() -> new IllegalArgumentException(Misfit.message(this, sde)));
  }
}
