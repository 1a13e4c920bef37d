package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.PathProgram;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scale lambda = 1 of all times, whose derivative is the one in time: steps become lambda dt,
 * their roots sqrt(lambda dt), times lambda t. The derivative in calendar time of a value that is
 * paid at T is -1/T of that in lambda.
 *
 * <p>Term structures stretch with time: every step keeps its forward rates.
 */
public final class TimeScale {

  /** The name of lambda among the parameters. */
  public static final String NAME = "timeScale";

  private TimeScale() {}

  /** The program whose times are scaled. */
  public static PathProgram of(PathProgram program) {
    Expr lambda = Expr.param(NAME);
    Map<Expr, Expr> scaled = new HashMap<>();
    for (String name : List.of("t", "dt")) {
      Expr leaf = Expr.leaf(Leaf.STEP, name);
      scaled.put(leaf, leaf.times(lambda));
    }
    Expr root = Expr.leaf(Leaf.STEP, "sqrtDt");
    scaled.put(root, root.times(lambda.sqrt()));
    Map<Expr, Expr> paid = new HashMap<>(scaled);
    for (Expr leaf : Graph.leaves(program.outputs().stream().map(Output::value).toList())) {
      if (Discounting.isInput(leaf)) {
        paid.put(leaf, leaf.log().times(lambda).exp());
      }
    }
    List<Functional> functionals =
        program.functionals().stream()
            .map(f -> new Functional(f.name(), f.initial(), Graph.substitute(f.update(), scaled)))
            .toList();
    List<String> gradient = new ArrayList<>(program.gradient());
    gradient.add(NAME);
    List<Output> outputs =
        program.outputs().stream()
            .map(
                o ->
                    new Output(
                        o.name(), o.slots(), Graph.substitute(o.value(), paid), o.differentiated()))
            .toList();
    return program
        .withStates(
            program.stateNames(), program.initial(), Graph.substitute(program.step(), scaled))
        .withFunctionals(functionals)
        .withOutputs(gradient, outputs);
  }
}
