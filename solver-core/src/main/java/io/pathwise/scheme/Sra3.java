package io.pathwise.scheme;

/**
 * SRA3: strong order 1.5 for additive noise, and order 3 where the noise vanishes; three
 * evaluations of the drift a step (Rößler 2010, "Runge-Kutta methods for the strong approximation
 * of solutions of stochastic differential equations"). Asks for the space-time area.
 */
public final class Sra3 extends AdditiveRungeKutta {
  static final SraTableau TABLEAU =
      new SraTableau(
          new double[] {0, 1, 0.5},
          new double[] {1, 0, 0},
          new double[][] {{}, {1}, {0.25, 0.25}},
          new double[][] {{}, {0}, {1, 0.5}},
          new double[] {1.0 / 6, 1.0 / 6, 2.0 / 3},
          new double[] {1, 0, 0},
          new double[] {-1, 1, 0});

  /** The method. */
  public Sra3() {
    super(TABLEAU);
  }

  @Override
  public String name() {
    return "sra3";
  }

  @Override
  public String description() {
    return "additive noise, strong order 1.5, order 3 without noise (Roessler 2010)";
  }
}
