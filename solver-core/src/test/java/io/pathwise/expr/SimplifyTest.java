package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SimplifyTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr P = Expr.param("p");
  private static final Expr Q = Expr.param("q");

  @Test
  void constants_fold() {
    assertThat(Expr.of(2).plus(3)).isEqualTo(Expr.of(5));
    assertThat(Expr.of(2).minus(3)).isEqualTo(Expr.of(-1));
    assertThat(Expr.of(2).times(3)).isEqualTo(Expr.of(6));
    assertThat(Expr.of(2).over(3)).isEqualTo(Expr.of(2.0 / 3));
    assertThat(Expr.of(2).neg()).isEqualTo(Expr.of(-2));
    assertThat(Expr.of(2).sqrt()).isEqualTo(Expr.of(Math.sqrt(2)));
    assertThat(Expr.of(-2).abs()).isEqualTo(Expr.of(2));
    assertThat(Expr.of(2).min(3)).isEqualTo(Expr.of(2));
    assertThat(Expr.of(2).max(3)).isEqualTo(Expr.of(3));
    assertThat(Expr.apply(Op.RINT, Expr.of(2.5))).isEqualTo(Expr.of(2));
    assertThat(Expr.of(0.1).fma(Expr.of(10), Expr.of(-1)))
        .isEqualTo(Expr.of(Math.fma(0.1, 10, -1)));
    assertThat(Expr.of(3).above(Expr.of(2))).isEqualTo(Expr.ONE);
    assertThat(Expr.of(2).above(Expr.of(2))).isEqualTo(Expr.ZERO);
    assertThat(Expr.ZERO.exp()).isEqualTo(Expr.ONE);
    assertThat(Expr.ZERO.select(Expr.of(2), Expr.of(3))).isEqualTo(Expr.of(3));
    assertThat(Expr.of(1).over(0)).isEqualTo(Expr.of(Double.POSITIVE_INFINITY));
    assertThat(Expr.of(0).over(0)).isEqualTo(Expr.of(Double.NaN));
  }

  @Test
  void integer_constants_fold() {
    Expr a = Expr.word(0b1100);
    Expr b = Expr.word(0b1010);
    assertThat(Expr.apply(Op.LADD, a, b)).isEqualTo(Expr.word(22));
    assertThat(Expr.apply(Op.LSUB, b, a)).isEqualTo(Expr.word(-2));
    assertThat(Expr.apply(Op.LAND, a, b)).isEqualTo(Expr.word(8));
    assertThat(Expr.apply(Op.LOR, a, b)).isEqualTo(Expr.word(14));
    assertThat(Expr.apply(Op.LXOR, a, b)).isEqualTo(Expr.word(6));
    assertThat(Expr.shift(Op.LSHL, a, 2)).isEqualTo(Expr.word(48));
    assertThat(Expr.shift(Op.LSAR, Expr.word(-8), 1)).isEqualTo(Expr.word(-4));
    assertThat(Expr.shift(Op.LSHR, Expr.word(-1), 63)).isEqualTo(Expr.word(1));
    assertThat(Expr.shift(Op.LROTL, Expr.word(Long.MIN_VALUE), 1)).isEqualTo(Expr.word(1));
    assertThat(Expr.apply(Op.BITS, Expr.ONE)).isEqualTo(Expr.word(0x3FF0000000000000L));
    assertThat(Expr.apply(Op.FROM_BITS, Expr.word(0x4000000000000000L))).isEqualTo(Expr.of(2));
  }

  @Test
  void sums() {
    assertThat(X.plus(0)).isSameAs(X);
    assertThat(Expr.ZERO.plus(X)).isSameAs(X);
    assertThat(X.plus(Y.neg())).isEqualTo(X.minus(Y));
    assertThat(X.neg().plus(Y)).isEqualTo(Y.minus(X));
    assertThat(X.plus(X)).isEqualTo(X.times(2));
  }

  @Test
  void differences() {
    assertThat(X.minus(0)).isSameAs(X);
    assertThat(Expr.ZERO.minus(X)).isEqualTo(X.neg());
    assertThat(X.minus(Y.neg())).isEqualTo(X.plus(Y));
    assertThat(X.minus(X)).isEqualTo(Expr.ZERO);
  }

  @Test
  void products() {
    assertThat(X.times(0)).isEqualTo(Expr.ZERO);
    assertThat(Expr.ZERO.times(X)).isEqualTo(Expr.ZERO);
    assertThat(X.times(1)).isSameAs(X);
    assertThat(Expr.ONE.times(X)).isSameAs(X);
    assertThat(X.times(-1)).isEqualTo(X.neg());
    assertThat(Expr.of(-1).times(X)).isEqualTo(X.neg());
    assertThat(X.neg().times(Y.neg())).isEqualTo(X.times(Y));
    assertThat(X.neg().times(Y)).isEqualTo(X.times(Y).neg());
    assertThat(X.times(Y.neg())).isEqualTo(X.times(Y).neg());
  }

  @Test
  void uniform_factors_are_gathered() {
    Expr expected = P.times(Q).times(X);
    assertThat(P.times(Q.times(X))).isEqualTo(expected);
    assertThat(P.times(X.times(Q))).isEqualTo(expected);
    assertThat(Q.times(X).times(P)).isEqualTo(expected);
    assertThat(X.times(Q).times(P)).isEqualTo(expected);
    assertThat(P.times(X.times(Y)).args()).contains(P, X.times(Y));
  }

  @Test
  void constant_factors_are_gathered_unless_their_product_leaves_the_range() {
    assertThat(X.times(2).times(3)).isEqualTo(X.times(6));
    assertThat(Expr.of(2).times(Expr.of(3).times(X))).isEqualTo(X.times(6));
    assertThat(P.times(2).times(0.5)).isSameAs(P);
    Expr large = X.times(1e200).times(1e200);
    assertThat(Derivatives.value(large, Map.of("x", 1e-200)))
        .isCloseTo(1e200, withPercentage(1e-12));
    Expr small = X.times(1e-200).times(1e-200);
    assertThat(Derivatives.value(small, Map.of("x", 1e200)))
        .isCloseTo(1e-200, withPercentage(1e-12));
  }

  @Test
  void quotients() {
    assertThat(Expr.ZERO.over(X)).isEqualTo(Expr.ZERO);
    assertThat(X.over(1)).isSameAs(X);
    assertThat(X.over(4)).isEqualTo(X.times(0.25));
    assertThat(X.over(-0.5)).isEqualTo(X.times(-2));
    assertThat(X.over(3).op()).isEqualTo(Op.DIV);
    assertThat(X.over(0).op()).isEqualTo(Op.DIV);
    assertThat(X.over(Double.POSITIVE_INFINITY).op()).isEqualTo(Op.DIV);
    assertThat(X.over(Double.MIN_VALUE).op()).isEqualTo(Op.DIV);
    assertThat(X.neg().over(Y)).isEqualTo(X.over(Y).neg());
    assertThat(X.over(Y.neg())).isEqualTo(X.over(Y).neg());
  }

  @Test
  void negations() {
    assertThat(X.neg().neg()).isSameAs(X);
    assertThat(X.minus(Y).neg()).isEqualTo(Y.minus(X));
  }

  @Test
  void fused_products() {
    assertThat(Expr.ZERO.fma(X, Y)).isSameAs(Y);
    assertThat(X.fma(Expr.ZERO, Y)).isSameAs(Y);
    assertThat(Expr.ONE.fma(X, Y)).isEqualTo(X.plus(Y));
    assertThat(X.fma(Expr.ONE, Y)).isEqualTo(X.plus(Y));
    assertThat(X.fma(Y, Expr.ZERO)).isEqualTo(X.times(Y));
  }

  @Test
  void powers() {
    assertThat(X.pow(0)).isEqualTo(Expr.ONE);
    assertThat(X.pow(1)).isSameAs(X);
    assertThat(X.pow(0.5)).isEqualTo(X.sqrt());
    assertThat(X.pow(2)).isEqualTo(X.times(X));
    assertThat(X.pow(3)).isEqualTo(X.times(X.times(X)));
    assertThat(X.pow(-1)).isEqualTo(Expr.ONE.over(X));
    assertThat(X.pow(-2)).isEqualTo(Expr.ONE.over(X.square()));
    assertThat(X.pow(2.5).op()).isEqualTo(Op.POW);
    assertThat(X.pow(65).op()).isEqualTo(Op.POW);
    assertThat(X.pow(P).op()).isEqualTo(Op.POW);
    assertThat(Derivatives.value(X.pow(64), Map.of("x", -2.0))).isEqualTo(0x1p64);
    assertThat(Derivatives.value(X.pow(-63), Map.of("x", -2.0))).isEqualTo(-0x1p-63);
  }

  @Test
  void integer_powers_of_constants_are_exact_products() {
    assertThat(Expr.of(-2).pow(3)).isEqualTo(Expr.of(-8));
    assertThat(Expr.of(3).pow(4)).isEqualTo(Expr.of(81));
    assertThat(Expr.of(2).pow(-3)).isEqualTo(Expr.of(0.125));
    assertThat(Expr.of(0).pow(0)).isEqualTo(Expr.ONE);
    assertThat(Expr.of(9).pow(0.5)).isEqualTo(Expr.of(3));
  }

  @Test
  void minima_and_maxima_of_equal_arguments() {
    assertThat(X.max(X)).isSameAs(X);
    assertThat(X.min(X)).isSameAs(X);
  }

  @Test
  void selections() {
    assertThat(Expr.ONE.select(X, Y)).isSameAs(X);
    assertThat(Expr.ZERO.select(X, Y)).isSameAs(Y);
    assertThat(Expr.of(-0.0).select(X, Y)).isSameAs(Y);
    assertThat(P.above(Q).select(X, X)).isSameAs(X);
  }

  @Test
  void a_constant_condition_selects_what_the_lowered_graph_would() {
    for (double condition : new double[] {0, 1, 2, 0.5, -1, Double.NaN, 1e-310}) {
      Map<String, Double> point = Map.of("c", condition, "x", 10.0, "y", 20.0);
      double lowered = Derivatives.value(Expr.leaf(Leaf.STATE, "c").select(X, Y), point);
      assertThat(Derivatives.value(Expr.of(condition).select(X, Y), point)).isEqualTo(lowered);
    }
  }

  @Test
  void bits_and_back_cancel() {
    assertThat(Expr.apply(Op.FROM_BITS, Expr.apply(Op.BITS, X))).isSameAs(X);
    Expr k = Expr.leaf(Leaf.WORD, "k");
    assertThat(Expr.apply(Op.BITS, Expr.apply(Op.FROM_BITS, k))).isSameAs(k);
  }
}
