package io.pathwise.calibrate;

import io.pathwise.calibrate.optimise.Optimiser;
import io.pathwise.calibrate.optimise.OptimiserState;
import java.util.Map;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * A parameter's interval by profile likelihood: the values at which the sum of squares, minimised
 * over the other free parameters, is at most (1 + F(1, n - p) / (n - p)) times the least one (Bates
 * and Watts, "Nonlinear Regression Analysis", 1988, chapter 6). Unlike standard errors it follows
 * the objective where it is no parabola.
 *
 * @param parameter the parameter
 * @param lower its lower end; the bound of the search where {@code lowerOpen}
 * @param upper its upper end
 * @param lowerOpen whether the sum of squares stays below the limit down to the bound
 * @param upperOpen whether it does up to the bound
 * @param refits how many minimisations over the other parameters were made
 */
public record ProfileInterval(
    String parameter,
    double lower,
    double upper,
    boolean lowerOpen,
    boolean upperOpen,
    int refits) {
  private static final int DOUBLINGS = 30;
  private static final double TOLERANCE = 1e-3;

  /** The first step where there is no standard error to go by, relative to the range. */
  private static final double LEAST_STEP = 1e-6;

  /**
   * The interval of a free parameter.
   *
   * @param level the coverage, such as 0.95
   * @param iterations the most that a refit may take
   * @throws IllegalArgumentException if the parameter is not free, or there are no more quotes than
   *     free parameters
   */
  public static ProfileInterval of(
      Calibration fit, String parameter, double level, Optimiser optimiser, int iterations) {
    CalibrationParameter free =
        fit.problem().space().free().stream()
            .filter(p -> p.name().equals(parameter))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "profile of "
                            + parameter
                            + ", expected one of "
                            + fit.problem().space().freeNames()));
    int freedom = fit.problem().quotes().size() - fit.problem().dimension();
    if (freedom < 1) {
      throw new IllegalArgumentException(
          "profile from "
              + fit.problem().quotes().size()
              + " quotes, expected more than "
              + fit.problem().dimension());
    }
    double quantile = new FDistribution(1, freedom).inverseCumulativeProbability(level);
    Search search =
        new Search(fit, free, fit.sumOfSquares() * (1 + quantile / freedom), optimiser, iterations);
    double error = fit.uncertainty().standardError(parameter);
    End low = search.end(-1, error);
    End high = search.end(1, error);
    return new ProfileInterval(
        parameter, low.value, high.value, low.isOpen, high.isOpen, search.refits);
  }

  private record End(double value, boolean isOpen) {}

  private static final class Search {
    private final Calibration fit;
    private final CalibrationParameter parameter;
    private final double limit;
    private final Optimiser optimiser;
    private final int iterations;
    private Map<String, Double> nearest;
    private int refits;

    Search(
        Calibration fit,
        CalibrationParameter parameter,
        double limit,
        Optimiser optimiser,
        int iterations) {
      this.fit = fit;
      this.parameter = parameter;
      this.limit = limit;
      this.optimiser = optimiser;
      this.iterations = iterations;
    }

    End end(int side, double error) {
      nearest = fit.parameters();
      double bound = side < 0 ? parameter.lower() : parameter.upper();
      double inside = fit.parameters().get(parameter.name());
      double start = inside;
      double width = Math.min(2 * error, 0.5 * Math.abs(bound - start));
      width = width > 0 ? width : LEAST_STEP * (parameter.upper() - parameter.lower());
      double outside = start;
      for (int i = 0; i < DOUBLINGS; i++) {
        outside = start + side * width;
        boolean isLast = side * (outside - bound) >= 0;
        outside = isLast ? bound - side * 1e-6 * (parameter.upper() - parameter.lower()) : outside;
        if (excess(outside) > 0) {
          return new End(root(inside, outside), false);
        }
        if (isLast) {
          return new End(bound, true);
        }
        inside = outside;
        width *= 2;
      }
      return new End(bound, true);
    }

    /** Bisection and secant in turn, between a value below the limit and one above. */
    private double root(double within, double beyond) {
      double inside = within;
      double outside = beyond;
      double whole = Math.abs(outside - fit.parameters().get(parameter.name()));
      while (Math.abs(outside - inside) > TOLERANCE * whole) {
        double middle = 0.5 * (inside + outside);
        if (excess(middle) > 0) {
          outside = middle;
        } else {
          inside = middle;
        }
      }
      return 0.5 * (inside + outside);
    }

    private double excess(double value) {
      refits++;
      ParameterSpace held =
          fit.problem().space().startingAt(nearest).holding(parameter.name(), value);
      CalibrationProblem problem = fit.problem().with(held);
      if (problem.dimension() == 0) {
        return 2 * problem.evaluate(new double[0], false).value() - limit;
      }
      Calibration refit = Calibration.fit(problem, optimiser, iterations);
      if (refit.state().status() != OptimiserState.Status.STALLED) {
        nearest = refit.parameters();
      }
      return refit.sumOfSquares() - limit;
    }
  }
}
