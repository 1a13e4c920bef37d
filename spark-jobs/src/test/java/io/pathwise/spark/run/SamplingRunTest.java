package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quasi-random and stratified jobs: tighter prices with errors that hold. */
@ExtendWith(SharedSpark.class)
class SamplingRunTest {
  private static final BlackScholes MARKET = new BlackScholes(100, 0.03, 0.01, 0.2);

  private RunFixture fixture;

  @BeforeEach
  void prepare(@TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    fixture = new RunFixture(folder, spark, warehouse);
  }

  private double npv(String column, String run) {
    return fixture.number(
        "select %s from npv where run_id = '%s' and trade_id = 'call'".formatted(column, run));
  }

  /** Five standard errors; those of randomisations have a Student t of 15 degrees of freedom. */
  @ParameterizedTest
  @CsvSource({"sobol, 20", "stratified, 5"})
  void pricesAreTighterThanWithPseudoRandomNumbers(String method, double gain) {
    RunOutcome plain = fixture.run("plain", RunFixture.BLACK_SCHOLES + "simulation.paths = 32768");
    assertThat(plain.error()).isEmpty();
    RunOutcome outcome =
        fixture.run(
            method,
            RunFixture.BLACK_SCHOLES
                + "simulation.paths = 32768\nsimulation.sampling.method = "
                + method);
    assertThat(outcome.error()).isEmpty();
    double call = MARKET.european(EuropeanOption.call(105), 1).price();
    assertThat(npv("pv", method)).isCloseTo(call, within(5 * npv("std_err", method)));
    assertThat(npv("std_err", method)).isLessThan(npv("std_err", "plain") / gain);
    assertThat(
            fixture.number(
                "select count(*) from convergence where run_id = '%s' and estimator = 'npv/call'"
                    .formatted(method)))
        .as("the run and its companion")
        .isEqualTo(2);
  }
}
