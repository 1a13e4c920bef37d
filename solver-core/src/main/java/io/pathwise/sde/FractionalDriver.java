package io.pathwise.sde;

import io.pathwise.expr.Expr;
import java.util.OptionalInt;

/**
 * Says that a channel of an equation is driven by a fractional process rather than by a Brownian
 * motion: what stands for dW of the channel are the increments of the process. Such an equation
 * runs on a fixed grid with Euler's scheme. Its noise does not depend on the parameters as far as
 * gradients go, so there is no derivative in the Hurst index.
 *
 * @param channel the number of the channel, from 0
 * @param hurst the Hurst index H in (0, 1), an expression of parameters
 * @param brownian the Brownian channel whose increments the process is built on; empty for a
 *     process that is independent of the other channels
 */
public record FractionalDriver(int channel, Expr hurst, OptionalInt brownian)
    implements Capability {

  /**
   * Fractional Brownian motion: stationary increments, Cov(B_s, B_t) = (s^2H + t^2H - |t - s|^2H) /
   * 2 (Mandelbrot and Van Ness 1968), independent of the other channels.
   */
  public static FractionalDriver motion(int channel, Expr hurst) {
    return new FractionalDriver(channel, hurst, OptionalInt.empty());
  }

  /**
   * The Riemann-Liouville process sqrt(2H) int_0^t (t - s)^(H - 1/2) dW_s of variance t^2H, W the
   * Brownian motion of another channel: what drives rough volatility (Bayer, Friz and Gatheral
   * 2016).
   */
  public static FractionalDriver volterra(int channel, Expr hurst, int brownian) {
    return new FractionalDriver(channel, hurst, OptionalInt.of(brownian));
  }
}
