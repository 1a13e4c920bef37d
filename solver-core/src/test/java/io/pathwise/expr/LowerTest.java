package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LowerTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr Z = Expr.leaf(Leaf.STATE, "z");
  private static final Expr P = Expr.param("p");
  private static final double[] NUMBERS = {
    0.0,
    -0.0,
    1,
    -1.5,
    0.3,
    1e-310,
    -4.9e-324,
    1e300,
    -7e299,
    1.7976931348623157e308,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static Expr lower(Expr expr) {
    return Lower.lower(List.of(expr)).get(0);
  }

  private static double at(Expr expr, double x, double y, double z) {
    return Derivatives.value(expr, Map.of("x", x, "y", y, "z", z, "p", 3.0));
  }

  /** The same number, signs of zeros included; any NaN is the same as any other. */
  private static void assertSame(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual))
        .as("%s, expected %s", actual, expected)
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  private static void assertOnlyPrimitives(List<Expr> lowered) {
    assertThat(Graph.topological(lowered))
        .allSatisfy(
            node -> {
              assertThat(node.shape()).isEqualTo(Shape.SCALAR);
              assertThat(
                      node.op().primitive()
                          || node.op() == Op.LEAF
                          || node.op() == Op.CONST
                          || node.op() == Op.LCONST)
                  .as(node.op().name())
                  .isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void lowered_operations_are_primitive_scalars(Op op) {
    if (op.elementwise() && op != Op.FROM_BITS) {
      Expr[] args = List.of(X, Y, Z).subList(0, op.arity()).toArray(Expr[]::new);
      assertOnlyPrimitives(Lower.lower(List.of(Expr.apply(op, args))));
      Expr vector = Expr.concat(List.of(Y, Z));
      args[0] = vector;
      List<Expr> lowered = Lower.lower(List.of(Expr.apply(op, args)));
      assertThat(lowered).hasSize(2);
      assertOnlyPrimitives(lowered);
    }
  }

  @Test
  void lowered_structures_are_primitive_scalars_in_order() {
    Expr m = Expr.leaf(Leaf.PARAM, "m", Shape.matrix(2, 3));
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
    Expr layer = Expr.apply(Op.TANH, m.matVec(v));
    List<Expr> lowered = Lower.lower(List.of(layer, layer.outer(v).transpose().sum(), v.dot(v)));
    assertThat(lowered).hasSize(4);
    assertOnlyPrimitives(lowered);
  }

  @Test
  void primitives_have_the_value_of_java() {
    for (double x : NUMBERS) {
      for (double y : NUMBERS) {
        assertSame(at(X.plus(Y), x, y, 0), x + y);
        assertSame(at(X.minus(Y), x, y, 0), x - y);
        assertSame(at(X.times(Y), x, y, 0), x * y);
        assertSame(at(X.over(Y), x, y, 0), x / y);
        assertSame(at(X.min(Y), x, y, 0), Math.min(x, y));
        assertSame(at(X.max(Y), x, y, 0), Math.max(x, y));
        assertSame(at(X.fma(Y, Z), x, y, 0.7), Math.fma(x, y, 0.7));
      }
      assertSame(at(X.neg(), x, 0, 0), -x);
      assertSame(at(X.sqrt(), x, 0, 0), Math.sqrt(x));
      assertSame(at(X.abs(), x, 0, 0), Math.abs(x));
      assertSame(at(Expr.apply(Op.RINT, X), x, 0, 0), Math.rint(x));
    }
  }

  @Test
  void positive_is_exact_for_every_number() {
    for (double x : NUMBERS) {
      double expected = Double.isNaN(x) ? Double.NaN : x > 0 ? 1 : 0;
      assertSame(at(X.above(Expr.ZERO), x, 0, 0), expected);
    }
    assertThat(at(X.above(Y), Math.nextUp(1), 1, 0)).isOne();
    assertThat(at(X.above(Y), 1, 1, 0)).isZero();
    assertThat(at(X.above(Y), 1, Math.nextUp(1), 0)).isZero();
  }

  @Test
  void select_copies_every_number_of_the_taken_branch_alone() {
    for (double yes : NUMBERS) {
      for (double no : NUMBERS) {
        Expr select = X.select(Y, Z);
        assertSame(at(select, 1, yes, no), yes);
        assertSame(at(select, 0, yes, no), no);
        assertSame(at(select, -0.0, yes, no), no);
      }
    }
  }

  @Test
  void a_varying_product_used_once_in_a_sum_is_fused() {
    assertThat(lower(X.times(Y).plus(Z))).isEqualTo(X.fma(Y, Z));
    assertThat(lower(Z.plus(X.times(Y)))).isEqualTo(X.fma(Y, Z));
    assertThat(lower(Z.minus(X.times(Y))).op()).isEqualTo(Op.FMA);
    assertThat(lower(X.times(Y).minus(Z)).op()).isEqualTo(Op.FMA);
    assertThat(at(Z.minus(X.times(Y)), 0.1, 0.7, 0.07)).isEqualTo(Math.fma(-0.1, 0.7, 0.07));
    assertThat(at(X.times(Y).minus(Z), 0.1, 0.7, 0.07)).isEqualTo(Math.fma(0.1, 0.7, -0.07));
  }

  @Test
  void a_product_used_twice_and_a_uniform_product_are_not_fused() {
    Expr product = X.times(Y);
    List<Expr> lowered = Lower.lower(List.of(product.plus(Z), product));
    assertThat(lowered).containsExactly(product.plus(Z), product);
    Expr q = Expr.param("q");
    assertThat(lower(P.times(q).plus(Z))).isEqualTo(P.times(q).plus(Z));
  }

  @Test
  void equal_graphs_lower_to_equal_graphs_whatever_the_order_of_their_arguments() {
    Expr w = Expr.leaf(Leaf.STATE, "w");
    Expr forth = X.times(Y).plus(Z.times(w));
    Expr back = w.times(Z).plus(Y.times(X));
    assertThat(forth).isEqualTo(back);
    assertThat(lower(forth)).isEqualTo(lower(back));
    Expr sum = X.times(Y).plus(Z.times(w)).plus(X.times(w).plus(Z.times(Y)));
    Expr mirrored = Y.times(Z).plus(w.times(X)).plus(w.times(Z).plus(Y.times(X)));
    assertThat(sum).isEqualTo(mirrored);
    assertThat(lower(sum)).isEqualTo(lower(mirrored));
  }

  @Test
  void division_by_a_uniform_value_is_a_product_with_its_reciprocal() {
    assertThat(lower(X.over(P))).isEqualTo(X.times(Expr.ONE.over(P)));
    assertThat(lower(X.over(Y))).isEqualTo(X.over(Y));
    assertThat(lower(P.over(X))).isEqualTo(P.over(X));
    assertThat(lower(P.over(Expr.param("q"))).op()).isEqualTo(Op.DIV);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.37, 0.9})
  void functions_have_the_value_of_java(double x) {
    Map<Op, Double> expected =
        Map.of(
            Op.EXP, Math.exp(x),
            Op.LOG, Math.log(x),
            Op.SIN, Math.sin(x),
            Op.COS, Math.cos(x),
            Op.TANH, Math.tanh(x),
            Op.SIGMOID, 1 / (1 + Math.exp(-x)),
            Op.SOFTPLUS, Math.log1p(Math.exp(x)));
    expected.forEach(
        (op, value) ->
            assertThat(at(Expr.apply(op, X), x, 0, 0))
                .as(op.name())
                .isCloseTo(value, within(4e-16 * Math.max(1, Math.abs(value)))));
    assertThat(at(X.pow(Y), x, 1.7, 0)).isCloseTo(Math.pow(x, 1.7), within(4e-16));
    assertThat(at(Expr.apply(Op.ERF, X).plus(Expr.apply(Op.ERF, X.neg())), x, 0, 0)).isZero();
    Expr roundTrip = Expr.apply(Op.INVERSE_NORMAL_CDF, Expr.apply(Op.NORMAL_CDF, X));
    assertThat(at(roundTrip, x, 0, 0)).isCloseTo(x, within(1e-15));
  }

  @Test
  void a_folded_function_has_the_bits_of_the_lowered_one() {
    for (Op op : Op.values()) {
      if (op.elementwise() && op.arity() == 1 && op != Op.FROM_BITS) {
        assertThat(Expr.apply(op, Expr.of(0.37)).value())
            .as(op.name())
            .isEqualTo(at(Expr.apply(op, X), 0.37, 0, 0));
      }
    }
    assertThat(Expr.of(0.37).pow(1.7).value()).isEqualTo(at(X.pow(Y), 0.37, 1.7, 0));
  }
}
