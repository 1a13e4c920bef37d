package io.pathwise.prepare;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.noise.Normals;
import io.pathwise.noise.OwenScramble;
import io.pathwise.noise.Sobol;
import io.pathwise.noise.SobolDirections;
import io.pathwise.noise.Threefry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Normals of scrambled Sobol points, dimension after dimension. Path number p is point p mod 2^bits
 * of randomisation p / 2^bits.
 */
final class SobolNumbers implements IntSupplier {
  /** Counters that no path has: what scrambles a dimension, and a randomisation. */
  private static final long DIMENSION_COUNTER = 1L << 62;

  private static final long RANDOMISATION_COUNTER = 1L << 61;

  private final NoisePlan plan;
  private final Preparation template;
  private final int[] randomisation;
  private final List<long[]> directions;
  private int dimension;

  /**
   * Points of some dimensions.
   *
   * @param bits the points of a randomisation are 2^bits
   */
  SobolNumbers(NoisePlan plan, int dimensions, int bits) {
    this.plan = plan;
    this.directions = SobolDirections.of(dimensions, bits);
    Expr number = Expr.shift(Op.LSHR, ProgramFragments.PATH, bits);
    Threefry.Words words =
        Threefry.block(
            ProgramFragments.SEED,
            ProgramFragments.STREAM,
            Expr.word(RANDOMISATION_COUNTER),
            number);
    Preparation randomise =
        new Preparation(
            "Randomisation",
            0,
            List.of(),
            List.of(),
            List.of(OwenScramble.keep(words.first()), OwenScramble.keep(words.second())));
    this.randomisation = plan.call(randomise, new double[0]);
    this.template = template(bits);
  }

  private static Preparation template(int bits) {
    List<String> names = new ArrayList<>();
    List<Expr> leaves = new ArrayList<>();
    for (int b = 0; b < bits; b++) {
      names.add("v" + b);
      leaves.add(Preparation.word("v" + b));
    }
    Threefry.Words ofDimension =
        Threefry.block(
            ProgramFragments.SEED,
            ProgramFragments.STREAM,
            Expr.word(DIMENSION_COUNTER),
            Preparation.word("dimension"));
    names.add("dimension");
    Expr digits = Sobol.coordinate(ProgramFragments.PATH, leaves);
    Threefry.Words keys =
        OwenScramble.keys(Preparation.input(0), Preparation.input(1), ofDimension);
    Expr normal = Normals.inverseCdf(OwenScramble.scramble(digits, keys));
    return new Preparation("Sobol", 2, List.of(), names, List.of(normal));
  }

  @Override
  public int getAsInt() {
    long[] of = directions.get(dimension);
    long[] words = Arrays.copyOf(of, of.length + 1);
    words[of.length] = dimension++;
    return plan.call(template, words, randomisation)[0];
  }
}
