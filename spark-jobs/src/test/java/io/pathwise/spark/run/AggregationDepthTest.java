package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregationDepthTest {

  @ParameterizedTest(name = "{0} tasks of {1} bytes: depth {2}")
  @CsvSource({
    "1, 1000, 1",
    "2, 100000, 1",
    "8, 100000, 1",
    "64, 10000, 1",
    "64, 1000000, 2",
    "1000, 10000, 2",
    "200, 1000000, 3",
    "10000, 10000000, 4"
  })
  void aStageMoreIsWorthItWhereTheDriverWouldMergeLongerThanItTakes(
      int tasks, long bytes, int depth) {
    assertThat(AggregationDepth.of(tasks, bytes)).isEqualTo(depth);
  }

  @Test
  void moreTasksOrLargerResultsNeverMakeItShallower() {
    for (long bytes = 1000; bytes < 1L << 30; bytes *= 4) {
      int before = 1;
      for (int tasks = 1; tasks < 1 << 16; tasks *= 2) {
        int depth = AggregationDepth.of(tasks, bytes);
        assertThat(depth).isGreaterThanOrEqualTo(before);
        before = depth;
      }
    }
  }

  /** The nodes of a range of n shards: at most two a level of the tree. */
  @Test
  void theSizeOfAResultGrowsWithTheLogarithmOfItsShards() {
    assertThat(AggregationDepth.bytes(1, 100)).isEqualTo(1600);
    assertThat(AggregationDepth.bytes(1023, 100)).isEqualTo(16_000);
    assertThat(AggregationDepth.bytes(1024, 100)).isEqualTo(17_600);
  }
}
