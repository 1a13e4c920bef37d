package io.pathwise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoarseGridTest {

  private static CoarseGrid coarse(int steps, int... read) {
    double[] times = new double[steps + 1];
    for (int k = 0; k <= steps; k++) {
      times[k] = k * (k + 1) / 2.0; // unequal steps
    }
    BitSet bits = new BitSet();
    for (int k : read) {
      bits.set(k);
    }
    return CoarseGrid.of(new TimeGrid(times), bits);
  }

  @Test
  void pairsOfStepsJoin() {
    CoarseGrid grid = coarse(4, 4);
    assertThat(grid.fineStep()).containsExactly(0, 2);
    assertThat(grid.grid().times()).containsExactly(0, 3, 10);
  }

  @Test
  void aPairThatIsReadInTheMiddleStaysApart() {
    CoarseGrid grid = coarse(4, 1, 4);
    assertThat(grid.fineStep()).containsExactly(0, 1, 2);
    assertThat(grid.firstRoot()).containsExactly(1, 0, Math.sqrt(3));
    assertThat(grid.secondRoot()).containsExactly(0, Math.sqrt(2), 2);
  }

  @Test
  void aLastStepWithoutAPartnerStaysAlone() {
    assertThat(coarse(5, 5).fineStep()).containsExactly(0, 2, 4);
  }

  /** dW of the coarse steps adds up to dW of the fine ones, whatever is read. */
  @Property
  void theBrownianPathIsTheSame(
      @ForAll @IntRange(min = 1, max = 40) int steps, @ForAll long readBits) {
    BitSet read = BitSet.valueOf(new long[] {readBits});
    double[] times = new double[steps + 1];
    for (int k = 1; k <= steps; k++) {
      times[k] = times[k - 1] + 0.1 + 0.05 * (k % 3);
    }
    CoarseGrid grid = CoarseGrid.of(new TimeGrid(times), read);
    double[] normals = new double[steps + 2];
    for (int k = 0; k < steps; k++) {
      normals[k] = Math.sin(k + 1.0);
    }
    double fine = 0;
    int k = 0;
    double coarse = 0;
    for (int c = 0; c < grid.grid().steps(); c++) {
      int pair = grid.fineStep()[c] / 2 * 2;
      coarse += grid.firstRoot()[c] * normals[pair] + grid.secondRoot()[c] * normals[pair + 1];
      for (; k < steps && times[k + 1] <= grid.grid().times()[c + 1]; k++) {
        fine += Math.sqrt(times[k + 1] - times[k]) * normals[k];
      }
      assertThat(coarse).isCloseTo(fine, within(1e-12));
    }
    assertThat(k).isEqualTo(steps);
  }
}
