package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.noise.NormalMethod;
import io.pathwise.noise.Normals;
import io.pathwise.noise.Threefry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Jumps at times of the path's own by thinning (Lewis and Shedler 1979; Glasserman and Merener 2004
 * for jump-diffusions): candidates come at the rate of the sum of the bounds, a candidate is one of
 * term j with probability bound j over the sum, and is taken with probability intensity j over
 * bound j. What is drawn for candidate c of a path depends on (seed, stream, path, c) alone.
 *
 * @param names the names of the terms, for messages
 * @param bounds the bound of each term's intensity, scalars of parameters
 * @param intensities the intensity of each term just before the candidate, scalars that read the
 *     state and {@link TreeStep#TIME}
 * @param after for each term the state after its jump, scalars that read the state, {@link
 *     TreeStep#TIME} and {@link #MARK}
 */
public record TreeJumps(
    List<String> names, List<Expr> bounds, List<Expr> intensities, List<List<Expr>> after) {
  private static final long JUMPS = 0x4A554D5000000000L;
  private static final int BLOCKS = 2;

  /** The number of the candidate, a 64-bit integer. */
  static final Expr CANDIDATE = Expr.leaf(Leaf.PATH, "candidate");

  /** Where the time from the candidate to the next is written, years. */
  public static final Expr GAP = Expr.leaf(Leaf.LANE, "gap");

  /** Which term the candidate is of, and whether it is taken: a uniform number. */
  public static final Expr CHOICE = Expr.leaf(Leaf.LANE, "choice");

  /** The normal of the candidate's mark. */
  public static final Expr MARK = Expr.leaf(Leaf.LANE, "markNormal");

  /** Where it is written whether the candidate is taken: 1 or 0. */
  public static final Expr TAKEN = Expr.leaf(Leaf.LANE, "taken");

  /** Intensities may pass their bounds by rounding. */
  private static final double ROUNDING = 1e-12;

  /** Freezes the lists. */
  public TreeJumps {
    names = List.copyOf(names);
    bounds = List.copyOf(bounds);
    intensities = List.copyOf(intensities);
    after = after.stream().map(List::copyOf).toList();
  }

  /** The leaf of the candidate's number. */
  public static Expr candidate() {
    return CANDIDATE;
  }

  /** Where the intensity of a term is written. */
  public static Expr intensity(int term) {
    return Expr.leaf(Leaf.LANE, "intensity[" + term + "]");
  }

  /** Where it is written by how much a term's intensity passes its bound; at most 0 where not. */
  public static Expr excess(int term) {
    return Expr.leaf(Leaf.LANE, "excess[" + term + "]");
  }

  List<Expr> expressions() {
    List<Expr> all = new ArrayList<>(bounds);
    all.addAll(intensities);
    after.forEach(all::addAll);
    return all;
  }

  /** Draws a candidate: when the next follows, its choice and its mark. */
  Fragment draw(NormalMethod method) {
    Expr total = Expr.ZERO;
    for (Expr bound : bounds) {
      total = total.plus(bound);
    }
    Expr first = Expr.apply(Op.LADD, CANDIDATE, CANDIDATE);
    Expr stream = Expr.apply(Op.LXOR, ProgramFragments.STREAM, Expr.word(JUMPS));
    Threefry.Words words =
        Threefry.block(ProgramFragments.SEED, stream, ProgramFragments.PATH, first);
    Threefry.Words more =
        Threefry.block(
            ProgramFragments.SEED,
            stream,
            ProgramFragments.PATH,
            Expr.apply(Op.LADD, first, Expr.word(BLOCKS - 1)));
    return new Fragment(
        "draw",
        List.of(GAP, CHOICE, MARK),
        List.of(
            Normals.uniform(words.first()).log().neg().over(total),
            Normals.uniform(words.second()),
            method.pair(more.first(), more.second()).cosine()));
  }

  /** Decides about a candidate and makes its jump. */
  Fragment jump(int states, Precision precision) {
    Expr total = Expr.ZERO;
    for (Expr bound : bounds) {
      total = total.plus(bound);
    }
    Expr place = CHOICE.times(total);
    List<Expr> next =
        new ArrayList<>(IntStream.range(0, states).mapToObj(PathProgram::state).toList());
    List<Expr> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    Expr taken = Expr.ZERO;
    Expr below = Expr.ZERO;
    for (int j = 0; j < names.size(); j++) {
      Expr inside = Expr.ONE.minus(below.above(place));
      Expr chosen = inside.times(below.plus(intensities.get(j)).above(place));
      Expr thinned = chosen.times(below.plus(bounds.get(j)).above(place));
      taken = taken.plus(thinned);
      for (int i = 0; i < after.get(j).size(); i++) {
        next.set(i, thinned.select(after.get(j).get(i), next.get(i)));
      }
      targets.add(intensity(j));
      values.add(intensities.get(j));
      targets.add(excess(j));
      values.add(intensities.get(j).minus(bounds.get(j).times(1 + ROUNDING)));
      below = below.plus(bounds.get(j));
    }
    List<Expr> rounded = precision.round(next);
    for (int i = 0; i < states; i++) {
      targets.add(ProgramFragments.next(i));
      values.add(rounded.get(i));
    }
    targets.add(TAKEN);
    values.add(taken);
    return new Fragment("jump", targets, values);
  }
}
