package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.control.StepControl;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is simulated.
 *
 * @param sde the equation
 * @param scheme the numerical method
 * @param precision the numbers that paths are computed with
 * @param parameters the values of the scalar parameters
 * @param curves the term structures that the equation reads
 * @param step the step size in years; the claims' times are steps too
 * @param times more times that are steps
 * @param claims what is delivered
 * @param differentiation in what smooth claims are differentiated, and how
 * @param seed the seed of the noise
 * @param onNan what a path that is not finite does
 * @param noise where the normals come from
 * @param paths the number of paths, where it is known
 * @param control how paths choose their steps; the grid then has its largest step
 * @param brought what paths bring along
 */
record SimulationRequest(
    Sde sde,
    Scheme scheme,
    Precision precision,
    Map<String, Double> parameters,
    Map<String, ZeroCurve> curves,
    double step,
    List<Double> times,
    List<Claim> claims,
    Differentiation differentiation,
    long seed,
    OnNan onNan,
    NoiseSource noise,
    OptionalLong paths,
    Optional<StepControl> control,
    Brought brought) {

  /** The step of the grid. */
  double gridStep() {
    return control.map(StepControl::dtMax).orElse(step);
  }

  /** The parameters to differentiate in. */
  List<String> gradient() {
    return differentiation.parameters();
  }

  /** The same equation and grid steps for other claims. */
  SimulationRequest with(List<Claim> others) {
    return with(step, times, others, differentiation, noise, paths);
  }

  /** The same without derivatives. */
  SimulationRequest withoutDerivatives() {
    return with(step, times, claims, differentiation.in(List.of()), noise, paths);
  }

  /** The same at other values of the parameters and with another seed. */
  SimulationRequest at(Map<String, Double> values, long otherSeed) {
    return new SimulationRequest(
        sde,
        scheme,
        precision,
        values,
        curves,
        step,
        times,
        claims,
        differentiation,
        otherSeed,
        onNan,
        noise,
        paths,
        control,
        brought);
  }

  /** The same on a grid of its own. */
  SimulationRequest on(TimeGrid grid) {
    double[] all = grid.times();
    List<Double> ends = Arrays.stream(all).skip(1).boxed().toList();
    return with(all[all.length - 1], ends, claims, differentiation, noise, paths);
  }

  /** The same on pseudo-random numbers, of any number of paths. */
  SimulationRequest onPseudoRandomNumbers() {
    return with(step, times, claims, differentiation, NoiseSource.PSEUDO, OptionalLong.empty());
  }

  private SimulationRequest with(
      double newStep,
      List<Double> newTimes,
      List<Claim> newClaims,
      Differentiation newDifferentiation,
      NoiseSource newNoise,
      OptionalLong newPaths) {
    return new SimulationRequest(
        sde,
        scheme,
        precision,
        parameters,
        curves,
        newStep,
        newTimes,
        newClaims,
        newDifferentiation,
        seed,
        onNan,
        newNoise,
        newPaths,
        control,
        brought);
  }

  /** Why paths cannot be coupled or weighted as an estimator asks for; empty where they can. */
  List<String> beyondPlainSteps(String estimator) {
    List<String> problems = new ArrayList<>();
    if (!(noise instanceof NoiseSource.Pseudo)) {
      problems.add(estimator + " on " + noise + ", expected pseudo-random numbers");
    }
    if (control.isPresent()) {
      problems.add(estimator + " with adaptive steps, expected those of the grid");
    }
    if (sde.capability(FractionalDriver.class).isPresent()) {
      problems.add(estimator + " of a fractional equation, expected a Brownian one");
    }
    if (!brought.inputs().isEmpty()) {
      problems.add(estimator + " of paths that bring inputs along, expected none");
    }
    return problems;
  }
}
