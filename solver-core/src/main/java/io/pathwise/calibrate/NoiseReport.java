package io.pathwise.calibrate;

/**
 * How much of a sum of squares is Monte Carlo noise.
 *
 * @param fitted the quotes' sum of squares on the paths of the fit
 * @param fresh the same on fresh paths
 * @param noise the part of {@code fresh} that is expected from the fresh prices' standard errors
 *     alone, the sum of their squares
 * @param spread the largest standard deviation that {@code fresh} can have around the sum of
 *     squares without noise plus {@code noise}: that of prices whose errors all go together
 */
public record NoiseReport(double fitted, double fresh, double noise, double spread) {

  /** An estimate of the sum of squares without noise. */
  public double withoutNoise() {
    return fresh - noise;
  }
}
