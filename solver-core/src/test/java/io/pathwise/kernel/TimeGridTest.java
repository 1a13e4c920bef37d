package io.pathwise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeGridTest {

  @Test
  void outputTimesAreStepsAmongEqualSteps() {
    assertThat(TimeGrid.of(0.25, new double[] {0.3, 1}).times())
        .containsExactly(0, 0.25, 0.3, 0.5, 0.75, 1);
  }

  @Test
  void timesThatDifferByRoundingAreOne() {
    TimeGrid grid = TimeGrid.of(0.1, new double[] {0.1 + 0.2, 0.3, 1});
    assertThat(grid.steps()).isEqualTo(10);
    assertThat(grid.index(0.3)).isEqualTo(3);
    assertThat(grid.index(0.1 + 0.2)).isEqualTo(3);
  }

  @Test
  void aTimeThatIsNotOnTheGridIsRefused() {
    TimeGrid grid = TimeGrid.of(0.25, new double[] {1});
    assertThatThrownBy(() -> grid.index(0.3)).hasMessageContaining("time 0.3 is not on the grid");
    assertThatThrownBy(() -> grid.index(1.1)).hasMessageContaining("time 1.1");
  }

  @Test
  void aGridNeedsAPositiveStepAndFiniteTimes() {
    assertThatThrownBy(() -> TimeGrid.of(0, new double[] {1})).hasMessageContaining("step 0.0");
    assertThatThrownBy(() -> TimeGrid.of(0.1, new double[] {0}))
        .hasMessageContaining("times [0.0]");
    assertThatThrownBy(() -> TimeGrid.of(0.1, new double[] {-1, 1}))
        .hasMessageContaining("time -1.0");
    assertThatThrownBy(() -> TimeGrid.of(0.1, new double[] {Double.NaN}))
        .hasMessageContaining("time NaN");
  }

  @Test
  void everySchemeMayReadTimeStepAndItsRoot() {
    Map<String, double[]> inputs = TimeGrid.of(0.5, new double[] {0.6}).stepInputs();
    assertThat(inputs.get("t")).containsExactly(0, 0.5);
    assertThat(inputs.get("dt")[1]).isCloseTo(0.1, within(1e-15));
    assertThat(inputs.get("sqrtDt")[0]).isEqualTo(Math.sqrt(0.5));
  }
}
