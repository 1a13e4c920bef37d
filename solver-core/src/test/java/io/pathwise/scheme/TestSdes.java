package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;

/**
 * SDEs whose solution, moments or stationary density is known, and periodic ones of every noise
 * type, whose law spectral methods give: what every scheme is tried on.
 */
public final class TestSdes {
  private TestSdes() {}

  /**
   * The solution on one Brownian path.
   *
   * <p>w is W(t), one element a channel; area is the Lévy area over [0, t], m x m.
   */
  @FunctionalInterface
  public interface Solution {
    /** The state at time t. */
    double[] at(double t, double[] w, double[][] area);
  }

  /** A known law of the state at time t. */
  @FunctionalInterface
  public interface Law {
    /** Means and variances: two rows of one element a state. */
    double[][] at(double t);
  }

  /**
   * An equation with values of its parameters.
   *
   * @param solution null if it is not known
   * @param law null if it is not known
   */
  public record Problem(Sde sde, Map<String, Double> parameters, Solution solution, Law law) {
    @Override
    public String toString() {
      return sde.name();
    }
  }

  private static Expr param(String name) {
    return Expr.param(name);
  }

  private static Sde.Builder equation(Calculus calculus, String name) {
    return calculus == Calculus.ITO ? Sde.ito(name) : Sde.stratonovich(name);
  }

  private static Expr column(Expr... elements) {
    return Expr.concat(List.of(elements)).reshape(Shape.matrix(elements.length, 1));
  }

  private static Expr matrix(int n, int m, Expr... rowMajor) {
    return Expr.concat(List.of(rowMajor)).reshape(Shape.matrix(n, m));
  }

  private static Expr vector(Expr... elements) {
    return Expr.concat(List.of(elements));
  }

  private static Expr sin(Expr x) {
    return Expr.apply(Op.SIN, x);
  }

  private static Expr cos(Expr x) {
    return Expr.apply(Op.COS, x);
  }

  /** dy = mu y dt + sigma y dW, diagonal: y = exp((mu - sigma^2/2 [Itô]) t + sigma W). */
  public static Problem gbm(Calculus calculus) {
    double mu = 0.3;
    double sigma = 0.6;
    double exponent = calculus == Calculus.ITO ? mu - sigma * sigma / 2 : mu;
    return new Problem(
        equation(calculus, "gbm")
            .parameters("mu", "sigma")
            .state("y", Expr.ONE)
            .drift((t, y) -> y.times(param("mu")))
            .diagonal((t, y) -> y.times(param("sigma"))),
        Map.of("mu", mu, "sigma", sigma),
        (t, w, area) -> new double[] {Math.exp(exponent * t + sigma * w[0])},
        t -> {
          double mean = Math.exp((exponent + sigma * sigma / 2) * t);
          return new double[][] {{mean}, {mean * mean * Math.expm1(sigma * sigma * t)}};
        });
  }

  /** dy = theta (mu - y) dt + sigma dW, additive. */
  public static Problem ornsteinUhlenbeck(Calculus calculus) {
    return new Problem(
        equation(calculus, "ornstein-uhlenbeck")
            .parameters("theta", "mu", "sigma")
            .state("y", Expr.of(1.5))
            .drift((t, y) -> param("mu").minus(y).times(param("theta")))
            .diffusion(NoiseType.ADDITIVE, (t, y) -> column(param("sigma"))),
        Map.of("theta", 1.2, "mu", 0.5, "sigma", 0.4),
        null,
        t ->
            new double[][] {
              {0.5 + Math.exp(-1.2 * t)}, {0.16 / 2.4 * -Math.expm1(-2.4 * t)},
            });
  }

  /** dy = kappa (theta - y) dt + sigma sqrt(y) dW in Itô calculus, diagonal; Feller holds. */
  public static Problem cir() {
    double kappa = 1.5;
    double theta = 0.8;
    double sigma = 0.3;
    double start = 1.1;
    return new Problem(
        Sde.ito("cir")
            .parameters("kappa", "theta", "sigma")
            .state("y", Expr.of(start))
            .drift((t, y) -> param("theta").minus(y).times(param("kappa")))
            .diagonal((t, y) -> y.max(0).sqrt().times(param("sigma"))),
        Map.of("kappa", kappa, "theta", theta, "sigma", sigma),
        null,
        t -> {
          double decay = Math.exp(-kappa * t);
          double square = sigma * sigma / kappa;
          return new double[][] {
            {theta + (start - theta) * decay},
            {
              start * square * (decay - decay * decay)
                  + theta * square / 2 * (1 - decay) * (1 - decay)
            }
          };
        });
  }

  /** The Kubo oscillator, scalar: (x, y) turns by the angle omega t + sigma W. */
  public static Problem kubo(Calculus calculus) {
    double omega = 1.5;
    double sigma = 0.4;
    double damping = calculus == Calculus.ITO ? -sigma * sigma / 2 : 0;
    return new Problem(
        equation(calculus, "kubo")
            .parameters("omega", "sigma", "damping")
            .state("x", Expr.ONE)
            .state("y", Expr.ZERO)
            .drift(
                (t, s) ->
                    vector(s.get(1).neg(), s.get(0))
                        .times(param("omega"))
                        .plus(s.times(param("damping"))))
            .diffusion(
                NoiseType.SCALAR, (t, s) -> column(s.get(1).neg(), s.get(0)).times(param("sigma"))),
        Map.of("omega", omega, "sigma", sigma, "damping", damping),
        (t, w, area) -> {
          double angle = omega * t + sigma * w[0];
          return new double[] {Math.cos(angle), Math.sin(angle)};
        },
        null);
  }

  /**
   * dy = (b / sqrt(1 + t) - y / (2 + 2 t)) dt + a b / sqrt(1 + t) dW, additive with coefficients in
   * time: y = (y0 + b (t + a W)) / sqrt(1 + t) (Kloeden and Platen 1992, section 4.4).
   */
  public static Problem additiveInTime(Calculus calculus) {
    return new Problem(
        equation(calculus, "additive-in-time")
            .parameters("a", "b")
            .state("y", Expr.of(0.7))
            .drift((t, y) -> param("b").over(t.plus(1).sqrt()).minus(y.over(t.plus(1).times(2))))
            .diffusion(
                NoiseType.ADDITIVE,
                (t, y) -> column(param("a").times(param("b")).over(t.plus(1).sqrt()))),
        Map.of("a", 0.6, "b", 0.9),
        (t, w, area) -> new double[] {(0.7 + 0.9 * (t + 0.6 * w[0])) / Math.sqrt(1 + t)},
        null);
  }

  /**
   * dy = -p^2 sin(y) cos(y)^3 dt + p cos(y)^2 dW in Itô calculus, without the drift in Stratonovich
   * calculus: y = arctan(tan(y0) + p W).
   */
  public static Problem arctangent(Calculus calculus) {
    boolean ito = calculus == Calculus.ITO;
    return new Problem(
        equation(calculus, "arctangent")
            .parameters("p")
            .state("y", Expr.of(0.4))
            .drift(
                (t, y) ->
                    ito
                        ? sin(y).times(cos(y).pow(3)).times(param("p").square()).neg()
                        : y.times(Expr.ZERO))
            .diffusion(
                NoiseType.SCALAR, (t, y) -> column(cos(y.get(0)).square().times(param("p")))),
        Map.of("p", 0.8),
        (t, w, area) -> new double[] {Math.atan(Math.tan(0.4) + 0.8 * w[0])},
        null);
  }

  /**
   * A plane that two channels stretch and turn, commutative: growth a t + b W1 and angle c W2 in
   * Stratonovich calculus; the Itô drift has (b^2 - c^2)/2 more.
   */
  public static Problem stretchAndTurn(Calculus calculus) {
    double b = 0.4;
    double c = 0.7;
    double a = calculus == Calculus.ITO ? 0.2 + (b * b - c * c) / 2 : 0.2;
    return new Problem(
        equation(calculus, "stretch-and-turn")
            .parameters("a", "b", "c")
            .state("x", Expr.ONE)
            .state("y", Expr.of(0.5))
            .drift((t, s) -> s.times(param("a")))
            .diffusion(
                NoiseType.COMMUTATIVE,
                (t, s) ->
                    matrix(
                        2,
                        2,
                        s.get(0).times(param("b")),
                        s.get(1).times(param("c")).neg(),
                        s.get(1).times(param("b")),
                        s.get(0).times(param("c")))),
        Map.of("a", a, "b", b, "c", c),
        (t, w, area) -> {
          double growth = Math.exp(0.2 * t + b * w[0]);
          double cos = Math.cos(c * w[1]);
          double sin = Math.sin(c * w[1]);
          return new double[] {growth * (cos - 0.5 * sin), growth * (sin + 0.5 * cos)};
        },
        null);
  }

  /** dx = dW1, dy = x dW2, non-commutative, the same in both calculi: y = W1 W2 / 2 + A12 + .. */
  public static Problem heisenberg(Calculus calculus) {
    return new Problem(
        equation(calculus, "heisenberg")
            .state("x", Expr.of(0.5))
            .state("y", Expr.ZERO)
            .diffusion(
                NoiseType.GENERAL,
                (t, s) -> matrix(2, 2, Expr.ONE, Expr.ZERO, Expr.ZERO, s.get(0))),
        Map.of(),
        (t, w, area) -> new double[] {0.5 + w[0], 0.5 * w[1] + w[0] * w[1] / 2 + area[0][1]},
        t -> new double[][] {{0.5, 0}, {t, 0.25 * t + t * t / 2}});
  }

  /**
   * dY = B1 Y dW1 + B2 Y dW2 in Itô calculus, B1 = s (0 1; 0 0) and B2 = s (0 0; 1 0), which do not
   * commute: the means stay, E[x^2 + y^2] grows with s^2, E[x^2 - y^2] decays with it.
   */
  public static Problem nonCommuting() {
    return nonCommuting(Calculus.ITO);
  }

  /** The same coefficients in either calculus; the law is known in Itô calculus. */
  public static Problem nonCommuting(Calculus calculus) {
    double s = 0.6;
    return new Problem(
        equation(calculus, "non-commuting")
            .parameters("s")
            .state("x", Expr.ONE)
            .state("y", Expr.of(0.5))
            .diffusion(
                NoiseType.GENERAL,
                (t, y) -> matrix(2, 2, y.get(1), Expr.ZERO, Expr.ZERO, y.get(0)).times(param("s"))),
        Map.of("s", s),
        null,
        calculus == Calculus.STRATONOVICH
            ? null
            : t -> {
              double sum = 1.25 * Math.exp(s * s * t);
              double difference = 0.75 * Math.exp(-s * s * t);
              return new double[][] {
                {1, 0.5}, {(sum + difference) / 2 - 1, (sum - difference) / 2 - 0.25}
              };
            });
  }

  /** dy = (y - y^3) dt + sigma dW: {@link #doubleWellDensity} is stationary. */
  public static Problem doubleWell(Calculus calculus) {
    return new Problem(
        equation(calculus, "double-well")
            .parameters("sigma")
            .state("y", Expr.ZERO)
            .drift((t, y) -> y.minus(y.pow(3)))
            .diffusion(NoiseType.ADDITIVE, (t, y) -> column(param("sigma"))),
        Map.of("sigma", 0.8),
        null,
        null);
  }

  /** The stationary density of the double well but for its constant. */
  public static double doubleWellDensity(double y) {
    return Math.exp((y * y - Math.pow(y, 4) / 2) / (0.8 * 0.8));
  }

  /**
   * The underdamped Langevin equation in a potential k x^2 / 2: dx = v dt, dv = (-gamma v - u k x)
   * dt + sqrt(2 gamma u) dW, additive.
   */
  public static Problem harmonicOscillator() {
    return new Problem(
        langevin("harmonic-oscillator", false),
        Map.of("gamma", 1.3, "u", 0.8, "k", 1.7),
        null,
        null);
  }

  /** The same in the potential k (1 - cos x): a pendulum in a heat bath. */
  public static Problem pendulum() {
    return new Problem(
        langevin("pendulum", true), Map.of("gamma", 1.3, "u", 0.8, "k", 1.7), null, null);
  }

  private static Sde langevin(String name, boolean periodic) {
    return Sde.stratonovich(name)
        .parameters("gamma", "u", "k")
        .state("x", Expr.of(0.9))
        .state("v", Expr.of(-0.4))
        .drift(
            (t, s) -> {
              Expr x = s.get(0);
              Expr force = (periodic ? sin(x) : x).times(param("k"));
              return vector(
                  s.get(1), param("gamma").times(s.get(1)).neg().minus(param("u").times(force)));
            })
        .diffusion(
            NoiseType.ADDITIVE,
            (t, s) -> column(Expr.ZERO, param("gamma").times(param("u")).times(2).sqrt()));
  }

  /**
   * A smooth equation of 2 states that is periodic in both with period 2 pi, and of 2 channels but
   * for scalar noise. The parameter {@code clock} makes its coefficients depend on time.
   */
  public static Problem periodic(Calculus calculus, NoiseType noise, double clock) {
    Sde.Builder builder =
        equation(calculus, "periodic-" + noise.name().toLowerCase(java.util.Locale.ROOT))
            .parameters("start", "vol", "clock")
            .state("x", param("start"))
            .state("y", Expr.of(-0.5))
            .drift(
                (t, s) -> {
                  Expr x = s.get(0);
                  Expr y = s.get(1);
                  Expr phase = t.times(param("clock"));
                  return vector(
                      cos(x.plus(phase)).times(0.6).plus(sin(y).times(0.4)),
                      sin(x.minus(y)).times(0.5).plus(cos(y.minus(phase)).times(0.3)).plus(0.2));
                });
    return new Problem(
        noise == NoiseType.DIAGONAL
            ? builder.diagonal(
                (t, s) -> vector(first(t, s.get(0)), second(t, s.get(1))).times(param("vol")))
            : builder.diffusion(
                noise, (t, s) -> periodicDiffusion(noise, t, s).times(param("vol"))),
        periodicParameters(clock),
        null,
        null);
  }

  private static Expr first(Expr t, Expr x) {
    return sin(x.plus(t.times(param("clock")))).times(0.3).plus(0.5);
  }

  private static Expr second(Expr t, Expr y) {
    return cos(y.minus(t.times(param("clock")))).times(0.25).plus(0.6);
  }

  private static Expr periodicDiffusion(NoiseType noise, Expr t, Expr s) {
    Expr x = s.get(0);
    Expr y = s.get(1);
    Expr phase = t.times(param("clock"));
    return switch (noise) {
      case SCALAR -> column(sin(y.plus(phase)).times(0.3).plus(0.5), cos(x.plus(y)).times(0.4));
      case ADDITIVE ->
          matrix(
              2,
              2,
              sin(phase).times(0.3).plus(0.5),
              Expr.of(-0.2),
              cos(phase).times(0.3),
              phase.times(0.2).plus(0.4));
      case COMMUTATIVE -> {
        // first(x) d/dx and second(z) d/dz commute; z = y + 0.5 sin(x), and mixed channels.
        Expr a = first(Expr.ZERO, x);
        Expr b = second(Expr.ZERO, y.plus(sin(x).times(0.5)));
        Expr slope = cos(x).times(a).times(-0.5);
        yield matrix(2, 2, a, a.times(-0.3), slope.plus(b.times(0.5)), slope.times(-0.3).plus(b));
      }
      default ->
          matrix(
              2,
              2,
              sin(y.plus(phase)).times(0.2).plus(0.5),
              cos(x).times(0.3),
              cos(x.minus(y)).times(0.3),
              sin(x).times(0.3).plus(0.4));
    };
  }

  /** The like with one state, and with two channels for commutative and general noise. */
  public static Problem periodicLine(Calculus calculus, NoiseType noise, double clock) {
    Sde.Builder builder =
        equation(calculus, "periodic-line-" + noise.name().toLowerCase(java.util.Locale.ROOT))
            .parameters("start", "vol", "clock")
            .state("x", param("start"))
            .drift((t, x) -> cos(x.plus(t.times(param("clock")))).times(0.6).plus(0.2));
    return new Problem(
        noise == NoiseType.DIAGONAL
            ? builder.diagonal((t, s) -> first(t, s).times(param("vol")))
            : builder.diffusion(
                noise,
                (t, s) -> {
                  Expr x = s.get(0);
                  Expr g =
                      switch (noise) {
                        case SCALAR -> column(first(t, x));
                        case ADDITIVE -> column(first(t, Expr.ZERO));
                        case COMMUTATIVE -> matrix(1, 2, first(t, x), first(t, x).times(-0.6));
                        default -> matrix(1, 2, first(t, x), cos(x).times(0.4));
                      };
                  return g.times(param("vol"));
                }),
        periodicParameters(clock),
        null,
        null);
  }

  private static Map<String, Double> periodicParameters(double clock) {
    return Map.of("start", 0.3, "vol", 1.0, "clock", clock);
  }
}
