package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DyadicSumTest {

  private static double[] value(long shard) {
    Random random = new Random(shard);
    return new double[] {random.nextGaussian() * 1e8, random.nextGaussian()};
  }

  private static DyadicSum inOrder(int shards) {
    DyadicSum sum = new DyadicSum(2);
    for (int s = 0; s < shards; s++) {
      sum.add(s, value(s));
    }
    return sum;
  }

  @Property(tries = 200)
  void anySplitAndAnyOrderGivesTheSameBits(
      @ForAll @IntRange(min = 1, max = 300) int shards,
      @ForAll @IntRange(min = 1, max = 64) int parts,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>();
    for (int s = 0; s < shards; s++) {
      order.add(s);
    }
    Collections.shuffle(order, random);
    List<DyadicSum> partial = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      partial.add(new DyadicSum(2));
    }
    for (int s : order) {
      partial.get(random.nextInt(parts)).add(s, value(s));
    }
    Collections.shuffle(partial, random);
    DyadicSum merged = new DyadicSum(2);
    partial.forEach(merged::merge);
    assertThat(merged.total()).containsExactly(inOrder(shards).total());
    assertThat(merged.shards()).isEqualTo(shards);
  }

  @Property
  void contiguousShardsNeedFewNodes(
      @ForAll @IntRange(min = 0, max = 1000) int first,
      @ForAll @IntRange(min = 1, max = 3000) int count) {
    DyadicSum sum = new DyadicSum(2);
    for (int s = first; s < first + count; s++) {
      sum.add(s, value(s));
    }
    int bits = 32 - Integer.numberOfLeadingZeros(first + count);
    assertThat(sum.nodes()).isLessThanOrEqualTo(2 * bits);
  }

  @Test
  void shardsBeyondTheLastJoinOnlyWithTheirSiblings() {
    DyadicSum sum = new DyadicSum(1);
    sum.add(0, new double[] {1});
    sum.add(1, new double[] {2});
    sum.add(2, new double[] {4});
    assertThat(sum.nodes()).isEqualTo(2);
    assertThat(sum.total()).containsExactly(7);
  }

  @Test
  void aShardThatIsThereAlreadyIsRefused() {
    DyadicSum sum = inOrder(4);
    assertThatThrownBy(() -> sum.add(2, value(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shards from 2");
    DyadicSum other = new DyadicSum(2);
    other.add(3, value(3));
    assertThatThrownBy(() -> sum.merge(other)).hasMessageContaining("shards from 3");
  }

  @Test
  void vectorsOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> new DyadicSum(2).add(0, new double[3]))
        .hasMessageContaining("3 elements, expected 2");
    assertThatThrownBy(() -> new DyadicSum(2).merge(new DyadicSum(1)))
        .hasMessageContaining("1 elements, expected 2");
  }

  @Test
  void legsOverTheSameShardsAddUpElementByElement() {
    DyadicSum all = new DyadicSum(2);
    DyadicSum first = new DyadicSum(2);
    DyadicSum second = new DyadicSum(2);
    DyadicSum legs = new DyadicSum(2);
    for (int s = 0; s < 5; s++) {
      all.add(s, new double[] {0.1 * s, 1.0 / (s + 3)});
      first.add(s, new double[] {0.1 * s, 0});
      second.add(s, new double[] {0, 1.0 / (s + 3)});
    }
    legs.overlay(first);
    legs.overlay(second);
    assertThat(legs.total()).containsExactly(all.total());
    assertThat(first.total()[1]).isZero(); // what was laid over is not changed
    DyadicSum fewer = new DyadicSum(2);
    fewer.add(0, new double[2]);
    assertThatThrownBy(() -> legs.overlay(fewer)).hasMessageContaining("over other shards");
  }

  @Test
  void aSumOverNothingIsZero() {
    assertThat(new DyadicSum(2).total()).containsExactly(0, 0);
  }
}
