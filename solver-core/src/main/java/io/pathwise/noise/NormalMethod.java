package io.pathwise.noise;

import io.pathwise.expr.Expr;

/** How random words become normals; part of the identity of a run. */
public enum NormalMethod {
  /** Box-Muller on two words: the fast one. */
  BOX_MULLER {
    @Override
    public Normals.Pair pair(Expr first, Expr second) {
      return Normals.boxMuller(first, second);
    }
  },

  /** {@link #BOX_MULLER} in single precision: the same normals, rounded. */
  BOX_MULLER_SINGLE {
    @Override
    public Normals.Pair pair(Expr first, Expr second) {
      return Normals.boxMullerSingle(first, second);
    }
  },

  /** The normal quantile of each word: monotone in the word, for quasi-random numbers. */
  INVERSE_CDF {
    @Override
    public Normals.Pair pair(Expr first, Expr second) {
      return new Normals.Pair(Normals.inverseCdf(first), Normals.inverseCdf(second));
    }
  };

  /** The two normals of two random words. */
  public abstract Normals.Pair pair(Expr first, Expr second);

  /**
   * The normals of one block of one path. Normal number {@code j = step * channels + channel} of a
   * path is member {@code j % 2} of block {@code j / 2}.
   *
   * @param seed the seed of the run, a 64-bit integer expression like the others
   * @param stream the number of the independent stream within the run
   * @param path the number of the path
   * @param block the number of the block
   */
  public Normals.Pair block(Expr seed, Expr stream, Expr path, Expr block) {
    Threefry.Words words = Threefry.block(seed, stream, path, block);
    return pair(words.first(), words.second());
  }
}
