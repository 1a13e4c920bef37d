package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.Sde;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The expansion against densities that are known. */
class AitSahaliaTest {
  private static final Map<String, Double> RATES = Map.of("a", 1.5, "b", 0.06, "sigma", 0.15);

  private static double error(Sde sde, Map<String, Double> p, double dt, int order, double... to) {
    double[] path = new double[2 * to.length + 10];
    java.util.Arrays.fill(path, 0.05);
    for (int i = 0; i < to.length; i++) {
      path[2 * i + 1] = to[i];
    }
    Observations history = new Observations(dt, path);
    double expansion =
        TransitionFit.logLikelihood(sde, p, history, new TransitionDensity.AitSahalia(order))
            .value();
    double exact = TransitionFit.logLikelihood(sde, p, history, TransitionDensity.EXACT).value();
    return Math.abs(expansion - exact) / history.steps();
  }

  private static Sde catalogue(String name) {
    return Catalogue.find(name).orElseThrow().sde(Set.of());
  }

  @Test
  void print() {
    Sde gbm = Sde.ito("gbm").parameters("mu", "sigma").state("s", Expr.of(1)).drift((t, s) -> Expr.param("mu").times(s)).diagonal((t, s) -> Expr.param("sigma").times(s));
    for (double dt : new double[] {1.0 / 252, 1.0/52, 1.0 / 12, 0.25}) {
      for (int order = 1; order <= 3; order++) {
        System.out.println(dt + " " + order + " cir " + error(catalogue("cir"), RATES, dt, order, 0.05+0.03*Math.sqrt(dt), 0.05-0.04*Math.sqrt(dt))
         + " vasicek " + error(catalogue("vasicek"), RATES, dt, order, 0.05+0.15*Math.sqrt(dt), 0.05-0.2*Math.sqrt(dt))
         + " gbm " + error(gbm, Map.of("mu",0.3,"sigma",0.4), dt, order, 0.05+0.02*Math.sqrt(dt), 0.05-0.02*Math.sqrt(dt)));
      }
    }
  }
}
