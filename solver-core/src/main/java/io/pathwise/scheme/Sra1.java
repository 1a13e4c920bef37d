package io.pathwise.scheme;

/**
 * SRA1: strong order 1.5 for additive noise, two evaluations of the drift a step (Rößler 2010,
 * "Runge-Kutta methods for the strong approximation of solutions of stochastic differential
 * equations"). Asks for the space-time area.
 */
public final class Sra1 extends AdditiveRungeKutta {
  static final SraTableau TABLEAU =
      new SraTableau(
          new double[] {0, 0.75},
          new double[] {1, 0},
          new double[][] {{}, {0.75}},
          new double[][] {{}, {1.5}},
          new double[] {1.0 / 3, 2.0 / 3},
          new double[] {1, 0},
          new double[] {-1, 1});

  /** The method. */
  public Sra1() {
    super(TABLEAU);
  }

  @Override
  public String name() {
    return "sra1";
  }

  @Override
  public String description() {
    return "additive noise, strong order 1.5, two drift evaluations (Roessler 2010)";
  }
}
