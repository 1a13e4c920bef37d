package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A Brownian motion of m channels over one step, symbolically: the increment W and the Lévy terms
 * that were asked for, with their exact joint law but for the area A, which has the right mean and
 * variance given W and H (Foster, Lyons and Oberhauser 2020, "An optimal polynomial approximation
 * of Brownian motion"; Foster and Habermann 2023, "Brownian bridge expansions for Lévy area
 * approximations", for A).
 *
 * @param dt the step size h, a scalar
 * @param w W, a vector of m
 * @param h H, a vector of m; null where it was not asked for
 * @param k K, a vector of m; null where it was not asked for
 * @param area A, an antisymmetric m x m matrix; null where it was not asked for
 */
public record BrownianStep(Expr dt, Expr w, Expr h, Expr k, Expr area) {
  private static final double H_DEVIATION = Math.sqrt(1.0 / 12);
  private static final double K_DEVIATION = Math.sqrt(1.0 / 720);

  /** An increment alone. */
  public static BrownianStep of(Expr dt, Expr w) {
    return new BrownianStep(dt, w, null, null, null);
  }

  /** The terms that are drawn: an area is drawn given H, and needs two channels. */
  private static boolean draws(LevyTerm term, int m, Set<LevyTerm> terms) {
    return switch (term) {
      case SPACE_TIME -> terms.contains(term) || draws(LevyTerm.AREA, m, terms);
      case SPACE_TIME_TIME -> terms.contains(term);
      case AREA -> terms.contains(term) && m > 1;
    };
  }

  /** The number of standard normals that a step of m channels takes. */
  public static int normals(int m, Set<LevyTerm> terms) {
    return m
        + (draws(LevyTerm.SPACE_TIME, m, terms) ? m : 0)
        + (draws(LevyTerm.SPACE_TIME_TIME, m, terms) ? m : 0)
        + (draws(LevyTerm.AREA, m, terms) ? m * (m - 1) / 2 : 0);
  }

  /**
   * The step that standard normals stand for.
   *
   * @param z the normals: those of W channel by channel, of H, of K, then of A for each pair (0,1),
   *     (0,2), .. (1,2), ..
   * @param m channels
   * @param terms what is asked for beside W
   * @param dt the step size h
   * @param root its square root
   */
  public static BrownianStep of(Expr z, int m, Set<LevyTerm> terms, Expr dt, Expr root) {
    Shape channels = Shape.vector(m);
    boolean spaceTime = draws(LevyTerm.SPACE_TIME, m, terms);
    boolean spaceTimeTime = draws(LevyTerm.SPACE_TIME_TIME, m, terms);
    Expr w = z.slice(0, channels).times(root);
    int next = m;
    Expr normalH = spaceTime ? z.slice(next, channels) : null;
    next += spaceTime ? m : 0;
    Expr k = spaceTimeTime ? z.slice(next, channels).times(root.times(K_DEVIATION)) : null;
    next += spaceTimeTime ? m : 0;
    Expr h = spaceTime ? normalH.times(root.times(H_DEVIATION)) : null;
    Expr area = terms.contains(LevyTerm.AREA) ? area(z, next, w, h, normalH, dt) : null;
    return new BrownianStep(dt, w, h, k, area);
  }

  /** A_ij = H_i W_j - W_i H_j + sqrt(h^2/20 + h/5 (H_i^2 + H_j^2)) N. */
  private static Expr area(Expr z, int from, Expr w, Expr h, Expr normalH, Expr dt) {
    int m = w.shape().size();
    Expr[][] pairs = new Expr[m][m];
    int next = from;
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        Expr squares = normalH.get(i).square().plus(normalH.get(j).square());
        Expr deviation = squares.times(1.0 / 60).plus(1.0 / 20).sqrt().times(dt);
        pairs[i][j] =
            h.get(i)
                .times(w.get(j))
                .minus(w.get(i).times(h.get(j)))
                .plus(deviation.times(z.get(next++)));
      }
    }
    return antisymmetric(pairs);
  }

  private static Expr antisymmetric(Expr[][] upper) {
    int m = upper.length;
    List<Expr> elements = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        elements.add(i == j ? Expr.ZERO : i < j ? upper[i][j] : upper[j][i].neg());
      }
    }
    return Expr.concat(elements).reshape(Shape.matrix(m, m));
  }

  /**
   * The integral of the path over the step from its start: U = int (W_u - W_0) du = h (W/2 + H).
   */
  public Expr integral() {
    return w.times(0.5).plus(h).times(dt);
  }

  /** int u (W_u - W_0) du = h U / 2 + h^2 W / 12 - h^2 K. */
  private Expr moment() {
    return integral().times(dt).times(0.5).plus(w.over(12).minus(k).times(dt.square()));
  }

  /**
   * This step and the next one as a single step on the same Brownian path: Chen's relation for A,
   * sums of integrals for H and K. One of the two may have size 0.
   *
   * @param next the step that begins where this one ends, with the same terms
   * @param whole the size of both together
   */
  public BrownianStep then(BrownianStep next, Expr whole) {
    Expr both = w.plus(next.w);
    if (h == null) {
      return of(whole, both);
    }
    Expr integral = integral().plus(w.times(next.dt)).plus(next.integral());
    Expr joinedH = integral.over(whole).minus(both.times(0.5));
    Expr joinedK = null;
    if (k != null) {
      Expr later = next.dt.square().times(0.5).plus(dt.times(next.dt));
      Expr moment =
          moment().plus(w.times(later)).plus(next.moment()).plus(next.integral().times(dt));
      joinedK =
          integral.times(whole).times(0.5).minus(moment).over(whole.square()).plus(both.over(12));
    }
    Expr joinedArea =
        area == null
            ? null
            : area.plus(next.area).plus(w.outer(next.w).minus(next.w.outer(w)).times(0.5));
    return new BrownianStep(whole, both, joinedH, joinedK, joinedArea);
  }
}
