package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the {@link NormalLaw} of expressions, operation by operation. */
final class NormalLaws {
  private final Map<Expr, Optional<NormalLaw>> laws = new HashMap<>();

  NormalLaws(Map<Expr, NormalLaw> leaves) {
    leaves.forEach((leaf, law) -> laws.put(leaf, Optional.of(law)));
  }

  Optional<NormalLaw> of(Expr value) {
    for (Expr node : Graph.topological(List.of(value))) {
      if (!laws.containsKey(node)) {
        laws.put(node, derive(node));
      }
    }
    return laws.get(value);
  }

  private Optional<NormalLaw> derive(Expr node) {
    if (node.args().stream().allMatch(arg -> free(arg))) {
      return Optional.of(new NormalLaw.Free(node));
    }
    if (node.args().stream().anyMatch(arg -> laws.get(arg).isEmpty())) {
      return Optional.empty();
    }
    List<NormalLaw> args = node.args().stream().map(arg -> laws.get(arg).orElseThrow()).toList();
    return switch (node.op()) {
      case ADD -> Optional.of(args.get(0).plus(args.get(1)));
      case SUB -> Optional.of(args.get(0).plus(args.get(1).times(Expr.of(-1))));
      case NEG -> Optional.of(args.get(0).times(Expr.of(-1)));
      case MUL -> product(args.get(0), args.get(1));
      case FMA -> product(args.get(0), args.get(1)).map(product -> product.plus(args.get(2)));
      case DIV ->
          args.get(1) instanceof NormalLaw.Free free
              ? Optional.of(args.get(0).times(Expr.ONE.over(free.value())))
              : Optional.empty();
      case EXP -> args.get(0).exp();
      case LOG -> args.get(0).log();
      case POSITIVE -> args.get(0).positive().map(NormalLaw.Mean::new);
      case MAX -> excess(args.get(0), args.get(1)).map(e -> mean(args.get(1).mean().plus(e)));
      case MIN -> excess(args.get(0), args.get(1)).map(e -> mean(args.get(0).mean().minus(e)));
      case ABS -> args.get(0).excess().map(e -> mean(e.times(2).minus(args.get(0).mean())));
      case SELECT -> chosen(node, args);
      default -> Optional.empty();
    };
  }

  private boolean free(Expr node) {
    return laws.get(node).filter(NormalLaw.Free.class::isInstance).isPresent();
  }

  private static NormalLaw mean(Expr value) {
    return new NormalLaw.Mean(value);
  }

  private static Optional<NormalLaw> product(NormalLaw a, NormalLaw b) {
    if (a instanceof NormalLaw.Free free) {
      return Optional.of(b.times(free.value()));
    }
    return b instanceof NormalLaw.Free free ? Optional.of(a.times(free.value())) : Optional.empty();
  }

  /** E[max(a - b, 0)]. */
  private static Optional<Expr> excess(NormalLaw a, NormalLaw b) {
    return a.plus(b.times(Expr.of(-1))).excess();
  }

  /** A choice between two values that do not depend on z. */
  private static Optional<NormalLaw> chosen(Expr node, List<NormalLaw> args) {
    if (node.op() == Op.SELECT
        && args.get(1) instanceof NormalLaw.Free yes
        && args.get(2) instanceof NormalLaw.Free no) {
      Expr difference = yes.value().minus(no.value());
      return Optional.of(mean(args.get(0).mean().times(difference).plus(no.value())));
    }
    return Optional.empty();
  }
}
