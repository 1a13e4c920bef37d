package io.pathwise.spark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.calibrate.Calibration;
import io.pathwise.calibrate.CalibrationProblem;
import io.pathwise.calibrate.Uncertainty;
import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.PublishedFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The twenty days of examples/backfill, whose parameters move and whose quotes have noise: what its
 * README says of intervals.
 */
class BackfillTest {
  private static final Path EXAMPLE = Path.of("../examples/backfill");
  private static final int DAYS = 20;

  /** Of 1.96 standard errors a side. */
  private static final double HALF_WIDTH = 1.96;

  /** The parameters behind the quotes, by day. */
  private static SortedMap<LocalDate, Map<String, Double>> truth() throws IOException {
    SortedMap<LocalDate, Map<String, Double>> days = new TreeMap<>();
    Files.readAllLines(EXAMPLE.resolve("truth.csv")).stream()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(
            row ->
                days.computeIfAbsent(LocalDate.parse(row[0]), day -> new TreeMap<>())
                    .put(row[1], Double.parseDouble(row[2])));
    return days;
  }

  private static Calibration fit(LocalDate day, Optional<PublishedFit> before) {
    JobSpec job = JobFile.load(EXAMPLE.resolve("job.conf"), Map.of("as-of", day.toString()));
    CalibrationSpec spec = job.calibration().orElseThrow();
    FitInput input = FitInput.decode(FitInput.of(job.model().type(), spec, before).encode());
    CalibrationProblem problem = input.analytic();
    return Calibration.of(
        problem,
        new StartRun(problem, spec.search(), Optional.empty()).run(0, input.space().start()));
  }

  /**
   * 100 intervals of 95 %, seed fixed: at least 90 of them hold. Were they independent and exact,
   * fewer would hold with probability 0.01.
   */
  @Test
  void intervalsHoldTheParametersBehindTheQuotesNineTimesOutOfTen() throws IOException {
    Optional<PublishedFit> before = Optional.empty();
    int held = 0;
    int evaluations = 0;
    SortedMap<LocalDate, Map<String, Double>> truth = truth();
    assertThat(truth).hasSize(DAYS);
    for (Map.Entry<LocalDate, Map<String, Double>> day : truth.entrySet()) {
      Calibration fit = fit(day.getKey(), before);
      assertThat(fit.isConverged()).isTrue();
      Uncertainty uncertainty = fit.uncertainty();
      SortedMap<String, Double> errors = new TreeMap<>();
      for (String name : uncertainty.parameters()) {
        double error = uncertainty.standardError(name);
        errors.put(name, error);
        double miss = Math.abs(fit.parameters().get(name) - day.getValue().get(name));
        held += miss <= HALF_WIDTH * error ? 1 : 0;
      }
      evaluations += before.isEmpty() ? 0 : (int) fit.state().evaluations();
      before =
          Optional.of(
              new PublishedFit(
                  "of-" + day.getKey(), day.getKey(), new TreeMap<>(fit.parameters()), errors));
    }
    assertThat(held).isGreaterThanOrEqualTo(90);
    assertThat(evaluations).as("of warm starts").isLessThan(20 * (DAYS - 1));
  }
}
