package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static final Expr V = Expr.leaf(Leaf.STATE, "v", Shape.vector(4));
  private static final Expr M = Expr.leaf(Leaf.PARAM, "m", Shape.matrix(2, 2));
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");

  @Test
  void slices_of_slices_are_slices() {
    assertThat(V.slice(1, Shape.vector(3)).slice(1, Shape.vector(2)))
        .isEqualTo(V.slice(2, Shape.vector(2)));
    assertThat(V.slice(1, Shape.vector(3)).get(0)).isEqualTo(V.get(1));
    assertThat(V.slice(0, Shape.vector(4))).isSameAs(V);
    assertThat(X.get(0)).isSameAs(X);
  }

  @Test
  void slices_look_through_reshapes_and_concatenations() {
    assertThat(V.reshape(Shape.matrix(2, 2)).get(1, 0)).isEqualTo(V.get(2));
    Expr parts = Expr.concat(List.of(X, V, M));
    assertThat(parts.get(0)).isSameAs(X);
    assertThat(parts.get(2)).isEqualTo(V.get(1));
    assertThat(parts.slice(1, Shape.vector(4))).isSameAs(V);
    assertThat(parts.slice(5, Shape.matrix(2, 2))).isSameAs(M);
    assertThat(parts.slice(5, Shape.vector(4))).isEqualTo(M.reshape(Shape.vector(4)));
    assertThat(parts.slice(6, Shape.vector(2))).isEqualTo(M.slice(1, Shape.vector(2)));
    assertThat(parts.slice(4, Shape.vector(2)).op()).isEqualTo(Op.SLICE);
    assertThat(Expr.matrix(List.of(V, V)).get(1, 3)).isEqualTo(V.get(3));
  }

  @Test
  void reshapes_of_reshapes_are_reshapes() {
    assertThat(V.reshape(Shape.matrix(2, 2)).reshape(Shape.vector(4))).isSameAs(V);
    assertThat(V.reshape(Shape.matrix(2, 2)).reshape(Shape.matrix(4, 1)))
        .isEqualTo(V.reshape(Shape.matrix(4, 1)));
    assertThat(Expr.vector(1, 2).reshape(Shape.matrix(1, 2)))
        .isEqualTo(Expr.matrix(List.of(Expr.vector(1, 2))));
  }

  @Test
  void concatenations_are_flat() {
    Expr inner = Expr.concat(List.of(X, V));
    assertThat(Expr.concat(List.of(inner, X))).isEqualTo(Expr.concat(List.of(X, V, X)));
    assertThat(Expr.concat(List.of(V))).isSameAs(V);
    assertThat(Expr.concat(List.of(V.reshape(Shape.matrix(2, 2)), X)))
        .isEqualTo(Expr.concat(List.of(V, X)));
    assertThat(Expr.concat(List.of(X)).shape()).isEqualTo(Shape.vector(1));
    assertThat(Expr.concat(List.of(X)).get(0)).isSameAs(X);
  }

  @Test
  void transposing_twice_does_nothing() {
    assertThat(M.transpose().transpose()).isSameAs(M);
  }

  @Test
  void the_sum_of_one_element_is_the_element() {
    assertThat(X.sum()).isSameAs(X);
    assertThat(Expr.concat(List.of(X)).sum()).isSameAs(X);
  }

  @Test
  void embedding_surrounds_with_zeros() {
    assertThat(Structure.embed(Expr.vector(5, 6), 1, Shape.vector(4)))
        .isEqualTo(Expr.vector(0, 5, 6, 0));
    assertThat(Structure.embed(Expr.ONE, 3, Shape.matrix(2, 2)))
        .isEqualTo(Expr.vector(0, 0, 0, 1).reshape(Shape.matrix(2, 2)));
    assertThat(Structure.embed(V, 0, Shape.vector(4))).isSameAs(V);
  }
}
