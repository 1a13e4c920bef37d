package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

  @Test
  void a_shape_counts_its_elements_and_names_itself() {
    assertThat(Shape.SCALAR.size()).isOne();
    assertThat(Shape.SCALAR).hasToString("scalar");
    assertThat(Shape.vector(4).size()).isEqualTo(4);
    assertThat(Shape.vector(4)).hasToString("vector 4");
    assertThat(Shape.matrix(2, 3).size()).isEqualTo(6);
    assertThat(Shape.matrix(2, 3)).hasToString("matrix 2 x 3");
  }

  @Test
  void a_vector_of_one_is_no_scalar() {
    assertThat(Shape.vector(1)).isNotEqualTo(Shape.SCALAR);
    assertThat(Shape.vector(1).isScalar()).isFalse();
    assertThat(Shape.matrix(1, 1).isScalar()).isFalse();
    assertThat(Shape.SCALAR.isScalar()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1,1,1", "3,1,1", "1,0,1", "2,2,0", "2,-1,2", "0,2,1", "0,1,2", "1,2,2"})
  void extents_must_be_positive_and_agree_with_the_rank(int rank, int rows, int columns) {
    assertThatThrownBy(() -> new Shape(rank, rows, columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape of rank " + rank + " and extents " + rows + " x " + columns);
  }

  @Test
  void a_shape_of_more_elements_than_an_array_holds_is_refused() {
    assertThatThrownBy(() -> Shape.matrix(100_000, 100_000))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
