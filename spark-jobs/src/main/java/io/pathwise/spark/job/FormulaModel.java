package io.pathwise.spark.job;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Formula;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An equation written in the job file. States stand in alphabetical order, whatever the order of
 * the file: HOCON objects have none, and the order decides which Brownian channel drives a state of
 * diagonal noise.
 *
 * @param calculus how the integral is read
 * @param noise the structure of the diffusion
 * @param parameters the values of the scalar parameters
 * @param curves the term structures, each in place of a parameter
 * @param states the initial value of each state: a formula of the parameters
 * @param drift the drift of each state: a formula of t, the states and the parameters
 * @param diffusion the diffusion of each state: one formula a Brownian channel; with diagonal noise
 *     a single formula, of that state alone
 * @param jumps the compound Poisson terms
 */
public record FormulaModel(
    Calculus calculus,
    NoiseType noise,
    Map<String, Double> parameters,
    Map<String, ZeroCurve> curves,
    Map<String, String> states,
    Map<String, String> drift,
    Map<String, List<String>> diffusion,
    List<JumpSpec> jumps)
    implements ModelSpec {

  /** The type's name in job files. */
  static final String TYPE = "formula";

  /** Copies the maps, which all have the states as keys, in the same order. */
  public FormulaModel {
    parameters = Ordered.copy(parameters);
    curves = Ordered.copy(curves);
    states = Ordered.copy(states);
    drift = Ordered.copy(drift);
    diffusion = Ordered.copy(diffusion);
    jumps = List.copyOf(jumps);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** The names of the states, in the order of the state vector. */
  public List<String> stateNames() {
    return List.copyOf(states.keySet());
  }

  @Override
  public Sde sde() {
    List<String> names = stateNames();
    int n = names.size();
    Map<String, Expr> constants = new HashMap<>();
    parameters.keySet().forEach(p -> constants.put(p, Expr.param(p)));
    Map<String, Expr> symbols = new HashMap<>(constants);
    symbols.put("t", Sde.TIME);
    curves.keySet().forEach(c -> symbols.put(c, Sde.curve(c)));
    Map<String, Expr> observables = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      Expr state = Sde.state(n).get(i);
      symbols.put(names.get(i), state);
      observables.put(names.get(i), state);
    }
    List<Expr> start = new ArrayList<>();
    List<Expr> f = new ArrayList<>();
    List<Expr> g = new ArrayList<>();
    for (String state : names) {
      start.add(Formula.parse(states.get(state), constants));
      f.add(Formula.parse(drift.get(state), symbols));
      diffusion.get(state).forEach(text -> g.add(Formula.parse(text, symbols)));
    }
    boolean diagonal = noise == NoiseType.DIAGONAL;
    int channels = diagonal ? n : g.size() / n;
    return new Sde(
        TYPE,
        calculus,
        noise,
        names,
        channels,
        parameterNames(),
        vector(start),
        vector(f),
        diagonal ? vector(g) : Expr.concat(g).reshape(Shape.matrix(n, channels)),
        observables,
        List.of(),
        jumps.stream().map(jump -> jump.term(constants, symbols, names)).toList());
  }

  private static Expr vector(List<Expr> scalars) {
    return Expr.concat(scalars).reshape(Shape.vector(scalars.size()));
  }
}
