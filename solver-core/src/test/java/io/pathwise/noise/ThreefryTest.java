package io.pathwise.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThreefryTest {
  /** Counter, key and result of threefry2x64-20, from kat_vectors of Random123. */
  private static final long[][] PUBLISHED = {
    {0, 0, 0, 0, 0xc2b6e3a8c2c69865L, 0x6f81ed42f350084dL},
    {-1, -1, -1, -1, 0xe02cb7c4d95d277aL, 0xd06633d0893b8b68L},
    {
      0x243f6a8885a308d3L,
      0x13198a2e03707344L,
      0xa4093822299f31d0L,
      0x082efa98ec4e6c89L,
      0x263c7d30bb0f0af1L,
      0x56be8361d3311526L
    }
  };

  @Test
  void theScalarFormGivesThePublishedWords() {
    for (long[] vector : PUBLISHED) {
      assertThat(Threefry.block(vector[2], vector[3], vector[0], vector[1]))
          .containsExactly(vector[4], vector[5]);
    }
  }

  @Test
  void theSymbolicFormGivesThePublishedWords() {
    for (long[] vector : PUBLISHED) {
      assertThat(symbolic(vector[2], vector[3], vector[0], vector[1]))
          .containsExactly(vector[4], vector[5]);
    }
  }

  @Test
  void theSymbolicFormOfConstantsFoldsToThePublishedWords() {
    long[] vector = PUBLISHED[2];
    Threefry.Words words =
        Threefry.block(
            Expr.word(vector[2]), Expr.word(vector[3]), Expr.word(vector[0]), Expr.word(vector[1]));

    assertThat(words.first()).isEqualTo(Expr.word(vector[4]));
    assertThat(words.second()).isEqualTo(Expr.word(vector[5]));
  }

  @Test
  void bothFormsAgreeOnRandomKeysAndCounters() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      long[] w = random.longs(4).toArray();
      assertThat(symbolic(w[0], w[1], w[2], w[3]))
          .containsExactly(Threefry.block(w[0], w[1], w[2], w[3]));
    }
  }

  @Test
  void onlyThePathMakesTheWordsVary() {
    Expr seed = Expr.leaf(Leaf.WORD, "seed");
    Expr stream = Expr.leaf(Leaf.WORD, "stream");
    Expr block = Expr.leaf(Leaf.WORD, "block");

    assertThat(Threefry.block(seed, stream, block, block).first().varying()).isFalse();
    assertThat(Threefry.block(seed, stream, Expr.leaf(Leaf.PATH, "path"), block).first().varying())
        .isTrue();
  }

  /** False-alarm rate 6e-7 a bit, 8e-5 in all: 5 standard errors of a fair coin. */
  @Test
  void everyOutputBitIsSetInHalfOfTheBlocks() {
    int blocks = 100_000;
    int[] set = new int[128];
    for (int i = 0; i < blocks; i++) {
      long[] words = Threefry.block(42, 0, i, 0);
      for (int bit = 0; bit < 128; bit++) {
        set[bit] += (int) (words[bit / 64] >>> (bit % 64) & 1);
      }
    }
    double bound = 5 * Math.sqrt(blocks / 4.0);
    for (int count : set) {
      assertThat(count - blocks / 2.0).isBetween(-bound, bound);
    }
  }

  private static long[] symbolic(long key0, long key1, long counter0, long counter1) {
    Map<String, Long> values =
        Map.of("key0", key0, "key1", key1, "path", counter0, "block", counter1);
    Threefry.Words words =
        Threefry.block(
            Expr.leaf(Leaf.WORD, "key0"),
            Expr.leaf(Leaf.WORD, "key1"),
            Expr.leaf(Leaf.PATH, "path"),
            Expr.leaf(Leaf.WORD, "block"));
    return new Interpreter(List.of(words.first(), words.second()))
        .evaluateWords(leaf -> Double.NaN, leaf -> values.get(leaf.name()));
  }
}
