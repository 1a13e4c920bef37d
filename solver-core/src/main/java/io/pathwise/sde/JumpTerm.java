package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A compound Poisson term of an equation: at the times of a point process of the given intensity y
 * becomes y + amplitude(t, y, J), y being the state just before the jump and J an independent mark.
 * Jumps are not compensated: a model writes the compensator into its drift.
 *
 * @param name names the term in messages
 * @param intensity jumps a year: a scalar of t, curves, the state and parameters, at least 0
 * @param bound a number of parameters that the intensity does not exceed; needed where it reads the
 *     state
 * @param marks the law of J
 * @param amplitude a vector of n that reads {@link Marks#MARK} and what the intensity may read
 */
public record JumpTerm(
    String name, Expr intensity, Optional<Expr> bound, Marks marks, Expr amplitude) {

  /** A term whose intensity has no declared bound. */
  public JumpTerm(String name, Expr intensity, Marks marks, Expr amplitude) {
    this(name, intensity, Optional.empty(), marks, amplitude);
  }

  /** Whether the intensity depends on the state. */
  public boolean stateDependent() {
    return intensity.varying();
  }

  /** What does not fit an equation of n states and these parameters; empty where all fits. */
  List<String> problems(int n, List<String> parameters) {
    List<String> problems = new ArrayList<>();
    shape(problems, "intensity", intensity, Shape.SCALAR);
    shape(problems, "amplitude", amplitude, Shape.vector(n));
    bound.ifPresent(b -> shape(problems, "bound", b, Shape.SCALAR));
    marks.parameters().forEach(p -> shape(problems, "mark parameter", p, Shape.SCALAR));
    Expr state = Sde.state(n);
    reads(problems, "intensity", List.of(intensity), List.of(state), parameters, true);
    reads(problems, "amplitude", List.of(amplitude), List.of(state, Marks.MARK), parameters, true);
    reads(problems, "bound", bound.stream().toList(), List.of(), parameters, false);
    reads(problems, "marks", marks.parameters(), List.of(), parameters, false);
    return problems;
  }

  private void shape(List<String> problems, String what, Expr expr, Shape expected) {
    if (!expr.shape().equals(expected)) {
      problems.add(where(what) + " is a " + expr.shape() + ", expected a " + expected);
    }
  }

  private void reads(
      List<String> problems,
      String what,
      List<Expr> values,
      List<Expr> varying,
      List<String> parameters,
      boolean steps) {
    List<Expr> leaves = Graph.leaves(values);
    for (String name : Declared.missing(leaves, parameters)) {
      problems.add(where(what) + " reads parameter " + name + ", which is not declared");
    }
    for (Expr leaf : leaves) {
      if ((leaf.varying() && !varying.contains(leaf)) || (leaf.leaf() == Leaf.STEP && !steps)) {
        problems.add(where(what) + " reads " + leaf.name() + ", which it must not");
      }
    }
  }

  private String where(String what) {
    return "jump " + name + ": " + what;
  }
}
