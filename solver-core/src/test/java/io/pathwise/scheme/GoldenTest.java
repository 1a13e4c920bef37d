package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.sde.Sde;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our schemes on the Brownian increments, space-time and Lévy areas that torchsde 0.2.6 recorded:
 * every state and every gradient by backpropagation of its 80 cases. Gradients by its continuous
 * adjoint carry the adjoint's own error and are not compared, but for reversible Heun's, which are
 * exact.
 *
 * <p>torchsde interpolates outputs between steps linearly; so does this test, our product does not.
 */
class GoldenTest {
  private static final Map<String, Object> GOLDEN = read();

  /** A case by its id, which names it in reports. */
  record Case(Map<String, Object> content) {
    @Override
    public String toString() {
      return (String) content.get("id");
    }

    String text(String key) {
      return (String) content.get(key);
    }

    boolean flag(String key) {
      return (Boolean) content.get(key);
    }

    double[] vector(String key) {
      return GoldenTest.vector(content.get(key));
    }

    double[][] matrix(String key) {
      return list(content.get(key)).stream().map(GoldenTest::vector).toArray(double[][]::new);
    }
  }

  private static Map<String, Object> read() {
    try (InputStream in = GoldenTest.class.getResourceAsStream("/torchsde-golden.json")) {
      return map(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static double[] vector(Object value) {
    return list(value).stream().mapToDouble(x -> (Double) x).toArray();
  }

  private static Object at(Object nested, int... index) {
    for (int i : index) {
      nested = list(nested).get(i);
    }
    return nested;
  }

  static Stream<Case> cases() {
    return list(GOLDEN.get("cases")).stream().map(c -> new Case(map(c)));
  }

  @Test
  void thereAreEightyCases() {
    assertThat(cases()).hasSize(80);
  }

  @Test
  void gradientsOfAllButTheContinuousAdjointsAreCompared() {
    assertThat(cases().filter(GoldenTest::exactGradient)).hasSize(63);
    assertThat(cases().filter(golden -> !exactGradient(golden)))
        .hasSize(17)
        .allMatch(
            golden ->
                golden.text("gradient").matches("adjoint:(midpoint|(euler_)?heun|euler|milstein)"));
  }

  private static void flatten(String name, Object nested, Map<String, Double> into) {
    if (nested instanceof Double value) {
      into.put(name, value);
      return;
    }
    for (int i = 0; i < list(nested).size(); i++) {
      flatten(name + "_" + i, list(nested).get(i), into);
    }
  }

  private static Map<String, Double> parameters(String sde) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    map(map(map(GOLDEN.get("sdes")).get(sde)).get("params"))
        .forEach((name, value) -> flatten(name, value, parameters));
    return parameters;
  }

  private static List<RecordedPath.Cell> cells(String noise, int path) {
    Map<String, Object> recorded = map(map(GOLDEN.get("noise")).get(noise));
    double[] grid = vector(recorded.get("grid"));
    List<RecordedPath.Cell> cells = new ArrayList<>();
    for (int k = 0; k + 1 < grid.length; k++) {
      double[][] area =
          list(at(recorded.get("A"), k, path)).stream()
              .map(GoldenTest::vector)
              .toArray(double[][]::new);
      cells.add(
          new RecordedPath.Cell(
              grid[k],
              grid[k + 1] - grid[k],
              vector(at(recorded.get("W"), k, path)),
              vector(at(recorded.get("H"), k, path)),
              area));
    }
    return cells;
  }

  private static Scheme scheme(Case golden) {
    String method = golden.text("method").replace('_', '-');
    boolean free = Boolean.TRUE.equals(map(golden.content().get("options")).get("grad_free"));
    boolean ito = golden.text("sde_type").equals("ito");
    if (free && !ito) {
      return new MilsteinFree(true); // torchsde's quotient; ours is symmetric, of a higher order.
    }
    String name = free ? method + "-free" : method;
    return Schemes.find(name)
        .orElseThrow(() -> new AssertionError("scheme " + name + " does not exist"));
  }

  /** Where a time lies between steps: step k - 1 to k, and the weight of the end. */
  private record Place(int k, double weight) {
    static Place of(double t, List<RecordedPath.Cell> cells) {
      for (int k = 1; k <= cells.size(); k++) {
        RecordedPath.Cell cell = cells.get(k - 1);
        if (t <= cell.t() + cell.dt() + 1e-12) {
          double weight = (t - cell.t()) / cell.dt();
          return new Place(k, Math.abs(weight - 1) < 1e-9 ? 1 : weight);
        }
      }
      throw new IllegalArgumentException("no step at " + t);
    }

    double value(double[][] states, int i) {
      return states[k - 1][i] * (1 - weight) + states[k][i] * weight;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aSchemeReproducesRecordedStatesAndGradients(Case golden) {
    boolean logqp = golden.flag("logqp");
    Map<String, Double> values = parameters(golden.text("sde"));
    List<String> names = new ArrayList<>(values.keySet());
    double[][] starts = golden.matrix("y0");
    int d = starts[0].length;
    for (int i = 0; i < d; i++) {
      names.add(GoldenSdes.name("y0", i));
    }
    boolean ito = golden.text("sde_type").equals("ito");
    Sde sde = GoldenSdes.of(golden.text("sde"), ito, names, logqp);
    RecordedPath path = new RecordedPath(sde, scheme(golden));
    double tolerance = golden.text("method").matches("srk|log_ode") ? 1e-11 : 1e-12;
    double[] times = golden.vector("ts");
    int batch = starts.length;
    double loss = 0;
    Map<String, Double> gradient = new LinkedHashMap<>();
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < d; i++) {
        values.put(GoldenSdes.name("y0", i), starts[b][i]);
      }
      List<RecordedPath.Cell> cells = cells(golden.text("noise"), b);
      double[][] states = path.states(values, cells);
      double[][] seeds = new double[states.length][sde.states().size()];
      for (int j = 0; j < times.length; j++) {
        Place place = Place.of(times[j], cells);
        for (int i = 0; i < d; i++) {
          double y = place.value(states, i);
          double expected = (Double) at(golden.content().get("ys"), j, b, i);
          assertThat(y)
              .as("state %d of path %d at t = %s", i, b, times[j])
              .isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-3)));
          boolean last = j == times.length - 1;
          loss += (last ? y * y : 0) / batch + 0.5 * Math.sin(y) / (times.length * batch);
          double seed = (last ? 2 * y / batch : 0) + 0.5 * Math.cos(y) / (times.length * batch);
          seeds[place.k() - 1][i] += seed * (1 - place.weight());
          seeds[place.k()][i] += seed * place.weight();
        }
        if (logqp && j > 0) {
          double ratio = place.value(states, d) - Place.of(times[j - 1], cells).value(states, d);
          double expected = (Double) at(golden.content().get("log_ratio"), j - 1, b);
          assertThat(ratio).as("log ratio").isCloseTo(expected, within(1e-11 * expected));
        }
      }
      if (logqp) {
        loss += states[states.length - 1][d] / batch;
        seeds[states.length - 1][d] += 1.0 / batch;
      }
      Map<String, Double> ofPath = path.gradient(values, cells, states, seeds);
      for (int i = 0; i < d; i++) {
        if (exactGradient(golden)) {
          close(ofPath.get(GoldenSdes.name("y0", i)), golden.matrix("grad_y0")[b][i], "y0");
        }
      }
      ofPath.forEach((name, value) -> gradient.merge(name, value, Double::sum));
    }
    assertThat(loss)
        .isCloseTo((Double) golden.content().get("loss"), within(1e-11 * Math.abs(loss)));
    Map<String, Double> expected = new LinkedHashMap<>();
    map(golden.content().get("grad_params")).forEach((name, v) -> flatten(name, v, expected));
    if (exactGradient(golden)) {
      assertThat(expected).hasSize(values.size() - d);
      expected.forEach((name, value) -> close(gradient.get(name), value, name));
    }
  }

  private static boolean exactGradient(Case golden) {
    return golden.text("gradient").equals("backprop")
        || golden.text("gradient").equals("adjoint:adjoint_reversible_heun");
  }

  private static void close(double actual, double expected, String name) {
    assertThat(actual)
        .as("derivative in %s", name)
        .isCloseTo(expected, within(1e-10 * Math.abs(expected) + 1e-13));
  }
}
