package io.pathwise.spark.job;

import com.typesafe.config.ConfigList;
import io.pathwise.control.Boundary;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Formula;
import io.pathwise.expr.FormulaException;
import io.pathwise.expr.Interpreter;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the levels that paths may not pass: {@code simulation.boundary}. */
final class BoundaryReader {
  /** The key of the section, or of a list of them. */
  static final String KEY = "boundary";

  private static final String FORM =
      "{ state = ..., level = ..., side = below | above, action = stop | absorb | reflect }";
  private static final String STATE = "state";
  private static final String LEVEL = "level";
  private static final String SIDE = "side";
  private static final String ACTION = "action";

  private BoundaryReader() {}

  /**
   * The boundaries in the order they are put around the scheme; what is wrong has become a problem.
   */
  static List<Boundary> read(Section simulation, Optional<ModelSpec> model) {
    List<Boundary> boundaries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : sections(simulation)) {
      boundary(section, model)
          .ifPresent(
              boundary -> {
                if (!names.add(boundary.alive())) {
                  section.complain(
                      ACTION, "this action has a boundary of this state already, expected one");
                }
                boundaries.add(boundary);
              });
    }
    return boundaries;
  }

  private static List<Section> sections(Section simulation) {
    if (!simulation.has(KEY)) {
      return List.of();
    }
    return simulation.value(KEY).orElseThrow() instanceof ConfigList
        ? simulation.sections(KEY, FORM)
        : simulation.section(KEY, FORM).map(List::of).orElse(List.of());
  }

  private static Optional<Boundary> boundary(Section section, Optional<ModelSpec> model) {
    int before = section.problems().count();
    Boundary.Kind kind = section.requiredChoice(ACTION, Boundary.Kind.class);
    Boundary.Side side = section.requiredChoice(SIDE, Boundary.Side.class);
    for (String key : List.of(STATE, LEVEL)) {
      if (!section.has(key)) {
        section.missing(
            key, key.equals(STATE) ? "the name of a state" : "a number or formula of parameters");
      }
    }
    Optional<String> state = section.text(STATE);
    Optional<String> text = section.text(LEVEL);
    section.finish("key of a boundary");
    if (section.problems().count() > before || model.isEmpty()) {
      return Optional.empty();
    }
    Optional<Expr> level = level(section, text.orElseThrow(), model.get());
    Optional<Sde> sde = SchemeReader.sound(model.get());
    if (level.isEmpty() || sde.isEmpty()) {
      return Optional.empty();
    }
    Boundary boundary = new Boundary(kind, state.orElseThrow(), side, level.get());
    List<String> problems = boundary.problems(sde.get());
    if (problems.isEmpty()) {
      requireInside(section, boundary, sde.get(), model.get());
    } else {
      problems.forEach(problem -> section.complain(STATE, problem));
    }
    return section.problems().count() > before ? Optional.empty() : Optional.of(boundary);
  }

  private static Optional<Expr> level(Section section, String text, ModelSpec model) {
    Map<String, Expr> constants = new HashMap<>();
    model.parameterNames().forEach(name -> constants.put(name, Expr.param(name)));
    try {
      return Optional.of(Formula.parse(text, constants));
    } catch (FormulaException e) {
      section.complain(LEVEL, e.summary());
      return Optional.empty();
    }
  }

  /** Paths start on the inner side. */
  private static void requireInside(Section section, Boundary boundary, Sde sde, ModelSpec model) {
    Expr start = sde.initial().get(sde.states().indexOf(boundary.state()));
    double[] both = Interpreter.evaluate(List.of(boundary.level(), start), model.parameters());
    boolean below = boundary.side() == Boundary.Side.BELOW;
    if (!(below ? both[0] < both[1] : both[0] > both[1])) {
      section.complain(
          LEVEL,
          "is %s and state %s starts at %s, expected a level %s it"
              .formatted(both[0], boundary.state(), both[1], below ? "below" : "above"));
    }
  }
}
