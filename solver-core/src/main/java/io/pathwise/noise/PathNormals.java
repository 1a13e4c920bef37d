package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import java.util.List;

/**
 * The normals of single paths, one number at a time: the bits the kernels use, for inspection,
 * replay and tests. Evaluates the symbolic form, hence slow (about a microsecond a number).
 *
 * <p>Not thread-safe.
 */
public final class PathNormals {
  private static final String SEED = "seed";
  private static final String STREAM = "stream";
  private static final String PATH = "path";
  private static final String BLOCK = "block";

  private final Interpreter block;
  private final long seed;
  private final long stream;
  private final int channels;

  /**
   * The normals of one stream of a run.
   *
   * @param method how words become normals
   * @param seed the seed of the run
   * @param stream the number of the stream
   * @param channels the number of normals a step takes, at least 1
   */
  public PathNormals(NormalMethod method, long seed, long stream, int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels = " + channels + ": expected at least 1");
    }
    this.seed = seed;
    this.stream = stream;
    this.channels = channels;
    Normals.Pair pair =
        method.block(
            Expr.leaf(Leaf.WORD, SEED),
            Expr.leaf(Leaf.WORD, STREAM),
            Expr.leaf(Leaf.PATH, PATH),
            Expr.leaf(Leaf.WORD, BLOCK));
    this.block = new Interpreter(List.of(pair.cosine(), pair.sine()));
  }

  /**
   * One normal.
   *
   * @param path the number of the path
   * @param step the number of the step, from 0
   * @param channel the number of the channel, from 0
   */
  public double normal(long path, long step, int channel) {
    if (step < 0 || channel < 0 || channel >= channels) {
      throw new IllegalArgumentException(
          "step "
              + step
              + ", channel "
              + channel
              + ": expected step >= 0 and channel in [0, "
              + channels
              + ")");
    }
    long number = step * channels + channel;
    return pair(path, number / 2)[(int) (number % 2)];
  }

  /** Both members of a block of a path. */
  public double[] pair(long path, long number) {
    return block.evaluate(
        leaf -> {
          throw new IllegalStateException("not a word: " + leaf.name());
        },
        leaf ->
            switch (leaf.name()) {
              case SEED -> seed;
              case STREAM -> stream;
              case PATH -> path;
              case BLOCK -> number;
              default -> throw new IllegalStateException("unknown word: " + leaf.name());
            });
  }
}
