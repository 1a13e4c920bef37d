package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;

/**
 * A Brownian motion over the halves of an interval, given what it does over the whole, by the exact
 * conditional law of (W, H), or of (W, H, K), of both halves (Foster, Lyons and Oberhauser 2020,
 * "An optimal polynomial approximation of Brownian motion"; Jelinčič, Foster and Kidger 2024, for
 * the tree). With h the size of the whole and independent normals z:
 *
 * <pre>
 * W' = W/2 + 3/2 H + z1,  W'' = W - W',                       z1 ~ N(0, h/16)
 * H' = H/4 - z1/2 + d,    H'' = H/4 - z1/2 - d
 * without K:  d = z2,                                         z2 ~ N(0, h/48)
 * with K:     d = 15/4 K + z2,                                z2 ~ N(0, h/768)
 *             K' = K/8 - z2/2 + z3,  K'' = K/8 - z2/2 - z3,   z3 ~ N(0, h/2880)
 * </pre>
 *
 * @param left the first half
 * @param right the second half
 */
public record BrownianBisection(BrownianStep left, BrownianStep right) {
  private static final double H_DEVIATION = Math.sqrt(1.0 / 48);
  private static final double H_GIVEN_K_DEVIATION = Math.sqrt(1.0 / 768);
  private static final double K_DEVIATION = Math.sqrt(1.0 / 2880);

  /**
   * The number of standard normals that a bisection takes.
   *
   * @param m channels
   * @param third whether K is carried
   */
  public static int normals(int m, boolean third) {
    return (third ? 3 : 2) * m;
  }

  /**
   * The halves.
   *
   * @param whole W and H, and K if it is to be carried
   * @param z standard normals: those of z1 channel by channel, of z2, of z3
   * @param root the square root of the size of the whole
   */
  public static BrownianBisection of(BrownianStep whole, Expr z, Expr root) {
    Shape channels = whole.w().shape();
    int m = channels.size();
    Expr half = whole.dt().times(0.5);
    Expr z1 = z.slice(0, channels).times(root.times(0.25));
    Expr w = whole.w().times(0.5).plus(whole.h().times(1.5)).plus(z1);
    Expr middle = whole.h().times(0.25).minus(z1.times(0.5));
    Expr difference;
    Expr leftK = null;
    Expr rightK = null;
    if (whole.k() == null) {
      difference = z.slice(m, channels).times(root.times(H_DEVIATION));
    } else {
      Expr z2 = z.slice(m, channels).times(root.times(H_GIVEN_K_DEVIATION));
      Expr z3 = z.slice(2 * m, channels).times(root.times(K_DEVIATION));
      difference = whole.k().times(3.75).plus(z2);
      Expr middleK = whole.k().times(0.125).minus(z2.times(0.5));
      leftK = middleK.plus(z3);
      rightK = middleK.minus(z3);
    }
    return new BrownianBisection(
        new BrownianStep(half, w, middle.plus(difference), leftK, null),
        new BrownianStep(half, whole.w().minus(w), middle.minus(difference), rightK, null));
  }
}
