package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final int DEEP = 100_000;
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr P = Expr.param("p");

  /** x, then z = z p + x for DEEP times. */
  private static Expr deep() {
    Expr z = X;
    for (int i = 0; i < DEEP; i++) {
      z = z.times(P).plus(X);
    }
    return z;
  }

  @Test
  void arguments_come_before_their_users_and_every_node_once() {
    Expr shared = X.times(Y);
    List<Expr> outputs = List.of(shared.exp().plus(shared), shared.plus(P), X);
    List<Expr> order = Graph.topological(outputs);
    Set<Expr> seen = new HashSet<>();
    for (Expr node : order) {
      assertThat(seen).containsAll(node.args());
      assertThat(seen.add(node)).isTrue();
    }
    assertThat(seen).containsAll(outputs).hasSize(7);
  }

  @Test
  void equal_nodes_built_apart_are_one_node() {
    List<Expr> order = Graph.topological(List.of(X.plus(Y).exp(), Y.plus(X).exp()));
    assertThat(order).hasSize(4);
  }

  @Test
  void leaves_come_in_order_of_first_use() {
    assertThat(Graph.leaves(List.of(Y.times(P).plus(X), X.exp()))).containsExactly(Y, P, X);
    assertThat(Graph.leaves(List.of(Expr.ONE))).isEmpty();
  }

  @Test
  void dependence_on_a_leaf() {
    assertThat(Graph.dependsOn(List.of(P, X.exp()), X)).isTrue();
    assertThat(Graph.dependsOn(List.of(P, X.exp()), Y)).isFalse();
    assertThat(Graph.dependsOn(List.of(X.times(0)), X)).isFalse();
  }

  @Test
  void uses_count_arguments_and_outputs() {
    Expr square = X.square();
    Map<Expr, Integer> uses = Graph.uses(List.of(square, square.plus(X)));
    assertThat(uses).containsEntry(X, 3).containsEntry(square, 2).containsEntry(square.plus(X), 1);
  }

  @Test
  void substitution_replaces_a_node_wherever_it_stands_and_simplifies() {
    Expr output = X.times(Y).plus(X.exp());
    assertThat(Graph.substitute(output, Map.of(X, P))).isEqualTo(P.times(Y).plus(P.exp()));
    assertThat(Graph.substitute(output, Map.of(X, Expr.ZERO))).isEqualTo(Expr.ONE);
    assertThat(Graph.substitute(output, Map.of(X.times(Y), P))).isEqualTo(P.plus(X.exp()));
    assertThat(Graph.substitute(output, Map.of(X, Y, Y, X))).isEqualTo(X.times(Y).plus(Y.exp()));
    assertThat(Graph.substitute(output, Map.of(P, X))).isSameAs(output);
  }

  @Test
  void substitution_rebuilds_every_structural_operation() {
    Expr m = Expr.leaf(Leaf.PARAM, "m", Shape.matrix(2, 2));
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(2));
    Expr w = Expr.leaf(Leaf.STATE, "w", Shape.vector(2));
    for (boolean replaced : new boolean[] {false, true}) {
      Expr z = replaced ? w : v;
      Expr output =
          Expr.concat(
              List.of(
                  m.matVec(z),
                  z.outer(z).transpose().get(1, 0),
                  z.exp().reshape(Shape.matrix(2, 1)).sum(),
                  z.dot(z),
                  z.slice(1, Shape.vector(1)),
                  z.sumOverPaths()));
      if (!replaced) {
        Expr substituted = Graph.substitute(output, Map.of(v, w));
        assertThat(Graph.dependsOn(List.of(substituted), v)).isFalse();
        assertThat(Graph.substitute(substituted, Map.of(w, v))).isEqualTo(output);
      } else {
        assertThat(Graph.substitute(output, Map.of(w, v)).shape()).isEqualTo(output.shape());
      }
    }
  }

  @Test
  void a_graph_of_any_depth_is_walked_rewritten_differentiated_lowered_and_printed() {
    Expr deep = deep();
    List<Expr> outputs = List.of(deep);
    assertThat(Graph.topological(outputs)).hasSize(2 * DEEP + 2);
    assertThat(Graph.leaves(outputs)).containsExactly(X, P);
    assertThat(Graph.substitute(deep, Map.of(X, Y)).digest()).isNotEqualTo(deep.digest());
    assertThat(deep.toString()).endsWith("...");
    Map<String, Double> point = Map.of("x", 2.0, "p", 0.5);
    assertThat(Derivatives.value(deep, point)).isCloseTo(4, within(1e-12));
    assertThat(Reverse.gradient(deep, List.of(X, P))).noneMatch(Expr::isConst);
    assertThat(Forward.tangent(deep, Map.of(P, Expr.ONE)).shape()).isEqualTo(Shape.SCALAR);
  }

  @Test
  void a_digest_of_no_outputs_is_still_one() {
    assertThat(Graph.digest(List.of())).matches("[0-9a-f]{32}");
  }
}
