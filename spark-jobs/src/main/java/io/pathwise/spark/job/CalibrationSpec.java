package io.pathwise.spark.job;

import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.Residuals;
import io.pathwise.calibrate.SmoothnessPenalty;
import io.pathwise.calibrate.optimise.Optimiser;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a job fits, to what, and when the fit may be published.
 *
 * @param pricer what values the quotes
 * @param jacobian how simulated prices are differentiated
 * @param market what they are valued on
 * @param quotes the quotes, all of them sound
 * @param residuals how misfits are measured
 * @param space every parameter that the model is calibrated by, free or fixed
 * @param penalties what is added to the sum of squares
 * @param search how the optimum is looked for
 * @param guards what holds a fit back
 * @param fresh the last stage of a Monte Carlo calibration
 * @param intervals which intervals are computed besides standard errors
 * @param source where the quotes come from
 * @param dropped what is wrong with each of the quotes that were left out
 */
public record CalibrationSpec(
    CalibrationPricer pricer,
    Jacobian jacobian,
    Market market,
    List<OptionQuote> quotes,
    Residuals residuals,
    ParameterSpace space,
    Penalties penalties,
    Search search,
    Guards guards,
    Fresh fresh,
    Intervals intervals,
    String source,
    List<String> dropped) {

  /** Copies the lists. */
  public CalibrationSpec {
    quotes = List.copyOf(quotes);
    dropped = List.copyOf(dropped);
  }

  /** How simulated prices are differentiated in the parameters. */
  public enum Jacobian {
    /** Forward mode along every path. */
    TANGENT,
    /**
     * Central differences on the same noise: for paths whose derivatives have no variance, such as
     * those of variances that often reach zero.
     */
    DIFFERENCES
  }

  /**
   * The weights of penalties, in squared residuals; 0 for none.
   *
   * @param feller of xi^2 beyond 2 kappa theta
   * @param yesterday of the distance to the newest published fit before the date, in its standard
   *     errors
   * @param smoothness of a sequence of parameters; nothing for none
   */
  public record Penalties(
      double feller, double yesterday, Optional<SmoothnessPenalty> smoothness) {}

  /**
   * The intervals of parameters that are computed besides standard errors.
   *
   * @param profile the parameters with an interval by profile likelihood
   * @param level the coverage of intervals
   * @param bootstrap how many resamples of the quotes are fitted; 0 for none
   * @param seed of the resamples
   */
  public record Intervals(List<String> profile, double level, int bootstrap, long seed) {
    /** Copies the list. */
    public Intervals {
      profile = List.copyOf(profile);
    }
  }

  /**
   * How the optimum is looked for.
   *
   * @param optimiser the local method
   * @param tolerance of the objective's relative change, where the local method ends
   * @param iterations the most that a start may take
   * @param starts how many there are: the first is the warm start or that of the job, the others
   *     are Sobol points in the bounds
   * @param seed of the digital shift of the Sobol points; 0 for none
   * @param generations of CMA-ES before the local method, at each start; 0 for none
   * @param warm whether the first start is the newest published fit before the date, where there is
   *     one
   */
  public record Search(
      Optimiser optimiser,
      double tolerance,
      int iterations,
      int starts,
      long seed,
      int generations,
      boolean warm) {}

  /**
   * What holds a fit back from being published.
   *
   * @param maxResidual the largest misfit of a quote, in the quotes' own unit
   * @param maxJump the most that a parameter may differ from the newest published fit before the
   *     date, in standard errors of the difference
   * @param atBound whether a parameter at a bound holds it back
   * @param notConverged whether an optimiser that did not converge does
   */
  public record Guards(
      OptionalDouble maxResidual, OptionalDouble maxJump, boolean atBound, boolean notConverged) {}

  /**
   * The valuation of the optimum on noise that the fit has not seen.
   *
   * @param paths how many
   * @param seed of the noise
   */
  public record Fresh(long paths, long seed) {}

  /** The number of quotes that were left out. */
  public int droppedCount() {
    return dropped.size();
  }
}
