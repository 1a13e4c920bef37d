package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small records: ranges, steps, options of a run. */
class SpecsTest {

  @Test
  void aRangeAdmitsItsBoundsUnlessOpen() {
    assertThat(Range.above(0, "").admits(0)).isFalse();
    assertThat(Range.above(0, "").admits(Double.MIN_VALUE)).isTrue();
    assertThat(Range.between(-1, 1).admits(-1)).isTrue();
    assertThat(Range.between(-1, 1).admits(1)).isTrue();
    assertThat(Range.between(-1, 1).admits(Math.nextUp(1.0))).isFalse();
    assertThat(Range.FINITE.admits(Double.NaN)).isFalse();
    assertThat(Range.FINITE.admits(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void aRangeSaysWhatItExpects() {
    assertThat(Range.FINITE.expected()).isEqualTo("a finite number");
    assertThat(Range.above(0, "years").expected()).isEqualTo("a number of years above 0");
    assertThat(Range.between(-1, 0.5).expected()).isEqualTo("a number from -1 to 0.5");
    assertThat(new Range(2, false, Double.MAX_VALUE, "").expected())
        .isEqualTo("a number of at least 2");
    assertThat(new Range(-Double.MAX_VALUE, false, 2, "").expected())
        .isEqualTo("a number of at most 2");
  }

  @Test
  void stepsAYearFillTheHorizonAndNoRoundingAddsOne() {
    assertThat(new Stepping.PerYear(252).count(1)).isEqualTo(252);
    assertThat(new Stepping.PerYear(10).count(0.3)).isEqualTo(3);
    assertThat(new Stepping.PerYear(365).count(13 / 365.0)).isEqualTo(13);
    assertThat(new Stepping.PerYear(12).count(0.01)).isEqualTo(1);
    assertThat(new Stepping.PerYear(12).count(0.1)).isEqualTo(2);
    assertThat(new Stepping.Total(7).count(100)).isEqualTo(7);
  }

  @Test
  void aRunIdIsAName() {
    LocalDate day = LocalDate.of(2002, 7, 5);
    for (String id : new String[] {"a", "2002-07-05.v1_x", "A".repeat(64)}) {
      assertThat(
              new RunOptions(id, day, Optional.empty(), Progress.none(), Resume.UNFINISHED).runId())
          .isEqualTo(id);
    }
    for (String id : new String[] {"", ".", "-a", "a b", "a/b", "a'b", "A".repeat(65)}) {
      assertThatThrownBy(
              () -> new RunOptions(id, day, Optional.empty(), Progress.none(), Resume.UNFINISHED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("run id '" + id + "', expected 1 to 64 letters");
    }
  }
}
