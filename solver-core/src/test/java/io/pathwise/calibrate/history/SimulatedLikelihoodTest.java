package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.Sde;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedLikelihoodTest {
  private static final Map<String, Double> RATES = Map.of("a", 1.5, "b", 0.06, "sigma", 0.15);

  static Observations cir(int n, double dt) {
    Random random = new Random(3);
    double[] x = new double[n + 1];
    x[0] = 0.05;
    for (int i = 0; i < n; i++) {
      double y = x[i];
      for (int k = 0; k < 50; k++) y += 1.5 * (0.06 - y) * dt / 50 + 0.15 * Math.sqrt(y * dt / 50) * random.nextGaussian();
      x[i + 1] = y;
    }
    return new Observations(dt, x);
  }

  @Test
  void print() {
    Sde sde = Catalogue.find("cir").orElseThrow().sde(Set.of());
    for (double dt : new double[] {1.0 / 252, 1.0 / 52, 1.0 / 12}) {
      Observations h = cir(500, dt);
      double exact = TransitionFit.logLikelihood(sde, RATES, h, TransitionDensity.EXACT).value();
      for (int k = 1; k < 4; k++) {
        System.out.println(dt + " as " + k + " " + (TransitionFit.logLikelihood(sde, RATES, h, new TransitionDensity.AitSahalia(k)).value() - exact));
      }
      for (int m : new int[] {2, 4, 8, 16, 32}) {
       for (int s : new int[] {64, 256, 1024}) {
        long t = System.nanoTime();
        var l = TransitionFit.logLikelihood(sde, RATES, h, new TransitionDensity.Simulated(m, s, 1));
        System.out.println(dt + " sim " + m + " " + s + " " + (l.value() - exact) + " +- " + l.simulationError() + " " + (System.nanoTime() - t) / 1e6);
      }}
    }
  }
}
