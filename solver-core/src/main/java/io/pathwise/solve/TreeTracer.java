package io.pathwise.solve;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.TreeJumps;
import io.pathwise.kernel.TreeStep;
import io.pathwise.noise.BrownianStep;
import io.pathwise.noise.LevyTerm;
import io.pathwise.payoff.Functional;
import io.pathwise.scheme.Embedded;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.scheme.Step;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records the step of paths that choose their sizes, on top of the program of the grid. */
final class TreeTracer {
  private static final List<TreeStep.Control> COUNTS =
      List.of(
          TreeStep.Control.STEPS,
          TreeStep.Control.REJECTED,
          TreeStep.Control.FORCED,
          TreeStep.Control.JUMPS);

  /** The size wanted before any step is tried: that of the grid, whatever it is. */
  private static final double UNTRIED = 1e300;

  private TreeTracer() {}

  /** What an equation, a scheme and a control do not go together for; empty where they do. */
  static List<String> problems(Sde sde, Scheme scheme, StepControl control, List<String> gradient) {
    List<String> problems = new ArrayList<>();
    if (!gradient.isEmpty()) {
      problems.add("gradient in " + gradient + ": paths that choose their steps have none yet");
    }
    if (sde.capability(GammaSubordination.class).isPresent()) {
      problems.add("the gamma clock of " + sde.name() + " ticks on a grid, expected fixed steps");
    }
    if (sde.capability(FractionalDriver.class).isPresent()) {
      problems.add("the fractional noise of " + sde.name() + " has a grid, expected fixed steps");
    }
    for (JumpTerm jump : sde.jumps()) {
      if (jump.bound().isEmpty() && !constant(jump.intensity())) {
        problems.add(
            "jump "
                + jump.name()
                + ": intensity "
                + jump.intensity()
                + " has no bound, and jumps at times of their own need one");
      }
    }
    if (!scheme.supports(sde)) {
      return problems;
    }
    if (scheme.levyTerms(sde).contains(LevyTerm.AREA)) {
      problems.add(
          "scheme "
              + scheme.name()
              + " needs the area A, which a Brownian tree does not have; expected one of "
              + fitting(sde, control));
    } else if (control.adaptive() && !scheme.adaptive(sde)) {
      problems.add(
          "scheme "
              + scheme.name()
              + " has strong order "
              + scheme.strongOrder(sde.noise())
              + " for "
              + sde.noise()
              + " noise and may miss its limit where step sizes depend on the path; expected one of "
              + fitting(sde, control));
    }
    return problems;
  }

  private static boolean constant(Expr expr) {
    return Graph.leaves(List.of(expr)).stream().allMatch(leaf -> leaf.leaf() == Leaf.PARAM);
  }

  private static Optional<TreeJumps> jumps(Sde sde) {
    if (sde.jumps().isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    List<Expr> bounds = new ArrayList<>();
    List<Expr> intensities = new ArrayList<>();
    List<List<Expr>> after = new ArrayList<>();
    for (JumpTerm jump : sde.jumps()) {
      Expr mark = jump.marks().mark(TreeJumps.MARK);
      Expr jumped = sde.state().plus(Graph.substitute(jump.amplitude(), Map.of(Marks.MARK, mark)));
      names.add(jump.name());
      bounds.add(Scalarise.scalars(List.of(jump.bound().orElse(jump.intensity()))).get(0));
      intensities.add(Scalarise.scalars(List.of(onCell(jump.intensity()))).get(0));
      after.add(Scalarise.scalars(List.of(onCell(jumped))));
    }
    return Optional.of(new TreeJumps(names, bounds, intensities, after));
  }

  private static List<String> fitting(Sde sde, StepControl control) {
    return Schemes.all().stream()
        .filter(s -> s.supports(sde) && (!control.adaptive() || s.adaptive(sde)))
        .filter(s -> !s.levyTerms(sde).contains(LevyTerm.AREA))
        .map(Scheme::name)
        .toList();
  }

  /** The observables that count a path's steps. */
  static Map<String, Expr> counts() {
    Map<String, Expr> counts = new LinkedHashMap<>();
    COUNTS.forEach(count -> counts.put(name(count), Expr.leaf(Leaf.LANE, name(count))));
    return counts;
  }

  private static String name(TreeStep.Control control) {
    return "adaptive." + control.name().toLowerCase(Locale.ROOT);
  }

  /**
   * A claim's value where the counts are read from their states.
   *
   * @param present whether there are such states
   * @param first the number of the first of them
   * @throws IllegalArgumentException if the value reads one that is not there
   */
  static Expr read(Expr value, boolean present, int first) {
    Map<Expr, Expr> states = new HashMap<>();
    for (TreeStep.Control count : COUNTS) {
      Expr leaf = Expr.leaf(Leaf.LANE, name(count));
      if (!present && Graph.dependsOn(List.of(value), leaf)) {
        throw new IllegalArgumentException(
            name(count) + " is observed, but paths do not choose their steps");
      }
      states.put(leaf, PathProgram.state(first + count.place()));
    }
    return present ? Graph.substitute(value, states) : value;
  }

  /**
   * The program with a step on the tree.
   *
   * @param everyStep the functionals that the grid's program has as states
   */
  static PathProgram trace(
      PathProgram grid, Sde sde, Scheme scheme, List<Functional> everyStep, StepControl control) {
    Set<LevyTerm> terms = scheme.levyTerms(sde);
    int m = sde.channels();
    boolean third = terms.contains(LevyTerm.SPACE_TIME_TIME);
    int extra = scheme.extraNormals(sde);
    BrownianStep cell = TreeStep.cell(m, third);
    Step step = new Step(cell, extra == 0 ? null : TreeStep.extraLeaf(extra));
    int n = sde.states().size();
    List<Expr> after = new ArrayList<>(Scalarise.scalars(List.of(onCell(scheme.step(sde, step)))));
    for (Functional functional : everyStep) {
      Expr value = PathProgram.state(after.size());
      after.add(onCell(Tracer.stepped(functional, value, n, after)));
    }
    Scheme judged = scheme.free();
    int own = judged.extraNormals(sde);
    Step freeStep = new Step(cell, own == 0 ? null : step.extra().slice(0, Shape.vector(own)));
    List<Expr> free =
        control.adaptive() && judged != scheme
            ? Scalarise.scalars(List.of(onCell(judged.step(sde, freeStep))))
            : List.of();
    Optional<Embedded> embedded =
        control.adaptive() && free.isEmpty() ? scheme.embedded(sde, step) : Optional.empty();
    TreeStep tree =
        new TreeStep(
            m,
            third,
            extra,
            n,
            embedded.map(Embedded::order).orElse(scheme.strongOrder(sde.noise()) + 0.5),
            after,
            free,
            embedded.map(e -> Scalarise.scalars(List.of(onCell(e.state())))).orElse(List.of()),
            jumps(sde));
    List<String> names = new ArrayList<>(grid.stateNames());
    List<Expr> initial = new ArrayList<>(grid.initial());
    List<Expr> next = new ArrayList<>(grid.step());
    for (TreeStep.Control number : TreeStep.Control.values()) {
      next.add(PathProgram.state(names.size()));
      names.add(name(number));
      initial.add(
          switch (number) {
            case SIZE -> Expr.of(UNTRIED);
            case ERROR -> Expr.ONE;
            case STEPS, REJECTED, FORCED, NEXT, CANDIDATES, JUMPS -> Expr.ZERO;
          });
    }
    return new PathProgram(
        grid.precision(),
        grid.gradient(),
        names,
        grid.channels(),
        grid.noiseSets(),
        initial,
        next,
        grid.functionals(),
        grid.outputs(),
        grid.preparations(),
        Optional.of(tree),
        grid.curves(),
        grid.inputs(),
        grid.recurrences());
  }

  /** A value of a step as a value of a cell: time and size are the path's own. */
  private static Expr onCell(Expr value) {
    return Graph.substitute(value, Map.of(Sde.TIME, TreeStep.TIME, Step.DT, TreeStep.SIZE));
  }
}
