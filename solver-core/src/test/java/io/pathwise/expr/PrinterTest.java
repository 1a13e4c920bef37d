package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrinterTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr Z = Expr.leaf(Leaf.STATE, "z");

  @Test
  void parentheses_stand_only_where_the_structure_needs_them() {
    assertThat(X.plus(Y).plus(Z)).hasToString("x + y + z");
    assertThat(X.plus(Y.plus(Z))).hasToString("x + (y + z)");
    assertThat(X.minus(Y.minus(Z))).hasToString("x - (y - z)");
    assertThat(X.minus(Y).minus(Z)).hasToString("x - y - z");
    assertThat(X.times(Y).plus(Z)).hasToString("x*y + z");
    assertThat(X.plus(Y).times(Z)).hasToString("(x + y)*z");
    assertThat(X.over(Y).over(Z)).hasToString("x/y/z");
    assertThat(X.over(Y.times(Z))).hasToString("x/(y*z)");
    assertThat(X.neg()).hasToString("-x");
    assertThat(X.times(Y).neg()).hasToString("-(x*y)");
    assertThat(X.exp().neg()).hasToString("-exp(x)");
    assertThat(X.over(Y).neg().minus(Z)).hasToString("-(x/y) - z");
  }

  @Test
  void functions_are_calls() {
    assertThat(X.max(0).sqrt()).hasToString("sqrt(max(x, 0))");
    assertThat(X.above(Y).select(X.plus(Y), Z)).hasToString("select(positive(x - y), x + y, z)");
    assertThat(X.pow(Y)).hasToString("pow(x, y)");
    assertThat(X.fma(Y, Z)).hasToString("fma(x, y, z)");
  }

  @Test
  void numbers_are_short_and_exact() {
    assertThat(Expr.of(3)).hasToString("3");
    assertThat(Expr.of(-3)).hasToString("-3");
    assertThat(Expr.of(0.1)).hasToString("0.1");
    assertThat(Expr.of(0.0)).hasToString("0");
    assertThat(Expr.of(-0.0)).hasToString("-0");
    assertThat(Expr.of(1e300)).hasToString("1.0E300");
    assertThat(X.times(-2)).hasToString("x*-2");
    assertThat(X.plus(Double.POSITIVE_INFINITY)).hasToString("x + 1/0");
    assertThat(X.times(Double.NEGATIVE_INFINITY)).hasToString("x*(-1/0)");
    assertThat(X.plus(Double.NaN)).hasToString("x + 0/0");
  }

  @Test
  void structures_and_integers_are_calls_too() {
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
    assertThat(v.get(2)).hasToString("slice(v, 2)");
    assertThat(Expr.concat(List.of(X, v)).dot(Expr.vector(1, 2, 3, 4)))
        .hasToString("dot(concat(x, v), concat(1, 2, 3, 4))");
    assertThat(Expr.shift(Op.LROTL, Expr.leaf(Leaf.WORD, "k"), 13)).hasToString("rotl(k, 13)");
    assertThat(Expr.word(255)).hasToString("0xff");
  }

  @Test
  void a_text_too_long_to_read_is_cut_even_if_sharing_makes_it_astronomic() {
    Expr x = X;
    for (int i = 0; i < 200; i++) {
      x = x.exp().plus(x.sqrt());
    }
    assertThat(x.toString()).hasSize(20_003).endsWith("...");
  }
}
