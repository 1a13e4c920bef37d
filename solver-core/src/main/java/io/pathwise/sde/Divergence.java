package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.LinearSolve;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Kullback-Leibler divergence of the law of an equation from that of another one with the same
 * diffusion g, along its paths: an extra state with drift |u|^2 / 2, where g u = f - h for the
 * drifts f of the equation and h of the other (Li, Wong, Chen and Duvenaud 2020, "Scalable
 * gradients for stochastic differential equations", section 5). Its mean at a time is the
 * divergence up to then; differences of it are the divergence of an interval.
 */
public final class Divergence {

  /** The name of the extra state. */
  public static final String STATE = "logqp";

  private Divergence() {}

  /**
   * The equation with the divergence from a prior as its last state.
   *
   * <p>For diagonal noise u = (f - h) / g, elementwise, and the extra state has a channel of its
   * own that does nothing. Otherwise u is the least-squares solution of g u = f - h (of least norm
   * where there are more channels than states): g must have full column or full row rank, and at
   * most {@link LinearSolve#LARGEST} of the lesser of n and m. Jumps are those of both laws alike.
   *
   * @param sde the equation, the posterior
   * @param prior h, a vector of n that reads what the drift may read
   * @throws IllegalArgumentException if the shape of the prior is not that of the drift, a state
   *     has the name of the extra one, g is too large, or noise that is not Brownian moves the
   *     equation beside its jumps
   */
  public static Sde from(Sde sde, Expr prior) {
    return from(sde, prior, Expr.ZERO);
  }

  /**
   * The equation with the divergence from a prior as its last state, where the laws of the initial
   * values differ too.
   *
   * @param start the divergence of the initial law from the prior's, a scalar of what initial
   *     values may read
   */
  public static Sde from(Sde sde, Expr prior, Expr start) {
    int n = sde.states().size();
    if (!prior.shape().equals(Shape.vector(n))) {
      throw new IllegalArgumentException(
          sde.name() + ": prior drift is a " + prior.shape() + ", expected a vector " + n);
    }
    if (sde.states().contains(STATE) || sde.observables().containsKey(STATE)) {
      throw new IllegalArgumentException(
          sde.name() + ": " + STATE + " is a state or observable, expected another name");
    }
    if (sde.capability(FractionalDriver.class).isPresent()
        || sde.capability(GammaSubordination.class).isPresent()) {
      throw new IllegalArgumentException(
          sde.name()
              + ": the divergence along fractional noise or a gamma clock is not that of drifts"
              + " alone, expected Brownian noise");
    }
    boolean diagonal = sde.noise() == NoiseType.DIAGONAL;
    Expr gap = sde.drift().minus(prior);
    Expr u = diagonal ? gap.over(sde.diffusion()) : pseudoInverse(sde, gap);
    Expr rate = u.dot(u).times(0.5);
    Map<Expr, Expr> widened = Map.of(sde.state(), Sde.state(n + 1).slice(0, Shape.vector(n)));
    Map<String, Expr> observables = new LinkedHashMap<>();
    sde.observables().forEach((name, value) -> observables.put(name, widen(value, widened)));
    observables.put(STATE, Sde.state(n + 1).get(n));
    int m = sde.channels();
    Expr still = Expr.vector(new double[diagonal ? 1 : m]);
    List<String> states = new ArrayList<>(sde.states());
    states.add(STATE);
    return new Sde(
        sde.name(),
        sde.calculus(),
        sde.noise(),
        states,
        diagonal ? m + 1 : m,
        sde.parameters(),
        Expr.concat(List.of(sde.initial(), start)),
        widen(Expr.concat(List.of(sde.drift(), rate)), widened),
        widen(Expr.concat(List.of(sde.diffusion(), still)), widened)
            .reshape(diagonal ? Shape.vector(n + 1) : Shape.matrix(n + 1, m)),
        observables,
        List.of(),
        sde.jumps().stream().map(jump -> widen(jump, widened)).toList());
  }

  private static Expr widen(Expr value, Map<Expr, Expr> widened) {
    return Graph.substitute(value, widened);
  }

  /** The same jump, at which the divergence stays. */
  private static JumpTerm widen(JumpTerm jump, Map<Expr, Expr> widened) {
    Expr amplitude = Expr.concat(List.of(widen(jump.amplitude(), widened), Expr.ZERO));
    return new JumpTerm(
        jump.name(), widen(jump.intensity(), widened), jump.bound(), jump.marks(), amplitude);
  }

  /** The least-squares solution u of g u = gap, of least norm: a vector of m. */
  private static Expr pseudoInverse(Sde sde, Expr gap) {
    int n = sde.states().size();
    int m = sde.channels();
    boolean tall = n >= m;
    List<Expr> vectors = new ArrayList<>();
    for (int k = 0; k < Math.min(n, m); k++) {
      vectors.add(tall ? sde.channel(k) : sde.diffusion().slice(k * m, Shape.vector(m)));
    }
    int rank = vectors.size();
    Expr[][] gram = new Expr[rank][rank];
    Expr[] right = new Expr[rank];
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < rank; j++) {
        gram[i][j] = vectors.get(i).dot(vectors.get(j));
      }
      right[i] = tall ? vectors.get(i).dot(gap) : gap.get(i);
    }
    Expr[] solution = LinearSolve.solvePositiveDefinite(gram, right);
    if (tall) {
      return Expr.concat(List.of(solution)).reshape(Shape.vector(rank));
    }
    Expr u = Expr.ZERO;
    for (int k = 0; k < rank; k++) {
      u = u.plus(vectors.get(k).times(solution[k]));
    }
    return u;
  }
}
