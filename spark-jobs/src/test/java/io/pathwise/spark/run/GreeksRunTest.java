package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Greeks of a book against closed forms: fixed seeds, bounds at 5 standard errors. */
@ExtendWith(SharedSpark.class)
class GreeksRunTest {
  private static final String BOOK =
      """
      job = price
      model {
        type = black-scholes
        parameters { spot = 100, r = 0.03, q = 0.01, sigma = 0.2 }
      }
      simulation { paths = 40000, seed = 42, steps = 4 }
      trades = [
        { id = call, type = european, option = call, strike = 105, expiry = 1.0, quantity = 10 }
        { id = put, type = european, option = put, strike = 95, expiry = 0.5, quantity = -3 }
        { id = digital, type = digital, option = call, strike = 100, expiry = 1, payout = 50 }
      ]
      sensitivities = [volga, theta, gamma, delta, vega, rho, vanna]
      sensitivity.method = conditional
      """;

  private RunFixture fixture;

  @BeforeEach
  void openFixture(@TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    fixture = new RunFixture(folder, spark, warehouse);
  }

  /** A value of the four parameters and the time that has passed. */
  private interface Value {
    double of(double spot, double r, double sigma, double passed);
  }

  private interface Pricer {
    double price(BlackScholes market, double expiry);
  }

  /** All seven by central differences of the closed form, good to a relative 1e-5 or better. */
  private static Map<String, Double> greeks(Pricer pricer, double expiry) {
    Value v =
        (spot, r, sigma, passed) ->
            pricer.price(new BlackScholes(spot, r, 0.01, sigma), expiry - passed);
    double s = 100;
    double r = 0.03;
    double vol = 0.2;
    double hs = 0.05;
    double h = 1e-4;
    double hv = 1e-3;
    double now = v.of(s, r, vol, 0);
    Map<String, Double> greeks = new TreeMap<>();
    greeks.put("delta", (v.of(s + hs, r, vol, 0) - v.of(s - hs, r, vol, 0)) / (2 * hs));
    greeks.put("vega", (v.of(s, r, vol + h, 0) - v.of(s, r, vol - h, 0)) / (2 * h));
    greeks.put("rho", (v.of(s, r + h, vol, 0) - v.of(s, r - h, vol, 0)) / (2 * h));
    greeks.put("theta", (v.of(s, r, vol, h) - v.of(s, r, vol, -h)) / (2 * h));
    greeks.put("gamma", (v.of(s + hs, r, vol, 0) - 2 * now + v.of(s - hs, r, vol, 0)) / (hs * hs));
    greeks.put("volga", (v.of(s, r, vol + hv, 0) - 2 * now + v.of(s, r, vol - hv, 0)) / (hv * hv));
    greeks.put(
        "vanna",
        (v.of(s + hs, r, vol + hv, 0)
                - v.of(s + hs, r, vol - hv, 0)
                - v.of(s - hs, r, vol + hv, 0)
                + v.of(s - hs, r, vol - hv, 0))
            / (4 * hs * hv));
    return greeks;
  }

  @Test
  void theGreeksOfABookAreThoseOfClosedForms() {
    RunOutcome outcome = fixture.run("book", BOOK);
    assertThat(outcome.error()).isEmpty();
    check("call", greeks((m, t) -> 10 * m.european(EuropeanOption.call(105), t).price(), 1));
    check("put", greeks((m, t) -> -3 * m.european(EuropeanOption.put(95), t).price(), 0.5));
    check("digital", greeks((m, t) -> m.digital(EuropeanOption.call(100), 50, t).price(), 1));
    assertThat(outcome.summary().columns())
        .endsWith("delta", "gamma", "vega", "rho", "theta", "vanna", "volga");
    assertThat(outcome.notes()).anyMatch(note -> note.startsWith("gradient.method = "));
  }

  private void check(String trade, Map<String, Double> expected) {
    List<List<Object>> rows =
        fixture.rows(
            "select measure, value, std_err, factor, unit, method from sensitivity"
                + " where run_id = 'book' and trade_id = '%s' order by measure".formatted(trade));
    assertThat(rows.stream().map(row -> row.get(0))).containsExactlyElementsOf(expected.keySet());
    for (List<Object> row : rows) {
      double value = (double) row.get(1);
      double error = (double) row.get(2);
      assertThat(value)
          .as("%s of %s", row.get(0), trade)
          .isCloseTo(expected.get((String) row.get(0)), within(5 * error));
      assertThat(error).isBetween(1e-12, 0.3 * Math.abs(value) + 1);
    }
  }

  private static String delta(String trades) {
    return """
        job = price
        model {
          type = black-scholes
          parameters { spot = 100, r = 0.03, q = 0.01, sigma = 0.2 }
        }
        simulation { paths = 8192, seed = 3, steps = 4, scheme = euler }
        sensitivities = [delta]
        trades = [
        """
        + trades
        + "]\n";
  }

  private static final String CALL =
      "{ id = call, type = european, option = call, strike = 105, expiry = 1 }\n";
  private static final String DIGITAL =
      "{ id = digital, type = digital, option = call, strike = 100, expiry = 1 }\n";
  private static final String BARRIER =
      "{ id = barrier, type = barrier, option = call, strike = 100, expiry = 1,"
          + " kind = down-out, barrier = 85, monitoring = 4 }\n";

  @Test
  void everyRowSaysHowItWasEstimated() {
    fixture.run("ratio", delta(CALL + BARRIER) + "sensitivity.method = likelihood-ratio");
    assertThat(methods("ratio"))
        .containsExactly(
            List.of("barrier", "likelihood-ratio"), List.of("call", "likelihood-ratio"));
    RunOutcome smoothed =
        fixture.run(
            "smoothed", delta(CALL + DIGITAL) + "sensitivity { method = smoothing, width = 0.01 }");
    assertThat(methods("smoothed"))
        .containsExactly(List.of("call", "adjoint"), List.of("digital", "smoothing"));
    assertThat(smoothed.notes())
        .contains("sensitivities of digital: biased of the order of width squared, width = 0.01");
    fixture.run("tangent", delta(CALL) + "gradient.method = tangent");
    assertThat(methods("tangent")).containsExactly(List.of("call", "tangent"));
    fixture.run("stored", delta(CALL) + "gradient.method = stored");
    assertThat(number("tangent", "value"))
        .isCloseTo(number("stored", "value"), within(1e-12 * number("stored", "value")));
    assertThat(number("tangent", "std_err")).isCloseTo(number("stored", "std_err"), within(1e-12));
  }

  @Test
  void derivativesThatPathsCarrySurviveTimeSlices(@TempDir Path slices) {
    String job = delta(CALL) + "gradient.method = tangent\n";
    fixture.run("whole", job);
    RunOutcome cut =
        fixture.run("cut", job + "checkpoint { dir = \"%s\", every-steps = 2 }".formatted(slices));
    assertThat(cut.error()).isEmpty();
    assertThat(number("cut", "value")).isEqualTo(number("whole", "value"));
    assertThat(number("cut", "std_err")).isEqualTo(number("whole", "std_err"));
  }

  /** The nodes of a flat curve together are the derivative in the rate. */
  @Test
  void theNodesOfACurveHaveRowsWithTheirTenors() {
    String job =
        delta(CALL)
            + "model.parameters.r = { zero-curve = [{t = 0.25, rate = 0.03}, {t = 1, rate = 0.03}] }\n"
            + "sensitivities = [r]\n";
    assertThat(fixture.run("nodes", job).error()).isEmpty();
    List<List<Object>> rows =
        fixture.rows(
            "select factor, tenor, value, std_err from sensitivity where run_id = 'nodes'"
                + " order by factor");
    assertThat(rows.stream().map(row -> row.subList(0, 2)))
        .containsExactly(List.of("r[0]", "0.25"), List.of("r[1]", "1.0"));
    double sum = rows.stream().mapToDouble(row -> (double) row.get(2)).sum();
    double error = rows.stream().mapToDouble(row -> (double) row.get(3)).sum();
    double rho = greeks((m, t) -> m.european(EuropeanOption.call(105), t).price(), 1).get("rho");
    assertThat(sum).isCloseTo(rho, within(5 * error));
  }

  private double number(String run, String column) {
    return fixture.number("select %s from sensitivity where run_id = '%s'".formatted(column, run));
  }

  private List<List<Object>> methods(String run) {
    return fixture.rows(
        "select trade_id, method from sensitivity where run_id = '%s' order by trade_id"
            .formatted(run));
  }
}
