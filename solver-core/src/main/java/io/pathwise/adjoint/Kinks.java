package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.kernel.PathProgram;
import io.pathwise.payoff.Functional;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the derivative of a path's value jumps: there the second derivative of a mean has a part
 * that no second derivative of a path shows (Glasserman 2003, section 7.2.2). It counts where the
 * place of the jump moves with both parameters.
 */
public final class Kinks {
  /** A maximum with a constant as small as this guards a division; nothing kinks there. */
  private static final double GUARD = 1e-20;

  private static final Set<Op> KINKS =
      EnumSet.of(Op.MAX, Op.MIN, Op.ABS, Op.POSITIVE, Op.RINT, Op.HELD);

  private final PathProgram program;
  private final Tangents tangents;
  private final Set<Expr> own;

  /**
   * Of a program.
   *
   * @param parameters all that will be asked for
   */
  public Kinks(PathProgram program, List<String> parameters) {
    this.program = program;
    this.tangents = Tangents.of(program, parameters);
    this.own =
        program.functionals().stream()
            .flatMap(f -> IntStream.range(0, f.components()).mapToObj(Functional::value))
            .collect(Collectors.toSet());
  }

  /**
   * What keeps the second derivative of a path from being that of the mean; empty where nothing
   * does.
   *
   * @param value what the output delivers
   * @param functionals the templates that its slots are bound to
   */
  public Optional<String> problem(
      Expr value, Set<Integer> functionals, String first, String second) {
    List<Expr> bound = new ArrayList<>();
    functionals.forEach(f -> bound.addAll(program.functionals().get(f).update()));
    List<Expr> all = new ArrayList<>(bound);
    all.add(value);
    return bend("the step ", steps(all), Set.of(Op.HELD), first, second)
        .or(() -> bend("its payoff ", List.of(value), KINKS, first, second))
        .or(() -> bend("a functional it reads ", bound, KINKS, first, second))
        .or(() -> bend("the step ", steps(all), KINKS, first, second));
  }

  private Optional<String> bend(
      String where, List<Expr> values, Set<Op> kinds, String first, String second) {
    return Graph.topological(values).stream()
        .filter(node -> kinds.contains(node.op()) && bends(node, first) && bends(node, second))
        .findFirst()
        .map(node -> where + describe(node));
  }

  /** The steps of the states that values depend on. */
  private List<Expr> steps(List<Expr> values) {
    Set<Integer> reached = new TreeSet<>();
    List<Expr> roots = new ArrayList<>(values);
    boolean grown = true;
    while (grown) {
      grown = false;
      List<Expr> leaves = Graph.leaves(roots);
      for (int i = 0; i < program.states(); i++) {
        if (leaves.contains(PathProgram.state(i)) && reached.add(i)) {
          roots.add(program.step().get(i));
          grown = true;
        }
      }
    }
    return reached.stream().map(program.step()::get).toList();
  }

  private boolean bends(Expr node, String parameter) {
    if (node.op() == Op.MAX || node.op() == Op.MIN) {
      return !guard(node) && moves(node.arg(0).minus(node.arg(1)), parameter);
    }
    return moves(node.arg(0), parameter);
  }

  /** What a functional was before an event counts as moving. */
  private boolean moves(Expr value, String parameter) {
    return tangents.moves(value, parameter)
        || Graph.leaves(List.of(value)).stream().anyMatch(own::contains);
  }

  /** Whether a maximum only keeps a quotient finite. */
  static boolean guard(Expr node) {
    return node.op() == Op.MAX
        && node.args().stream().anyMatch(a -> a.isConst() && a.value() > 0 && a.value() <= GUARD);
  }

  private static String describe(Expr node) {
    return node.op() == Op.HELD
        ? "holds the solution of an equation, whose second derivatives are not exact"
        : "has a kink (" + node.op().symbol() + ") that moves with both";
  }
}
