package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Derivatives through sums over paths, by writing out a run of three paths. */
class SumOverPathsDerivativeTest {
  private static final int PATHS = 3;
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr P = Expr.param("p");
  private static final Map<String, Double> POINT =
      Map.of("x#0", 0.3, "x#1", 0.8, "x#2", 1.4, "p", 0.6);

  /** The value on one path with varying leaves x as x#path and sums over paths written out. */
  private static Expr onPath(Expr expr, int path) {
    Map<Expr, Expr> done = new HashMap<>();
    for (Expr node : Graph.topological(List.of(expr))) {
      if (node.op() == Op.LEAF && node.varying()) {
        done.put(node, Expr.leaf(Leaf.STATE, node.name() + "#" + path));
      } else if (node.op() == Op.SUM_OVER_PATHS) {
        Expr sum = Expr.ZERO;
        for (int q = 0; q < PATHS; q++) {
          sum = sum.plus(onPath(node.arg(0), q));
        }
        done.put(node, sum);
      } else {
        done.put(node, Graph.rebuild(node, node.args().stream().map(done::get).toList()));
      }
    }
    return done.get(expr);
  }

  private static Expr total(Expr expr) {
    Expr sum = Expr.ZERO;
    for (int path = 0; path < PATHS; path++) {
      sum = sum.plus(onPath(expr, path));
    }
    return sum;
  }

  private static List<Expr> outputs() {
    Expr mean = X.times(P).sumOverPaths();
    return List.of(
        X.square(),
        X.plus(mean),
        X.times(mean).exp().times(0.01),
        mean.square().minus(X),
        X.minus(mean).square().sumOverPaths().sqrt().times(X),
        mean.square());
  }

  @Test
  void the_adjoint_of_a_path_holds_its_effect_on_all_paths() {
    for (Expr output : outputs()) {
      Expr adjoint = Reverse.gradient(output, List.of(X)).get(0);
      for (int path = 0; path < PATHS; path++) {
        double expected = Derivatives.difference(total(output), "x#" + path, POINT)[0];
        assertThat(Derivatives.value(onPath(adjoint, path), POINT))
            .as(output.toString())
            .isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  void the_adjoints_of_a_parameter_add_up_over_paths() {
    for (Expr output : outputs()) {
      Expr adjoint = Reverse.gradient(output, List.of(P)).get(0);
      double expected = Derivatives.difference(total(output), "p", POINT)[0];
      assertThat(Derivatives.value(total(adjoint), POINT))
          .as(output.toString())
          .isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
    }
  }

  @Test
  void the_tangent_of_a_sum_is_the_sum_of_the_tangents() {
    for (Expr output : outputs()) {
      Expr tangent = Forward.tangent(output, Map.of(P, Expr.ONE));
      for (int path = 0; path < PATHS; path++) {
        double expected = Derivatives.difference(onPath(output, path), "p", POINT)[0];
        assertThat(Derivatives.value(onPath(tangent, path), POINT))
            .isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  void a_seed_of_one_over_the_number_of_paths_counts_a_uniform_output_once() {
    Expr mean = X.sumOverPaths().times(1.0 / PATHS);
    Expr seed = Expr.of(1.0 / PATHS);
    Expr adjoint = Reverse.gradient(List.of(mean.square()), List.of(seed), List.of(X)).get(0);
    List<Double> values = new ArrayList<>();
    for (int path = 0; path < PATHS; path++) {
      values.add(Derivatives.value(onPath(adjoint, path), POINT));
    }
    double expected = 2 * (0.3 + 0.8 + 1.4) / 3 / 3;
    assertThat(values).allSatisfy(v -> assertThat(v).isCloseTo(expected, within(1e-12)));
  }

  @Test
  void a_sum_of_nothing_is_nothing() {
    assertThat(Expr.ZERO.sumOverPaths()).isEqualTo(Expr.ZERO);
  }
}
