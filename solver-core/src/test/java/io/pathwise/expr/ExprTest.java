package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExprTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr P = Expr.param("p");
  private static final Expr V = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
  private static final Expr M = Expr.param("m");
  private static final Expr MATRIX = Expr.leaf(Leaf.PARAM, "a", Shape.matrix(2, 3));
  private static final Expr WORD = Expr.leaf(Leaf.WORD, "k");

  @Test
  void leaves_and_constants_say_what_they_are() {
    assertThat(X.op()).isEqualTo(Op.LEAF);
    assertThat(X.leaf()).isEqualTo(Leaf.STATE);
    assertThat(X.name()).isEqualTo("x");
    assertThat(X.args()).isEmpty();
    assertThat(Expr.of(2.5).value()).isEqualTo(2.5);
    assertThat(Expr.of(2.5).leaf()).isNull();
    assertThat(Expr.word(7).literal()).isEqualTo(7);
    assertThat(Expr.of(-0.0).isConst(0)).isTrue();
    assertThat(X.isConst()).isFalse();
    assertThatThrownBy(X::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x");
  }

  @Test
  void elementwise_operations_repeat_scalars_to_the_shape_of_the_others() {
    assertThat(V.plus(X).shape()).isEqualTo(Shape.vector(3));
    assertThat(X.times(MATRIX).shape()).isEqualTo(Shape.matrix(2, 3));
    assertThat(X.above(V).select(V, P).shape()).isEqualTo(Shape.vector(3));
    assertThat(V.plus(0).shape()).isEqualTo(Shape.vector(3));
    assertThat(V.times(0)).isEqualTo(Expr.vector(0, 0, 0));
    assertThat(V.minus(V)).isEqualTo(Expr.vector(0, 0, 0));
    assertThat(V.pow(0)).isEqualTo(Expr.vector(1, 1, 1));
  }

  @Test
  void shapes_that_do_not_match_are_refused_by_name() {
    assertThatThrownBy(() -> V.plus(MATRIX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("+ of a vector 3 and a matrix 2 x 3");
    assertThatThrownBy(() -> V.plus(Expr.vector(1, 2)))
        .hasMessage("+ of a vector 3 and a vector 2");
    assertThatThrownBy(() -> V.plus(Expr.vector(1, 2, 3).reshape(Shape.matrix(3, 1))))
        .hasMessage("+ of a vector 3 and a matrix 3 x 1");
  }

  @Test
  void a_wrong_number_of_arguments_is_refused() {
    assertThatThrownBy(() -> Expr.apply(Op.ADD, X)).hasMessage("+ takes 2 arguments, not 1");
    assertThatThrownBy(() -> Expr.apply(Op.SELECT, X, X))
        .hasMessage("select takes 3 arguments, not 2");
  }

  @Test
  void apply_is_for_elementwise_and_integer_operations_alone() {
    for (Op op : List.of(Op.SUM, Op.CONCAT, Op.SLICE, Op.LEAF, Op.CONST, Op.LCONST)) {
      assertThatThrownBy(() -> Expr.apply(op, V))
          .hasMessage(op.symbol() + " is not an elementwise operation");
    }
  }

  @Test
  void integers_and_doubles_do_not_mix() {
    assertThatThrownBy(() -> X.plus(WORD)).hasMessage("+ takes doubles, not the 64-bit integer k");
    assertThatThrownBy(() -> Expr.apply(Op.LADD, WORD, X))
        .hasMessage("ladd takes 64-bit integers, not the double x");
    assertThatThrownBy(() -> Expr.apply(Op.BITS, Expr.word(1)))
        .hasMessage("bits takes doubles, not the 64-bit integer 0x1");
    assertThatThrownBy(() -> Expr.apply(Op.FROM_BITS, Expr.ONE))
        .hasMessage("fromBits takes 64-bit integers, not the double 1");
    assertThat(Expr.apply(Op.BITS, X).integral()).isTrue();
    assertThat(Expr.apply(Op.FROM_BITS, WORD).integral()).isFalse();
  }

  @Test
  void shifts_are_by_0_to_63_bits() {
    assertThat(Expr.shift(Op.LSHL, WORD, 63).literal()).isEqualTo(63);
    assertThatThrownBy(() -> Expr.shift(Op.LSHL, WORD, 64))
        .hasMessage("shl by 64 bits, not 0 to 63");
    assertThatThrownBy(() -> Expr.shift(Op.LROTL, WORD, -1))
        .hasMessage("rotl by -1 bits, not 0 to 63");
  }

  @Test
  void structural_operations_refuse_wrong_shapes() {
    assertThatThrownBy(() -> V.get(3)).hasMessage("slice of scalar at 3 from a vector 3");
    assertThatThrownBy(() -> V.get(-1)).hasMessage("slice of scalar at -1 from a vector 3");
    assertThatThrownBy(() -> V.slice(Integer.MAX_VALUE, Shape.vector(2)))
        .hasMessageContaining("slice of vector 2");
    assertThatThrownBy(() -> MATRIX.get(0, 3))
        .hasMessage("element (0, 3) of a matrix 2 x 3: there is none");
    assertThatThrownBy(() -> MATRIX.get(2, 0)).hasMessageContaining("there is none");
    assertThatThrownBy(() -> V.get(0, 0)).hasMessageContaining("there is none");
    assertThatThrownBy(() -> V.reshape(Shape.vector(4)))
        .hasMessage("reshape of a vector 3 to a vector 4");
    assertThatThrownBy(() -> V.dot(Expr.vector(1, 2)))
        .hasMessage("dot of a vector 3 and a vector 2");
    assertThatThrownBy(() -> MATRIX.dot(MATRIX)).hasMessageContaining("dot of a matrix");
    assertThatThrownBy(() -> MATRIX.matVec(Expr.vector(1, 2)))
        .hasMessage("matVec of a matrix 2 x 3 and a vector 2");
    assertThatThrownBy(() -> V.matVec(V)).hasMessageContaining("matVec of a vector 3");
    assertThatThrownBy(V::transpose).hasMessage("transpose of a vector 3");
    assertThatThrownBy(() -> V.outer(M)).hasMessage("outer of a vector 3 and a scalar");
    assertThatThrownBy(() -> Expr.concat(List.of())).hasMessage("concat of nothing");
    assertThatThrownBy(() -> Expr.matrix(List.of())).hasMessage("matrix of no rows");
    assertThatThrownBy(
            () -> Expr.matrix(List.of(Expr.vector(1, 2), Expr.vector(1), Expr.vector(1, 2, 3))))
        .hasMessage("matrix of rows of different shapes: a vector 2 and a vector 1");
  }

  @Test
  void structural_operations_have_the_shapes_of_linear_algebra() {
    assertThat(V.get(1).shape()).isEqualTo(Shape.SCALAR);
    assertThat(MATRIX.matVec(V).shape()).isEqualTo(Shape.vector(2));
    assertThat(MATRIX.transpose().shape()).isEqualTo(Shape.matrix(3, 2));
    assertThat(V.outer(Expr.vector(1, 2)).shape()).isEqualTo(Shape.matrix(3, 2));
    assertThat(V.dot(V).shape()).isEqualTo(Shape.SCALAR);
    assertThat(MATRIX.sum().shape()).isEqualTo(Shape.SCALAR);
    assertThat(Expr.concat(List.of(V, X, MATRIX)).shape()).isEqualTo(Shape.vector(10));
    assertThat(Expr.matrix(List.of(V, V)).shape()).isEqualTo(Shape.matrix(2, 3));
    assertThat(V.sumOverPaths().shape()).isEqualTo(Shape.vector(3));
  }

  @Test
  void a_value_is_uniform_unless_it_depends_on_a_varying_leaf() {
    assertThat(P.varying()).isFalse();
    assertThat(Expr.leaf(Leaf.STEP, "t").varying()).isFalse();
    assertThat(WORD.varying()).isFalse();
    for (Leaf kind : List.of(Leaf.STATE, Leaf.NOISE, Leaf.ADJOINT, Leaf.LANE, Leaf.PATH)) {
      assertThat(Expr.leaf(kind, "y").varying()).as(kind.name()).isTrue();
    }
    assertThat(P.exp().plus(2).varying()).isFalse();
    assertThat(P.times(X).varying()).isTrue();
    assertThat(MATRIX.matVec(V).varying()).isTrue();
    assertThat(MATRIX.matVec(Expr.vector(1, 2, 3)).varying()).isFalse();
    assertThat(Expr.concat(List.of(P, X)).varying()).isTrue();
    assertThat(X.times(P).sumOverPaths().varying()).isFalse();
    assertThat(X.times(P).sumOverPaths().times(X).varying()).isTrue();
    assertThat(X.times(0).varying()).isFalse();
  }
}
