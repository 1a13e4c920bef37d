package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.scheme.Scheme;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A compound Poisson term on a fixed grid: the jumps of a step follow the step of the scheme.
 *
 * <p>Their number N is a Poisson variable by inversion of one normal, N >= k where z > -Phi^-1(P(N
 * >= k)), with the intensity at the start of the step, or at its middle where it does not read the
 * state (exact for an intensity linear in t). Where the amplitude is b + a J, without the state, N
 * normal marks add up to one normal; otherwise the jumps come one after the other, each from the
 * state that the one before left.
 *
 * @param term the declaration
 * @param states n
 * @param most the room: no step has more jumps
 */
record GridJumps(JumpTerm term, int states, int most) implements GridTerm {

  /**
   * Refuses what jumps on a grid cannot do.
   *
   * @throws IllegalArgumentException if the scheme carries auxiliaries, or a parameter to
   *     differentiate in moves the jump times, where a pathwise derivative is biased
   */
  static void requireSupport(Sde sde, Scheme scheme, List<String> gradient) {
    boolean still = sde.jumps().isEmpty() && sde.capability(GammaSubordination.class).isEmpty();
    if (!still && !scheme.auxiliaries(sde).isEmpty()) {
      throw new IllegalArgumentException(
          "scheme "
              + scheme.name()
              + " carries numbers beside the states, which jumps would leave behind; expected a"
              + " scheme that carries none");
    }
    for (String name : gradient) {
      List<String> moved = moved(sde, name);
      if (!moved.isEmpty()) {
        throw new IllegalArgumentException(
            "no gradient in "
                + name
                + ": it moves the intensity of jump "
                + String.join(", ", moved)
                + ", and a number of jumps has no pathwise derivative; expected other parameters");
      }
    }
  }

  /** The terms whose intensity a parameter moves, directly or through the state. */
  static List<String> moved(Sde sde, String parameter) {
    return sde.jumps().stream()
        .filter(
            jump ->
                jump.stateDependent()
                    || Graph.dependsOn(List.of(jump.intensity()), Expr.param(parameter)))
        .map(JumpTerm::name)
        .toList();
  }

  @Override
  public int normals() {
    return 1 + (summed() ? 1 : most) * term.marks().normals();
  }

  /** Whether N marks are drawn as one. */
  private boolean summed() {
    return affine() && !(term.marks() instanceof Marks.DoubleExponential);
  }

  /** Whether the amplitude is b + a J with uniform a and b. */
  private boolean affine() {
    return !Graph.dependsOn(List.of(term.amplitude()), Sde.state(states)) && !slope().varying();
  }

  private Expr slope() {
    return Forward.tangent(term.amplitude(), Map.of(Marks.MARK, Expr.ONE));
  }

  @Override
  public Expr after(Expr start, Expr before, Expr middle, Expr dt, Expr z) {
    List<Expr> reached = reached(start, middle, dt, z.get(0));
    Expr count = reached.stream().reduce(Expr.ZERO, Expr::plus);
    if (!affine()) {
      return oneByOne(before, reached, z);
    }
    Expr sum = sum(count, reached, z);
    Expr base = Graph.substitute(term.amplitude(), Map.of(Marks.MARK, Expr.ZERO));
    return before.plus(base.times(count)).plus(slope().times(sum));
  }

  private Expr oneByOne(Expr before, List<Expr> reached, Expr z) {
    Expr y = before;
    for (int k = 0; k < most; k++) {
      Expr mark = term.marks().mark(markNormal(z, k));
      Expr amplitude =
          Graph.substitute(term.amplitude(), Map.of(Sde.state(states), y, Marks.MARK, mark));
      List<Expr> next = new ArrayList<>();
      for (int i = 0; i < states; i++) {
        Expr move = amplitude.get(i);
        next.add(
            move.isConst(0) ? y.get(i) : y.get(i).plus(reached.get(k).select(move, Expr.ZERO)));
      }
      y = Expr.concat(next).reshape(before.shape());
    }
    return y;
  }

  /** The sum of the marks. */
  private Expr sum(Expr count, List<Expr> reached, Expr z) {
    if (term.marks() instanceof Marks.Normal normal) {
      return count
          .times(normal.mean())
          .plus(count.sqrt().times(normal.deviation()).times(z.get(1)));
    }
    if (term.marks() instanceof Marks.Deterministic mark) {
      return count.times(mark.value());
    }
    Expr sum = Expr.ZERO;
    for (int k = 0; k < most; k++) {
      sum = sum.plus(reached.get(k).times(term.marks().mark(markNormal(z, k))));
    }
    return sum;
  }

  private Expr markNormal(Expr z, int k) {
    return term.marks().normals() == 0 ? null : z.get(1 + k);
  }

  /** For k = 1 .. most, 1 where there are k jumps or more, else 0. */
  private List<Expr> reached(Expr start, Expr middle, Expr dt, Expr z) {
    List<Expr> tails = tails(intensity(start, middle).times(dt));
    Expr above = Expr.apply(Op.NORMAL_CDF, z.neg());
    return tails.stream()
        .map(
            tail ->
                tail.varying()
                    ? tail.above(above)
                    : z.above(Expr.apply(Op.INVERSE_NORMAL_CDF, tail).neg()))
        .toList();
  }

  /** The intensity; NaN where it exceeds its bound. */
  private Expr intensity(Expr start, Expr middle) {
    if (!term.stateDependent()) {
      return Graph.substitute(term.intensity(), Map.of(Sde.TIME, middle));
    }
    Expr rate = Graph.substitute(term.intensity(), Map.of(Sde.state(states), start)).max(0);
    return rate.above(term.bound().orElseThrow()).select(Expr.of(Double.NaN), rate);
  }

  /** P(N >= k) for k = 1 .. most, without the probability of more than most. */
  private List<Expr> tails(Expr mean) {
    Expr none = mean.neg().exp();
    List<Expr> terms = new ArrayList<>();
    Expr term = none;
    for (int k = 1; k <= most; k++) {
      term = term.times(mean).over(k);
      terms.add(term);
    }
    Expr tail = Expr.ZERO;
    for (int k = most - 1; k >= 0; k--) {
      tail = tail.plus(terms.get(k));
      terms.set(k, tail);
    }
    return terms;
  }
}
