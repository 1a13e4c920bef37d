package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.model.analytic.HestonPrice;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.TradeSpec;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README against the semi-analytic price and its derivatives. */
@ExtendWith(SharedSpark.class)
class DaxHestonExampleTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "dax-heston", "job.conf");

  /** The million of the example with -Dpathwise.test.dax-paths=1000000. */
  private static final String PATHS = System.getProperty("pathwise.test.dax-paths", "65536");

  private static final String ESTIMATES =
      """
      with estimates as (
        select run_id, trade_id, 'pv' as factor, pv as value, std_err, 'npv' as source from npv
        union all
        select run_id, trade_id, factor, value, std_err, 'sensitivity' from sensitivity)
      select f.trade_id, f.factor, f.value, f.std_err, c.value
      from estimates f join estimates c on c.trade_id = f.trade_id and c.factor = f.factor
      where f.run_id = 'dax' and c.run_id = 'dax-coarse' and f.source = '%s'""";

  @Test
  void everyPriceAndSensitivityIsWithinNoiseAndStepBiasOfTheSemiAnalyticOne(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    RunFixture fixture = new RunFixture(folder, spark, warehouse);
    JobSpec job = fixture.load(EXAMPLE, Map.of("simulation.paths", PATHS));
    JobSpec coarse =
        fixture.load(
            EXAMPLE, Map.of("simulation.paths", PATHS, "simulation.steps-per-year", "126"));
    assertThat(fixture.run("dax", job, Progress.none()).error()).isEmpty();
    assertThat(fixture.run("dax-coarse", coarse, Progress.none()).error()).isEmpty();
    Map<String, Map<String, Double>> exact = semiAnalytic(job);
    assertThat(exact).hasSize(104);
    List<String> far = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>(fixture.rows(ESTIMATES.formatted("npv")));
    rows.addAll(fixture.rows(ESTIMATES.formatted("sensitivity")));
    assertThat(rows).hasSize(104 * 7);
    for (List<Object> row : rows) {
      check(far, exact.get(row.get(0).toString()), row);
    }
    assertThat(far).isEmpty();
  }

  /**
   * Four standard errors, of 728 numbers with a fixed seed, and the step bias: for a method of weak
   * order 1, what halving the step changes, and half of that again for higher orders, which count
   * at the 13 days that have nine steps.
   */
  private static void check(List<String> far, Map<String, Double> exact, List<Object> row) {
    String what = row.get(1).toString();
    double estimate = (double) row.get(2);
    double error = (double) row.get(3);
    double bias = 1.5 * Math.abs(estimate - (double) row.get(4));
    double distance = Math.abs(estimate - exact.get(what));
    if (!(distance <= 4 * error + bias)) {
      far.add(
          "%s of %s: %s, expected %s, %.2f standard errors away, bias %.2f"
              .formatted(
                  what, row.get(0), estimate, exact.get(what), distance / error, bias / error));
    }
  }

  private static Map<String, Map<String, Double>> semiAnalytic(JobSpec job) {
    Map<String, Double> p = job.model().parameters();
    HestonAnalytic heston =
        new HestonAnalytic(p.get("v0"), p.get("kappa"), p.get("theta"), p.get("xi"), p.get("rho"));
    JobPlan plan = JobPlan.of(job);
    Map<String, Map<String, Double>> exact = new HashMap<>();
    for (TradeSpec trade : job.trades()) {
      double discount = plan.discount(trade.expiry());
      double forward = p.get("spot") / discount;
      HestonPrice price =
          heston.price(EuropeanOption.call(trade.strike()), forward, discount, trade.expiry());
      exact.put(
          trade.id(),
          Map.of(
              "pv", price.price(),
              "spot", price.delta() / discount,
              "v0", price.v0(),
              "kappa", price.kappa(),
              "theta", price.theta(),
              "xi", price.xi(),
              "rho", price.rho()));
    }
    return exact;
  }
}
