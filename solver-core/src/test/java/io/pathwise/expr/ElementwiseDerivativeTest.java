package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Every elementwise operation against finite differences, at random points. */
class ElementwiseDerivativeTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr Z = Expr.leaf(Leaf.STATE, "z");

  /** The operations whose first argument may be any number. */
  private static final Set<Op> UNARY =
      Set.of(
          Op.NEG,
          Op.ABS,
          Op.EXP,
          Op.SIN,
          Op.COS,
          Op.TANH,
          Op.SIGMOID,
          Op.SOFTPLUS,
          Op.ERF,
          Op.NORMAL_CDF);

  private static final Set<Op> BINARY = Set.of(Op.ADD, Op.SUB, Op.MUL, Op.DIV, Op.MIN, Op.MAX);

  private static final Set<Op> CHECKED_APART =
      Set.of(
          Op.SQRT,
          Op.LOG,
          Op.INVERSE_NORMAL_CDF,
          Op.POW,
          Op.FMA,
          Op.SELECT,
          Op.RINT,
          Op.POSITIVE,
          Op.HELD,
          Op.FLOAT);

  @Example
  void every_elementwise_operation_is_checked_here() {
    Set<Op> checked =
        Stream.of(UNARY, BINARY, CHECKED_APART).flatMap(Set::stream).collect(Collectors.toSet());
    Set<Op> all =
        Arrays.stream(Op.values())
            .filter(op -> op.elementwise() && op != Op.FROM_BITS)
            .collect(Collectors.toSet());
    assertThat(checked).isEqualTo(all);
  }

  @Property(tries = 60)
  void operations_of_any_number(@ForAll @DoubleRange(min = -3, max = 3) double x) {
    Assume.that(Math.abs(x) > 0.02);
    for (Op op : UNARY) {
      Derivatives.check(Expr.apply(op, X), Map.of("x", x));
    }
  }

  @Property(tries = 60)
  void operations_of_a_positive_number(@ForAll @DoubleRange(min = 0.05, max = 50) double x) {
    Derivatives.check(X.sqrt(), Map.of("x", x));
    Derivatives.check(X.log(), Map.of("x", x));
  }

  @Property(tries = 60)
  void the_inverse_normal_distribution(@ForAll @DoubleRange(min = 0.1, max = 0.9) double x) {
    Derivatives.check(Expr.apply(Op.INVERSE_NORMAL_CDF, X), Map.of("x", x));
  }

  @Property(tries = 60)
  void operations_of_two_numbers(
      @ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double y) {
    Assume.that(Math.abs(x - y) > 0.02 && Math.abs(y) > 0.1);
    for (Op op : BINARY) {
      Derivatives.check(Expr.apply(op, X, Y), Map.of("x", x, "y", y));
    }
  }

  @Property(tries = 60)
  void power(
      @ForAll @DoubleRange(min = 0.1, max = 3) double x,
      @ForAll @DoubleRange(min = -2, max = 3) double y) {
    Derivatives.check(X.pow(Y), Map.of("x", x, "y", y));
    Derivatives.check(X.pow(2.3), Map.of("x", x));
  }

  @Property(tries = 60)
  void integer_powers_of_any_sign(@ForAll @DoubleRange(min = -2, max = 2) double x) {
    Assume.that(Math.abs(x) > 0.1);
    for (int n : new int[] {-3, -1, 1, 2, 5}) {
      Derivatives.check(X.pow(n), Map.of("x", x));
    }
  }

  @Property(tries = 60)
  void fused_multiply_add(
      @ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double y,
      @ForAll @DoubleRange(min = -3, max = 3) double z) {
    Derivatives.check(X.fma(Y, Z), Map.of("x", x, "y", y, "z", z));
    Derivatives.check(X.fma(X, Z), Map.of("x", x, "z", z));
  }

  @Property(tries = 60)
  void selection_follows_the_taken_branch(
      @ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double y) {
    Assume.that(Math.abs(x - y) > 0.02);
    Expr selected = X.above(Y).select(X.square().times(Y), Y.exp().times(X));
    Derivatives.check(selected, Map.of("x", x, "y", y));
  }

  @Property(tries = 30)
  void steps_have_derivative_zero(@ForAll @DoubleRange(min = -3, max = 3) double x) {
    for (Op op : List.of(Op.RINT, Op.POSITIVE, Op.HELD)) {
      Expr step = Expr.apply(op, X);
      assertThat(Reverse.gradient(step, List.of(X))).containsExactly(Expr.ZERO);
      assertThat(Forward.tangent(step, Map.of(X, Expr.ONE))).isEqualTo(Expr.ZERO);
    }
    assertThat(x).isFinite();
  }

  @Example
  void a_rounding_has_the_derivative_of_its_argument() {
    Expr rounded = Expr.apply(Op.FLOAT, X.times(3));
    assertThat(Reverse.gradient(rounded, List.of(X))).containsExactly(Expr.of(3));
    assertThat(Forward.tangent(rounded, Map.of(X, Expr.ONE))).isEqualTo(Expr.of(3));
  }

  /** Points with x and y up to 3 and x y above 1.1, so that the square root stays off 0. */
  @Property(tries = 40)
  void compositions_share_their_nodes(
      @ForAll @DoubleRange(min = 0.37, max = 3) double x,
      @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
    double least = 1.1 / x;
    double y = least + fraction * (3 - least);
    Expr shared = X.times(Y).log();
    Expr output = shared.times(shared.exp()).plus(shared.square().over(Y)).minus(shared.sqrt());
    Derivatives.check(output, Map.of("x", x, "y", y));
  }

  @Property(tries = 40)
  void every_operation_on_vectors_with_scalars_repeated(
      @ForAll @DoubleRange(min = 0.3, max = 0.45) double a,
      @ForAll @DoubleRange(min = 0.5, max = 0.9) double b,
      @ForAll @DoubleRange(min = 1, max = 2) double s) {
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(2));
    Map<String, Double> point = Map.of("v[0]", a, "v[1]", b, "x", s);
    for (Op op : Op.values()) {
      if (!op.elementwise() || (CHECKED_APART.contains(op) && op != Op.POW) || op == Op.FROM_BITS) {
        continue;
      }
      Derivatives.check(op.arity() == 1 ? Expr.apply(op, v.times(X)) : Expr.apply(op, v, X), point);
    }
    Derivatives.check(v.fma(X, X), point);
    Derivatives.check(v.minus(0.47).above(Expr.ZERO).select(v.times(X), X.square()), point);
  }

  @Example
  void integer_operations_have_none() {
    Expr bits = Expr.apply(Op.FROM_BITS, Expr.shift(Op.LSHR, Expr.apply(Op.BITS, X), 1));
    assertThatThrownBy(() -> Reverse.gradient(bits, List.of(X)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no elementwise derivative");
  }
}
