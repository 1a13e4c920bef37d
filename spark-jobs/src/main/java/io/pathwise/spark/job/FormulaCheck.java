package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Formula;
import io.pathwise.expr.FormulaException;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.sde.Marks;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the formulas of an equation: they parse, they read what they may read, and they are finite
 * at time 0.
 */
final class FormulaCheck {
  private static final double FIRST_DAY = 1 / 365.0;

  private final Problems problems;
  private final NoiseType noise;
  private final Map<String, Expr> constants = new HashMap<>();
  private final Map<String, Expr> symbols = new HashMap<>();
  private final Map<String, Double> point = new HashMap<>();
  private final Map<String, Double> start = new LinkedHashMap<>();

  FormulaCheck(
      Problems problems,
      NoiseType noise,
      Map<String, Double> parameters,
      Map<String, ZeroCurve> curves,
      List<String> states) {
    this.problems = problems;
    this.noise = noise;
    parameters.forEach(
        (name, value) -> {
          constants.put(name, Expr.param(name));
          if (!value.isNaN()) {
            point.put(name, value);
          }
        });
    symbols.putAll(constants);
    symbols.put("t", Sde.TIME);
    point.put(Sde.TIME.name(), 0.0);
    curves.forEach(
        (name, curve) -> {
          symbols.put(name, Sde.curve(name));
          point.put(Sde.curve(name).name(), curve.forward(0, FIRST_DAY));
        });
    states.forEach(state -> symbols.put(state, placeholder(state)));
  }

  /** A leaf of its own for a state, so that it is seen which states a formula reads. */
  private static Expr placeholder(String state) {
    return Expr.leaf(Leaf.LANE, "state " + state);
  }

  /** Checks an initial value, which may read parameters, and keeps it as the point of the rest. */
  void initial(String path, ConfigValue value, String state) {
    Optional<Expr> formula = parse(path, value, constants);
    if (formula.filter(this::known).isPresent()) {
      double number = evaluate(formula.get());
      start.put(state, number);
      point.put(placeholder(state).name(), number);
      requireFinite(path, value, number, "at the given parameters");
    }
  }

  /** Checks the drift of a state. */
  void drift(String path, ConfigValue value) {
    parse(path, value, symbols).ifPresent(formula -> atStart(path, value, formula));
  }

  /** Checks the diffusion of a state in one channel. */
  void diffusion(String path, ConfigValue value, String state) {
    Optional<Expr> parsed = parse(path, value, symbols);
    if (parsed.isEmpty()) {
      return;
    }
    List<String> reads =
        Graph.leaves(List.of(parsed.get())).stream()
            .filter(leaf -> leaf.leaf() == Leaf.LANE)
            .map(leaf -> leaf.name().substring("state ".length()))
            .filter(other -> noise != NoiseType.DIAGONAL || !other.equals(state))
            .toList();
    if (noise == NoiseType.ADDITIVE && !reads.isEmpty()) {
      problems.at(path, value, "reads " + reads + ", expected no state (additive noise)");
    } else if (noise == NoiseType.DIAGONAL && !reads.isEmpty()) {
      problems.at(
          path, value, "reads " + reads + ", expected " + state + " alone (diagonal noise)");
    }
    atStart(path, value, parsed.get());
  }

  /** Checks the intensity of a jump, which is not negative. */
  void intensity(String path, ConfigValue value) {
    Optional<Expr> parsed = parse(path, value, symbols);
    if (parsed.filter(this::known).isPresent()) {
      double number = evaluate(parsed.get());
      if (!(number >= 0) || Double.isInfinite(number)) {
        problems.at(
            path,
            value,
            "is " + number + " at t = 0, " + start + ", expected a number of at least 0");
      }
    }
  }

  /** Whether a formula, which has problems already where it does not parse, reads a state. */
  boolean readsState(ConfigValue value) {
    try {
      return Formula.parse(value.unwrapped().toString(), symbols).varying();
    } catch (FormulaException known) {
      return false;
    }
  }

  /** Checks a formula of the parameters. */
  void constant(String path, ConfigValue value) {
    Optional<Expr> parsed = parse(path, value, constants);
    if (parsed.filter(this::known).isPresent()) {
      requireFinite(path, value, evaluate(parsed.get()), "at the given parameters");
    }
  }

  /** Checks what a jump adds to a state, at a mark of 0. */
  void amplitude(String path, ConfigValue value, String mark) {
    if (symbols.containsKey(mark)) {
      problems.at(
          path,
          value,
          mark + " is the mark of the jump, expected no state or parameter of this name");
      return;
    }
    Map<String, Expr> marked = new HashMap<>(symbols);
    marked.put(mark, Marks.MARK);
    parse(path, value, marked)
        .map(formula -> Graph.substitute(formula, Map.of(Marks.MARK, Expr.ZERO)))
        .ifPresent(formula -> atStart(path, value, formula));
  }

  private Optional<Expr> parse(String path, ConfigValue value, Map<String, Expr> names) {
    boolean text =
        value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER;
    if (!text) {
      problems.at(path, value, "expected a formula");
      return Optional.empty();
    }
    try {
      return Optional.of(Formula.parse(value.unwrapped().toString(), names));
    } catch (FormulaException e) {
      problems.at(path, value, e.summary());
      return Optional.empty();
    }
  }

  private void atStart(String path, ConfigValue value, Expr formula) {
    if (known(formula)) {
      requireFinite(path, value, evaluate(formula), "at t = 0, " + start);
    }
  }

  /** Whether everything the formula reads has a value. */
  private boolean known(Expr formula) {
    return Graph.leaves(List.of(formula)).stream().allMatch(l -> point.containsKey(l.name()));
  }

  private double evaluate(Expr formula) {
    return Interpreter.evaluate(List.of(formula), point)[0];
  }

  private void requireFinite(String path, ConfigValue value, double number, String where) {
    if (!Double.isFinite(number)) {
      problems.at(path, value, "is " + number + " " + where + ", expected a finite number");
    }
  }
}
