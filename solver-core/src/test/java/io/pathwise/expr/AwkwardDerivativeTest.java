package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives where an operation has none, or where 0 meets infinity: finite, as documented. */
class AwkwardDerivativeTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr A = Expr.param("a");

  /** Reverse and Forward agree on the derivative of an expression in x; y and a are 0.5 and 2. */
  private static double slope(Expr output, double x) {
    Map<String, Double> point = Map.of("x", x, "y", 0.5, "a", 2.0);
    double reverse = Derivatives.value(Reverse.gradient(output, List.of(X)).get(0), point);
    double forward = Derivatives.value(Forward.tangent(output, Map.of(X, Expr.ONE)), point);
    assertThat(forward).isCloseTo(reverse, within(1e-12 * Math.max(1, Math.abs(reverse))));
    return reverse;
  }

  private static double curvature(Expr output, double x) {
    return slope(Forward.tangent(output, Map.of(X, Expr.ONE)), x);
  }

  @Test
  void a_square_root_at_zero_has_derivative_zero_to_second_order() {
    assertThat(slope(X.sqrt(), 0)).isZero();
    assertThat(slope(X.sqrt(), -0.0)).isZero();
    assertThat(curvature(X.sqrt(), 0)).isFinite();
    assertThat(slope(X.sqrt().times(1e20), 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, -1e-320, -0.01, -5})
  void a_truncated_variance_has_a_finite_gradient_where_it_is_not_positive(double v) {
    Expr truncated = X.max(0);
    Expr step = A.times(Expr.of(0.06).minus(truncated)).plus(truncated.sqrt().times(Y));
    assertThat(slope(step, v)).isZero();
    assertThat(curvature(step, v)).isZero();
    double inA =
        Derivatives.value(
            Reverse.gradient(step, List.of(A)).get(0), Map.of("x", v, "y", 0.5, "a", 2.0));
    assertThat(inA).isEqualTo(0.06);
  }

  @Test
  void the_maximum_with_zero_has_derivative_zero_at_zero_however_it_is_written() {
    for (int i = 0; i < 20; i++) {
      Expr z = Expr.leaf(Leaf.STATE, "z" + i);
      for (Expr clipped : List.of(z.max(0), Expr.ZERO.max(z), z.min(0), Expr.ZERO.min(z))) {
        Expr derivative = Reverse.gradient(clipped, List.of(z)).get(0);
        assertThat(Derivatives.value(derivative, Map.of(z.name(), 0.0))).isZero();
      }
    }
    assertThat(slope(X.max(0), 1e-320)).isOne();
    assertThat(slope(X.max(0), -1e-320)).isZero();
  }

  @Test
  void at_a_tie_one_argument_gets_the_whole_derivative_and_the_order_does_not_matter() {
    Map<String, Double> tie = Map.of("x", 1.5, "y", 1.5);
    for (Op op : List.of(Op.MAX, Op.MIN)) {
      double[] forth =
          Derivatives.values(Reverse.gradient(Expr.apply(op, X, Y), List.of(X, Y)), tie);
      double[] back =
          Derivatives.values(Reverse.gradient(Expr.apply(op, Y, X), List.of(X, Y)), tie);
      assertThat(forth[0] + forth[1]).isOne();
      assertThat(back).containsExactly(forth);
    }
  }

  @Test
  void an_absolute_value_at_zero_has_derivative_zero() {
    assertThat(slope(X.abs(), 0)).isZero();
    assertThat(slope(X.abs(), 1e-320)).isOne();
    assertThat(slope(X.abs(), -1e-320)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-100, 1e-290})
  void logarithm_and_powers_near_zero_have_their_exact_derivative(double x) {
    assertThat(slope(X.log(), x)).isCloseTo(1 / x, within(1e-12 / x));
    assertThat(slope(X.sqrt(), x)).isCloseTo(0.5 / Math.sqrt(x), within(1e-12 / Math.sqrt(x)));
    double power = 0.7 * Math.pow(x, -0.3);
    assertThat(slope(X.pow(0.7), x)).isCloseTo(power, within(1e-9 * power));
  }

  @Test
  void logarithm_and_powers_at_zero_have_a_finite_derivative() {
    assertThat(slope(X.log(), 0)).isFinite();
    assertThat(slope(X.max(0).log(), 0)).isZero();
    assertThat(slope(X.max(0).log(), -1)).isZero();
    assertThat(slope(X.pow(0.3), 0)).isZero();
    assertThat(slope(X.pow(1.5), 0)).isZero();
    assertThat(slope(X.max(0).pow(0.3), -1)).isZero();
    assertThat(slope(X.pow(2), 0)).isZero();
    assertThat(slope(X.pow(1), 0)).isOne();
    assertThat(slope(X.pow(0), 0)).isZero();
  }

  @Test
  void the_exponent_of_a_power_of_zero_has_derivative_zero() {
    Expr power = Y.pow(X);
    double inExponent =
        Derivatives.value(Reverse.gradient(power, List.of(X)).get(0), Map.of("x", 0.5, "y", 0.0));
    assertThat(inExponent).isZero();
  }

  @Test
  void saturated_functions_have_derivative_zero() {
    for (Op op : List.of(Op.TANH, Op.SIGMOID, Op.ERF, Op.NORMAL_CDF)) {
      for (double x : new double[] {-1e6, 1e6, -1e200, 1e200}) {
        assertThat(slope(Expr.apply(op, X), x)).as("%s at %s", op, x).isZero();
      }
    }
    assertThat(slope(Expr.apply(Op.SOFTPLUS, X), 1e6)).isOne();
    assertThat(slope(Expr.apply(Op.SOFTPLUS, X), -1e6)).isZero();
  }

  @Test
  void the_inverse_normal_distribution_in_its_tails() {
    Expr quantile = Expr.apply(Op.INVERSE_NORMAL_CDF, X);
    for (double p : new double[] {1e-300, 1e-100, 1e-9, 1 - 1e-9}) {
      double z = Derivatives.value(quantile, Map.of("x", p));
      double expected = Math.sqrt(2 * Math.PI) * Math.exp(z * z / 2);
      assertThat(slope(quantile, p)).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, -1.0})
  void the_untaken_branch_may_be_infinite_or_nan(double x) {
    Expr positive = X.above(Expr.ZERO);
    List<Expr> bad =
        List.of(
            X.log(),
            Expr.ONE.over(X),
            X.log().times(Y),
            Y.times(A).times(X.sqrt().log()),
            X.sqrt().over(X).exp(),
            Expr.apply(Op.SIN, X.log()),
            Expr.apply(Op.TANH, X.over(X)),
            Expr.apply(Op.ERF, X.over(X.times(Y))),
            X.log().abs(),
            X.log().max(Y),
            X.log().min(X),
            X.log().fma(Y, X.pow(-2.5)),
            X.pow(Y),
            Expr.apply(Op.INVERSE_NORMAL_CDF, X),
            Expr.apply(Op.SIGMOID, X.log().neg()),
            Expr.apply(Op.SOFTPLUS, X.over(X)),
            X.log().square().minus(Expr.ONE.over(X)).square());
    for (Expr branch : bad) {
      Expr selected = positive.select(branch, X.times(3.0));
      assertThat(slope(selected, x)).as(branch.toString()).isEqualTo(3);
      Expr mirrored = Expr.ONE.minus(positive).select(X.times(3.0), branch);
      assertThat(slope(mirrored, x)).as(branch.toString()).isEqualTo(3);
      assertThat(curvature(selected, x)).as(branch.toString()).isZero();
      double inY =
          Derivatives.value(
              Reverse.gradient(selected, List.of(Y)).get(0), Map.of("x", x, "y", 0.5, "a", 2.0));
      assertThat(inY).as("in y of " + branch).isZero();
    }
  }

  @Test
  void the_taken_branch_keeps_its_derivative() {
    Expr selected = X.above(Expr.ZERO).select(X.log().times(Y).exp(), X);
    Derivatives.check(selected, Map.of("x", 0.8, "y", 0.5));
  }

  @Test
  void a_node_used_inside_and_outside_a_select_gets_both_derivatives() {
    Expr shared = X.square();
    Expr output = X.above(Expr.ONE).select(shared.log(), shared).plus(shared);
    assertThat(slope(output, 0)).isZero();
    assertThat(slope(output, 0.5)).isEqualTo(2);
    assertThat(slope(output, 2)).isCloseTo(5, within(1e-12));
  }

  @Test
  void the_untaken_branch_may_hold_infinite_vectors_and_matrices() {
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(2));
    Expr poles = Expr.ONE.over(v);
    Expr m = poles.outer(v.log());
    List<Expr> bad =
        List.of(
            poles.dot(v),
            v.log().dot(v.sqrt()),
            m.matVec(v).sum(),
            v.outer(v).matVec(poles).get(1),
            m.transpose().matVec(poles).sum(),
            poles.outer(poles).get(0, 1),
            m.reshape(Shape.vector(4)).exp().sum(),
            Expr.concat(List.of(poles, v)).square().sum());
    Map<String, Double> point = Map.of("v[0]", 0.0, "v[1]", -1.0);
    for (Expr branch : bad) {
      Expr selected = v.get(0).above(Expr.ZERO).select(branch, v.sum());
      double[] reverse = Derivatives.values(Reverse.gradient(selected, List.of(v)), point);
      assertThat(reverse).as(branch.toString()).containsExactly(1, 1);
      Expr slope = Forward.tangent(selected, Map.of(v, Expr.vector(1, 2)));
      assertThat(Derivatives.value(slope, point)).as(branch.toString()).isEqualTo(3);
      double[] second = Derivatives.values(Reverse.gradient(slope, List.of(v)), point);
      assertThat(second).as(branch.toString()).containsExactly(0, 0);
      Map<String, Double> taken = Map.of("v[0]", 0.7, "v[1]", 0.4);
      Derivatives.check(selected, taken);
    }
  }

  @Test
  void elements_of_a_vector_are_selected_one_by_one() {
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
    Expr output = v.above(Expr.ZERO).select(v.log(), v.times(2.0)).sum();
    Map<String, Double> point = Map.of("v[0]", 0.0, "v[1]", 4.0, "v[2]", -1.0);
    assertThat(Derivatives.values(Reverse.gradient(output, List.of(v)), point))
        .containsExactly(2, 0.25, 2);
  }
}
