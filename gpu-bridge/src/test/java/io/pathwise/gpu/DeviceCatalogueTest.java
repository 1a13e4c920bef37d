package io.pathwise.gpu;

import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import io.pathwise.model.CorrelatedGbm;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device computes the CPU's bits for every model of the catalogue: paths and gradients. */
class DeviceCatalogueTest {
  private static final List<Shard> SHARDS = List.of(new Shard(0, 0, 1536), new Shard(1, 1536, 700));
  private static final Map<String, Double> PARAMETERS = parameters();

  /** One value a name, whatever the model. */
  private static Map<String, Double> parameters() {
    Map<String, Double> parameters = new HashMap<>();
    parameters.putAll(Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2));
    parameters.putAll(Map.of("v0", 0.04, "kappa", 1.5, "theta", 0.06, "xi", 0.8, "rho", -0.7));
    parameters.putAll(Map.of("lambda", 2.0, "mu-j", -0.1, "sigma-j", 0.15));
    parameters.putAll(Map.of("p", 0.4, "eta1", 10.0, "eta2", 5.0, "nu", 0.3));
    parameters.putAll(Map.of("r0", 0.03, "a", 0.5, "b", 0.04));
    parameters.putAll(Map.of("f0", 100.0, "alpha", 2.0, "beta", 0.5, "x0", 0.1));
    return parameters;
  }

  @ParameterizedTest
  @CsvSource({
    "merton, exact, DOUBLE",
    "merton, euler, SINGLE",
    "kou, exact, DOUBLE",
    "bates, heston-qe, DOUBLE",
    "bates, euler, DOUBLE",
    "variance-gamma, exact, DOUBLE",
    "vasicek, exact, DOUBLE",
    "cir, milstein, DOUBLE",
    "cir, exact, DOUBLE",
    "hull-white, exact, DOUBLE",
    "sabr, euler, DOUBLE",
    "ornstein-uhlenbeck, exact, DOUBLE",
  })
  void theDeviceHasTheBitsOfTheCpu(String model, String scheme, Precision precision) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    Map<String, Double> values = new HashMap<>();
    sde.parameters().forEach(name -> values.put(name, PARAMETERS.get(name)));
    assertSameBits(sde, values, scheme, precision);
  }

  /** Its Cholesky factor is computed on both from the correlations. */
  @Test
  void theDeviceHasTheBitsOfTheCpuForSeveralAssets() {
    Sde sde = CorrelatedGbm.FAMILY.of(List.of("A", "B", "C")).sde(Set.of());
    Map<String, Double> values = new HashMap<>();
    sde.parameters().forEach(name -> values.put(name, name.startsWith("rho") ? 0.3 : 0.2));
    assertSameBits(sde, values, "euler", Precision.DOUBLE);
  }

  private static void assertSameBits(
      Sde sde, Map<String, Double> values, String scheme, Precision precision) {
    Solver solver =
        Solver.of(sde)
            .parameters(values)
            .scheme(Schemes.find(scheme).orElseThrow())
            .precision(precision)
            .step(1.0 / 11)
            .seed(11)
            .gradient(sde.parameters().stream().filter(name -> !name.equals("lambda")).toList())
            .companion();
    for (double time : new double[] {0.3, 1}) { // Both deliver what they capture time by time.
      sde.observables().keySet().forEach(name -> solver.observe(name, time));
    }
    Parity.assertSameBits(solver.plan(), SHARDS);
  }
}
