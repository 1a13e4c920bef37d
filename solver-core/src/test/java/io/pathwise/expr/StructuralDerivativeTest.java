package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every structural operation against finite differences, at random points. */
class StructuralDerivativeTest {
  private static final Expr M = Expr.leaf(Leaf.PARAM, "m", Shape.matrix(2, 3));
  private static final Expr U = Expr.leaf(Leaf.STATE, "u", Shape.vector(2));
  private static final Expr V = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
  private static final Expr W = Expr.leaf(Leaf.STATE, "w", Shape.vector(3));
  private static final Expr S = Expr.leaf(Leaf.STATE, "s");

  private static Map<String, Double> point(long seed) {
    Random random = new Random(seed);
    Map<String, Double> point = new HashMap<>();
    for (Expr leaf : Scalarise.scalars(List.of(M, U, V, W, S))) {
      point.put(leaf.name(), 0.2 + random.nextDouble());
    }
    return point;
  }

  @Property(tries = 15)
  void slices_and_elements(@ForAll long seed) {
    Derivatives.check(V.square().slice(1, Shape.vector(2)), point(seed));
    Derivatives.check(V.exp().get(0).times(V.square().get(2)), point(seed));
    Derivatives.check(M.square().get(1, 0), point(seed));
    Derivatives.check(M.exp().slice(0, Shape.matrix(1, 3)), point(seed));
  }

  @Property(tries = 15)
  void concatenation_and_reshaping(@ForAll long seed) {
    Derivatives.check(Expr.concat(List.of(U.exp(), S.square(), V.times(S))), point(seed));
    Derivatives.check(Expr.matrix(List.of(V.square(), W.times(V))), point(seed));
    Derivatives.check(M.exp().reshape(Shape.matrix(3, 2)), point(seed));
    Derivatives.check(M.times(S).reshape(Shape.vector(6)).square(), point(seed));
  }

  @Property(tries = 15)
  void sums_and_dot_products(@ForAll long seed) {
    Derivatives.check(V.plus(S).square().sum(), point(seed));
    Derivatives.check(M.times(S).sum().exp().times(0.01), point(seed));
    Derivatives.check(V.dot(W.exp()), point(seed));
    Derivatives.check(V.square().dot(V.square()), point(seed));
  }

  @Property(tries = 15)
  void matrix_products(@ForAll long seed) {
    Derivatives.check(M.matVec(V), point(seed));
    Derivatives.check(M.times(S).matVec(V.exp()).square(), point(seed));
    Derivatives.check(M.transpose().square(), point(seed));
    Derivatives.check(M.transpose().matVec(U.times(S)), point(seed));
    Derivatives.check(U.outer(V.square()), point(seed));
    Derivatives.check(V.outer(V).matVec(W), point(seed));
  }

  @Property(tries = 10)
  void a_small_neural_network(@ForAll long seed) {
    Expr hidden = Expr.apply(Op.TANH, M.matVec(V).plus(U));
    Expr output = Expr.apply(Op.SOFTPLUS, M.transpose().matVec(hidden)).dot(W);
    Derivatives.check(output, point(seed));
  }

  @Property(tries = 10)
  void a_scalar_seed_stands_for_one_of_the_outputs_shape(@ForAll long seed) {
    Expr output = V.plus(S).times(2.0);
    Expr byScalar = Reverse.gradient(List.of(output), List.of(Expr.of(1.5)), List.of(S)).get(0);
    assertThat(Derivatives.value(byScalar, point(seed))).isEqualTo(9);
  }

  @Example
  void seeds_weigh_the_outputs() {
    List<Expr> gradient =
        Reverse.gradient(List.of(V.square(), S.square()), List.of(W, U.get(1)), List.of(V, S));
    Map<String, Double> point = point(3);
    double[] inV = Derivatives.values(List.of(gradient.get(0)), point);
    for (int i = 0; i < 3; i++) {
      assertThat(inV[i]).isEqualTo(2 * point.get("v[" + i + "]") * point.get("w[" + i + "]"));
    }
    assertThat(Derivatives.value(gradient.get(1), point))
        .isEqualTo(2 * point.get("s") * point.get("u[1]"));
  }

  @Example
  void an_output_listed_twice_counts_twice() {
    Expr square = S.square();
    Expr gradient =
        Reverse.gradient(List.of(square, square), List.of(Expr.ONE, Expr.of(3)), List.of(S)).get(0);
    assertThat(gradient).isEqualTo(S.times(8.0));
  }

  @Example
  void an_input_between_stands_for_itself() {
    Expr middle = S.square();
    Expr output = middle.exp().plus(S.times(3.0));
    List<Expr> gradient = Reverse.gradient(output, List.of(middle, S));
    assertThat(gradient).containsExactly(middle.exp(), Expr.of(3));
  }

  @Example
  void what_does_not_depend_on_an_input_has_derivative_zero_of_its_shape() {
    assertThat(Reverse.gradient(S.exp(), List.of(V)).get(0)).isEqualTo(Expr.vector(0, 0, 0));
    assertThat(Forward.tangent(V, Map.of(S, Expr.ONE))).isEqualTo(Expr.vector(0, 0, 0));
  }

  @Example
  void forward_leaves_out_products_with_a_tangent_of_zero() {
    assertThat(Forward.tangent(M.matVec(V), Map.of(V, W))).isEqualTo(M.matVec(W));
    assertThat(Forward.tangent(V.dot(W), Map.of(W, U.get(0))))
        .isEqualTo(V.dot(Structure.fill(U.get(0), Shape.vector(3))));
  }

  @Example
  void the_gradient_of_a_vector_is_refused() {
    assertThatThrownBy(() -> Reverse.gradient(V, List.of(V)))
        .hasMessage("gradient of a vector 3, not of a scalar");
  }

  @Example
  void seeds_must_match_the_outputs() {
    assertThatThrownBy(() -> Reverse.gradient(List.of(S, V), List.of(Expr.ONE), List.of(S)))
        .hasMessage("2 outputs and 1 seeds: one seed an output");
    assertThatThrownBy(() -> Reverse.gradient(List.of(S), List.of(V), List.of(S)))
        .hasMessage("a vector 3 where a scalar belongs");
    assertThatThrownBy(() -> Reverse.gradient(List.of(V), List.of(U), List.of(S)))
        .hasMessage("a vector 2 where a vector 3 belongs");
  }

  @Example
  void tangents_must_match_the_inputs() {
    assertThatThrownBy(() -> Forward.tangent(S, Map.of(S, V)))
        .hasMessage("tangent of a vector 3 for an input of a scalar");
  }
}
