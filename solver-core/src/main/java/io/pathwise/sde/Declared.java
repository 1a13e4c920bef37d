package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which parameters that a graph reads are declared: a shaped one is declared by its elements. */
final class Declared {
  private Declared() {}

  /**
   * The names of the parameters that are not declared, the first undeclared element of each.
   *
   * @param leaves what is read
   * @param parameters the names of the declared scalars
   */
  static List<String> missing(List<Expr> leaves, List<String> parameters) {
    Set<String> declared = new HashSet<>(parameters);
    List<String> missing = new ArrayList<>();
    for (Expr leaf : leaves) {
      if (leaf.leaf() != Leaf.PARAM) {
        continue;
      }
      for (int i = 0; i < leaf.shape().size(); i++) {
        String name = Scalarise.element(leaf, i).name();
        if (!declared.contains(name)) {
          missing.add(name);
          break;
        }
      }
    }
    return missing;
  }
}
