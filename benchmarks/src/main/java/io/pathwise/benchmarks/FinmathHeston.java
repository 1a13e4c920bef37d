package io.pathwise.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import net.finmath.montecarlo.BrownianMotion;
import net.finmath.montecarlo.BrownianMotionFromMersenneRandomNumbers;
import net.finmath.montecarlo.assetderivativevaluation.models.HestonModel;
import net.finmath.montecarlo.automaticdifferentiation.RandomVariableDifferentiable;
import net.finmath.montecarlo.automaticdifferentiation.backward.RandomVariableDifferentiableAADFactory;
import net.finmath.montecarlo.process.EulerSchemeFromProcessModel;
import net.finmath.stochastic.RandomVariable;
import net.finmath.time.TimeDiscretizationFromArray;

/**
 * The Heston call of {@link Setup} with its derivatives by the backward automatic differentiation
 * of finmath-lib, whose operations act on all paths at once and record themselves.
 */
final class FinmathHeston {
  private FinmathHeston() {}

  /** The call alone. */
  static double value(int paths, int steps, int seed) {
    HestonModel model =
        new HestonModel(
            Setup.SPOT,
            Setup.RATE,
            Math.sqrt(Setup.V0),
            Setup.THETA,
            Setup.KAPPA,
            Setup.XI,
            Setup.RHO,
            HestonModel.Scheme.FULL_TRUNCATION);
    return call(model, noise(paths, steps, seed), steps).getAverage();
  }

  private static BrownianMotion noise(int paths, int steps, int seed) {
    return new BrownianMotionFromMersenneRandomNumbers(
        new TimeDiscretizationFromArray(0.0, steps, 1.0 / steps), 2, paths, seed);
  }

  private static RandomVariable call(HestonModel model, BrownianMotion noise, int steps) {
    return new EulerSchemeFromProcessModel(model, noise)
        .getProcessValue(steps, 0)
        .sub(Setup.SPOT)
        .floor(0)
        .mult(Math.exp(-Setup.RATE));
  }

  /**
   * The derivatives of the call in the volatility today, theta, kappa, xi and rho, and its value.
   */
  static Map<String, Double> gradient(int paths, int steps, int seed) {
    RandomVariableDifferentiableAADFactory factory = new RandomVariableDifferentiableAADFactory();
    Map<String, RandomVariableDifferentiable> parameters = new LinkedHashMap<>();
    parameters.put("volatility", factory.createRandomVariable(Math.sqrt(Setup.V0)));
    parameters.put("theta", factory.createRandomVariable(Setup.THETA));
    parameters.put("kappa", factory.createRandomVariable(Setup.KAPPA));
    parameters.put("xi", factory.createRandomVariable(Setup.XI));
    parameters.put("rho", factory.createRandomVariable(Setup.RHO));
    RandomVariable rate = factory.createRandomVariableNonDifferentiable(0, Setup.RATE);
    HestonModel model =
        new HestonModel(
            factory.createRandomVariableNonDifferentiable(0, Setup.SPOT),
            rate,
            parameters.get("volatility"),
            rate,
            parameters.get("theta"),
            parameters.get("kappa"),
            parameters.get("xi"),
            parameters.get("rho"),
            HestonModel.Scheme.FULL_TRUNCATION,
            factory);
    RandomVariable call = call(model, noise(paths, steps, seed), steps);
    Map<Long, RandomVariable> gradient = ((RandomVariableDifferentiable) call).getGradient();
    Map<String, Double> derivatives = new LinkedHashMap<>();
    derivatives.put("value", call.getAverage());
    parameters.forEach(
        (name, parameter) -> derivatives.put(name, gradient.get(parameter.getID()).getAverage()));
    return derivatives;
  }
}
