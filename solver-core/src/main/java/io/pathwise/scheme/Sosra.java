package io.pathwise.scheme;

import io.pathwise.sde.Sde;
import java.util.Optional;

/**
 * SOSRA: strong order 1.5 for additive noise with an enlarged region of stability for mildly stiff
 * drift; three evaluations of the drift a step (Rackauckas and Nie 2020, "Stability-optimized high
 * order methods and stiffness detection for pathwise stiff stochastic differential equations").
 * Asks for the space-time area.
 */
public final class Sosra extends AdditiveRungeKutta {
  static final SraTableau TABLEAU =
      new SraTableau(
          new double[] {0, 0.6923962376159507, 1},
          new double[] {0, 0.041248171110700504, 1},
          new double[][] {{}, {0.6923962376159507}, {-3.1609142252828395, 4.1609142252828395}},
          new double[][] {{}, {1.3371632704399763}, {1.442371048468624, 1.8632741501139225}},
          new double[] {0.2889874966892885, 0.6859880440839937, 0.025024459226717772},
          new double[] {-16.792534242221663, 17.514995785380226, 0.27753845684143835},
          new double[] {0.4237535769069274, 0.6010381474428539, -1.0247917243497813});

  /** The method. */
  public Sosra() {
    super(TABLEAU);
  }

  @Override
  public String name() {
    return "sosra";
  }

  @Override
  public String description() {
    return "additive noise, strong order 1.5, stability-optimised (Rackauckas-Nie 2020)";
  }

  @Override
  public Optional<Embedded> embedded(Sde sde, Step step) {
    return Optional.of(TABLEAU.embedded(sde, step));
  }
}
