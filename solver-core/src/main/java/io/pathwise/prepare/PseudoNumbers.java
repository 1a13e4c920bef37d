package io.pathwise.prepare;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.noise.NormalMethod;
import io.pathwise.noise.Normals;
import io.pathwise.noise.Threefry;
import java.util.List;
import java.util.function.IntSupplier;

/** Pseudo-random normals, one after the other: the numbers that step-by-step noise draws. */
final class PseudoNumbers implements IntSupplier {
  private final NoisePlan plan;
  private final Preparation pair;
  private long block;
  private int second = -1;

  /** Normals of the blocks from a number on. */
  PseudoNumbers(NoisePlan plan, long firstBlock) {
    this.plan = plan;
    this.block = firstBlock;
    Threefry.Words words = words(Preparation.word("block"));
    Normals.Pair normals = NormalMethod.BOX_MULLER.pair(words.first(), words.second());
    this.pair =
        new Preparation(
            "Pair", 0, List.of(), List.of("block"), List.of(normals.cosine(), normals.sine()));
  }

  private static Threefry.Words words(Expr block) {
    return Threefry.block(
        ProgramFragments.SEED, ProgramFragments.STREAM, ProgramFragments.PATH, block);
  }

  @Override
  public int getAsInt() {
    if (second >= 0) {
      int number = second;
      second = -1;
      return number;
    }
    int[] both = plan.call(pair, new long[] {block++});
    second = both[1];
    return both[0];
  }

  /** A pair of independent normals. */
  int[] pair() {
    return plan.call(pair, new long[] {block++});
  }

  /**
   * A normal whose quantile lies in the path's stratum: path number p is in stratum p / 2^bits.
   *
   * @param strata a power of two
   * @param bits the paths of a stratum are 2^bits
   */
  int stratified(int strata, int bits) {
    int digits = Integer.numberOfTrailingZeros(strata);
    Expr stratum = Expr.shift(Op.LSHR, ProgramFragments.PATH, bits);
    Expr within = Expr.shift(Op.LSHR, words(Preparation.word("block")).first(), digits);
    Expr word = Expr.apply(Op.LOR, Expr.shift(Op.LSHL, stratum, 64 - digits), within);
    Preparation template =
        new Preparation(
            "Stratum", 0, List.of(), List.of("block"), List.of(Normals.inverseCdf(word)));
    return plan.call(template, new long[] {block++})[0];
  }
}
