package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Higham's example and what defines the nearest correlation matrix. */
class NearestCorrelationTest {

  /** Higham (2002), section 4: the matrix of ones on three diagonals, n = 3. */
  @Test
  void highamsExampleComesBack() {
    double[][] given = {{1, 1, 0}, {1, 1, 1}, {0, 1, 1}};
    NearestCorrelation nearest = NearestCorrelation.of(given, 0);
    double[][] x = nearest.matrix();
    assertThat(x[0][1]).isCloseTo(0.7607, within(5e-5));
    assertThat(x[1][2]).isCloseTo(0.7607, within(5e-5));
    assertThat(x[0][2]).isCloseTo(0.1573, within(5e-5));
    assertThat(nearest.distance()).isCloseTo(0.5278, within(5e-5));
  }

  @Test
  void aCorrelationMatrixIsItsOwnNearest() {
    double[][] given = {{1, 0.3, -0.2}, {0.3, 1, 0.5}, {-0.2, 0.5, 1}};
    NearestCorrelation nearest = NearestCorrelation.of(given, 0);
    assertThat(nearest.distance()).isLessThan(1e-12);
    assertThat(nearest.iterations()).isLessThan(5);
  }

  @Test
  void eigenvaluesAreAtLeastWhatWasAskedForAndTheDiagonalIsOne() {
    double[][] given = {
      {1, 0.95, -0.9, 0.4}, {0.95, 1, 0.9, 0.3}, {-0.9, 0.9, 1, -0.8}, {0.4, 0.3, -0.8, 1}
    };
    NearestCorrelation nearest = NearestCorrelation.of(given, 1e-3);
    assertThat(NearestCorrelation.leastEigenvalue(nearest.matrix())).isCloseTo(1e-3, within(1e-9));
    for (int i = 0; i < 4; i++) {
      assertThat(nearest.matrix()[i][i]).isEqualTo(1);
    }
  }

  @Test
  void anAsymmetricMatrixIsRefused() {
    assertThatThrownBy(() -> NearestCorrelation.of(new double[][] {{1, 0.5}, {0.4, 1}}, 0))
        .hasMessageContaining("entry (2, 1) = 0.4")
        .hasMessageContaining("equal to 0.5");
  }
}
