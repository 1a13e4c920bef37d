package io.pathwise.model;

import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Bates: Heston's stochastic volatility with Merton's jumps in x = log S (Bates 1996), on the
 * states x and v with full truncation.
 */
final class Bates implements ModelType {
  private static final List<Parameter> PARAMETERS = parameterList();

  private static List<Parameter> parameterList() {
    List<Parameter> parameters = new ArrayList<>(Heston.PARAMETERS);
    parameters.addAll(List.of(LogPrice.INTENSITY, LogPrice.MEAN, LogPrice.DEVIATION));
    return List.copyOf(parameters);
  }

  @Override
  public String name() {
    return "bates";
  }

  @Override
  public String description() {
    return "Bates stochastic volatility with normal jumps on (log S, v), full truncation (Bates"
        + " 1996)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return EquityRates.CURVES;
  }

  @Override
  public Sde sde(Set<String> curves) {
    return Heston.diffusion(name(), PARAMETERS, curves, LogPrice.normalCompensator())
        .with(LogPrice.jumps(LogPrice.normal(), 2));
  }
}
