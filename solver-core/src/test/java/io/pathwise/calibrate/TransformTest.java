package io.pathwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coordinates of parameters. */
class TransformTest {

  @ParameterizedTest
  @EnumSource(Transform.class)
  void aValueComesBackFromItsCoordinate(Transform transform) {
    for (double value : new double[] {-0.998, -0.5, 0.1, 0.9989}) {
      double z = transform.coordinate(value, -0.999, 0.999);
      assertThat(transform.value(z, -0.999, 0.999)).isCloseTo(value, within(1e-14));
    }
  }

  @ParameterizedTest
  @EnumSource(Transform.class)
  void slopesAreThoseOfCentralDifferences(Transform transform) {
    for (double z : new double[] {-6, -0.3, 0, 2, 7}) {
      double up = transform.value(z + 1e-5, -1, 3);
      double down = transform.value(z - 1e-5, -1, 3);
      assertThat(transform.slope(z, -1, 3)).isCloseTo((up - down) / 2e-5, within(1e-6));
    }
  }

  @Test
  void noCoordinateLeavesTheBoundsOfALogit() {
    for (double z : new double[] {-1e4, -800, 800, 1e4}) {
      assertThat(Transform.LOGIT.value(z, 0.1, 0.2)).isBetween(0.1, 0.2);
    }
  }

  @Test
  void aSpaceNamesAllItsProblems() {
    assertThatThrownBy(
            () ->
                ParameterSpace.of(
                    CalibrationParameter.free("a", 2, 0, 1),
                    CalibrationParameter.free("b", 0.5, 1, 0),
                    CalibrationParameter.fixed("a", 3)))
        .hasMessageContaining("a starts at 2.0, expected a number inside its bounds (0.0, 1.0)")
        .hasMessageContaining("b in [1.0, 0.0]")
        .hasMessageContaining("a stands twice");
  }

  @Test
  void fixedParametersStayAndFreeOnesFollowTheirCoordinates() {
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.fixed("k", 7), CalibrationParameter.free("s", 0.5, 0, 1));
    assertThat(space.values(new double[] {0})).isEqualTo(Map.of("k", 7.0, "s", 0.5));
    assertThat(space.freeNames()).isEqualTo(List.of("s"));
    assertThat(space.holding("s", 0.2).parameters().get(1).isFree()).isFalse();
  }

  @Test
  void sobolStartsLieInTheBoundsAndDifferFromEachOther() {
    ParameterSpace space = ModelSpace.find("bates").orElseThrow();
    List<double[]> starts = SobolStarts.of(space, 64, 3);
    assertThat(starts.stream().map(java.util.Arrays::toString).distinct()).hasSize(64);
    for (double[] start : starts) {
      Map<String, Double> values = space.values(start);
      for (CalibrationParameter p : space.free()) {
        assertThat(values.get(p.name())).isBetween(p.lower(), p.upper());
        assertThat(p.isAtBound(values.get(p.name()))).isFalse();
      }
    }
  }
}
