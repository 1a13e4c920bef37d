package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SegmentedSumTest {

  private static double[] shard(long s) {
    return new double[] {1.0 / (s + 1), Math.sqrt((double) s)};
  }

  @Test
  void segmentsEndAtASixteenthAQuarterAndTheEnd() {
    assertThat(Segments.of(245).ends()).containsExactly(15, 61, 245);
    assertThat(Segments.of(16).ends()).containsExactly(1, 4, 16);
    assertThat(Segments.of(5).ends()).containsExactly(1, 5);
    assertThat(Segments.of(1).ends()).containsExactly(1);
  }

  @Test
  void aShardBeyondTheEndIsRefused() {
    assertThatThrownBy(() -> Segments.of(4).segment(4)).hasMessageContaining("shard 4");
  }

  @Test
  void totalsAndPathsGrowSegmentBySegment() {
    SegmentedSum sum = new SegmentedSum(Segments.of(32), 2);
    for (long s = 0; s < 32; s++) {
      sum.add(s, 10, new double[] {1, s});
    }
    assertThat(sum.segments()).isEqualTo(3);
    assertThat(sum.paths(0)).isEqualTo(20);
    assertThat(sum.paths(1)).isEqualTo(80);
    assertThat(sum.paths()).isEqualTo(320);
    assertThat(sum.total(0)).containsExactly(2, 1);
    assertThat(sum.total(1)).containsExactly(8, 28);
    assertThat(sum.total()).containsExactly(32, 496);
  }

  @Property
  void anySplitSentInBytesAndMergedInAnyOrderGivesTheSameBits(
      @ForAll @IntRange(min = 1, max = 120) int shards,
      @ForAll @IntRange(min = 1, max = 8) int parts,
      @ForAll Random order)
      throws IOException {
    Segments segments = Segments.of(shards);
    List<SegmentedSum> split = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      split.add(new SegmentedSum(segments, 2));
    }
    SegmentedSum whole = new SegmentedSum(segments, 2);
    for (long s = 0; s < shards; s++) {
      whole.add(s, 3, shard(s));
      split.get(order.nextInt(parts)).add(s, 3, shard(s));
    }
    Collections.shuffle(split, order);
    SegmentedSum merged = new SegmentedSum(segments, 2);
    for (SegmentedSum part : split) {
      if (order.nextBoolean()) {
        merged.merge(part);
      } else {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        part.write(new DataOutputStream(bytes));
        merged.mergeFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      }
    }
    for (int s = 0; s < segments.count(); s++) {
      assertThat(merged.total(s)).containsExactly(whole.total(s));
      assertThat(merged.paths(s)).isEqualTo(whole.paths(s));
    }
  }
}
