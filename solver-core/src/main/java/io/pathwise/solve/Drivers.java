package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.prepare.PathNoise;
import io.pathwise.scheme.EulerMaruyama;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.NoiseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks the fractional drivers of an equation and values their Hurst indices. */
final class Drivers {
  private Drivers() {}

  /**
   * The drivers of an equation at the values of its parameters.
   *
   * @throws IllegalArgumentException naming all that does not go with fractional noise
   */
  static List<PathNoise.Driver> of(SimulationRequest request) {
    List<PathNoise.Driver> drivers = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (FractionalDriver driver :
        request.sde().capabilities().stream()
            .filter(FractionalDriver.class::isInstance)
            .map(FractionalDriver.class::cast)
            .toList()) {
      double hurst = Interpreter.evaluate(List.of(driver.hurst()), request.parameters())[0];
      check(driver, hurst, request, problems);
      drivers.add(new PathNoise.Driver(driver.channel(), hurst, driver.brownian()));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(request.sde().name() + ": " + String.join("; ", problems));
    }
    return drivers;
  }

  private static void check(
      FractionalDriver driver, double hurst, SimulationRequest request, List<String> problems) {
    if (!(hurst > 0 && hurst < 1)) {
      problems.add("Hurst index " + hurst + ", expected one between 0 and 1");
    }
    if (!(request.scheme() instanceof EulerMaruyama)) {
      problems.add(
          "scheme "
              + request.scheme().name()
              + " needs Brownian increments, and channel "
              + driver.channel()
              + " is fractional; expected scheme euler");
    }
    if (hurst <= 0.5 && hurst != 0.5 && !additive(driver.channel(), request)) {
      problems.add(
          "channel "
              + driver.channel()
              + " has H = "
              + hurst
              + " and a diffusion that reads the state: Euler's scheme has no limit there;"
              + " expected additive noise, or H above 1/2");
    }
    Set<String> read =
        Graph.leaves(List.of(driver.hurst())).stream().map(Expr::name).collect(Collectors.toSet());
    for (String name : request.differentiation().all()) {
      if (read.contains(name)) {
        problems.add(
            "gradient in " + name + ": the noise depends on it, so it has no pathwise derivative");
      }
    }
  }

  /** Whether nothing that the channel drives depends on the state. */
  private static boolean additive(int channel, SimulationRequest request) {
    if (request.sde().noise() == NoiseType.ADDITIVE) {
      return true;
    }
    Expr column = request.sde().channel(channel);
    return IntStream.range(0, request.sde().states().size())
        .noneMatch(i -> column.get(i).varying());
  }
}
