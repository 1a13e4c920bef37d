package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryJobTest {
  private static final String JOB =
      """
      job = calibrate
      name = indices
      as-of = 2026-01-14
      model { type = correlated-gbm, assets = [DAX, SMI] }
      calibration.history { csv = closes.csv, date = day, observations-per-year = 260 }
      """;

  private static final String RATES =
      """
      job = calibrate
      as-of = 2026-01-14
      model.type = vasicek
      calibration.history { csv = closes.csv, date = day, observations-per-year = 260 }
      calibration.history.series = [SMI]
      """;

  private static final String FORMULA =
      """
      job = calibrate
      as-of = 2026-01-14
      model {
        type = formula, calculus = ito, noise = diagonal
        parameters { gamma = 0.5 }
        states { x = 100 }
        drift { x = "kappa*(theta - x)" }
        diffusion { x = "sigma*x^gamma" }
      }
      calibration.history {
        csv = closes.csv, series = [DAX], date = day, observations-per-year = 260
      }
      calibration.free {
        kappa { start = 2, min = 0.1, max = 20 }
        theta { start = 100, min = 50, max = 200 }
        sigma { start = 1, min = 0.1, max = 10 }
      }
      """;

  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void aFileOfCloses() {
    StringBuilder closes = new StringBuilder("day,time,DAX,SMI,note\n");
    for (int k = 0; k < 20; k++) {
      closes.append(
          "%s,%s,%s,%s,x\n"
              .formatted(
                  LocalDate.of(2026, 1, 1).plusDays(k),
                  2026 + k / 250.0,
                  100 + 3 * (k % 4),
                  200 - k % 3));
    }
    jobs = new JobFixture(folder).with("closes.csv", closes.toString());
  }

  private HistorySpec read(String job, String... lines) {
    return jobs.load(job + String.join("\n", lines)).history().orElseThrow();
  }

  private List<String> problems(String job, String... lines) {
    return jobs.problems(job + String.join("\n", lines));
  }

  @Test
  void theRowsUpToTheDateAreTheHistoryOfTheAssets() {
    HistorySpec spec = read(JOB);
    assertThat(spec.model()).isEqualTo(HistoryModel.CORRELATED_GBM);
    assertThat(spec.likelihood()).isEqualTo(HistorySpec.Likelihood.EXACT);
    assertThat(spec.series()).extracting(HistorySpec.Series::name).containsExactly("DAX", "SMI");
    assertThat(spec.observations()).isEqualTo(14);
    assertThat(spec.series().get(0).last()).isEqualTo(103);
    assertThat(spec.step()).isEqualTo(1 / 260.0);
    assertThat(spec.source()).isEqualTo("closes.csv up to 2026-01-14");
  }

  @Test
  void aWindowIsTheNewestRowsAndTheMeanStepIsThatOfTimesOrDates() {
    assertThat(read(JOB, "calibration.history.window = 12").series().get(1).values())
        .hasSize(12)
        .startsWith(198.0);
    String timed =
        JOB.replace("date = day, observations-per-year = 260", "time = time")
            .replace("as-of = 2026-01-14", "");
    assertThat(read(timed).step()).isCloseTo(1 / 250.0, within(1e-12));
    assertThat(read(timed).observations()).isEqualTo(20);
    assertThat(read(JOB.replace(", observations-per-year = 260", "")).step())
        .isCloseTo(1 / 365.0, within(1e-15));
  }

  @Test
  void whatBelongsToQuotesIsRefusedTogetherWithEverythingElse() {
    assertThat(
            problems(
                JOB,
                "calibration.quotes.csv = quotes.csv",
                "calibration { pricer = analytic, weights = vega, starts = 3, warm-start = true }",
                "calibration.free { mu-DAX {} }",
                "calibration.guards.max-residual = 1",
                "calibration.history { series = [DAX], windw = 3 }",
                "model.parameters { mu-DAX = 0.1 }",
                "calibration.likelihood = filter"))
        .hasSize(11)
        .anySatisfy(p -> assertThat(p).contains("quotes").contains("either quotes or a history"))
        .anySatisfy(p -> assertThat(p).contains("pricer").contains("belongs to quotes"))
        .anySatisfy(p -> assertThat(p).contains("weights"))
        .anySatisfy(p -> assertThat(p).contains("starts = 3").contains("search of its own"))
        .anySatisfy(p -> assertThat(p).contains("warm-start"))
        .anySatisfy(p -> assertThat(p).contains("calibration.free"))
        .anySatisfy(p -> assertThat(p).contains("max-residual"))
        .anySatisfy(p -> assertThat(p).contains("1 columns, expected one of each of the assets"))
        .anySatisfy(p -> assertThat(p).contains("windw").contains("did you mean 'window'"))
        .anySatisfy(p -> assertThat(p).contains("model.parameters").contains("expected none"))
        .anySatisfy(p -> assertThat(p).contains("not of correlated-gbm, expected exact"));
  }

  @Test
  void neitherQuotesNorAHistoryIsAProblem() {
    assertThat(jobs.problems("job = calibrate\nmodel.type = heston\ncalibration { starts = 2 }"))
        .anySatisfy(
            p -> assertThat(p).contains("calibration.quotes is missing").contains("history"));
  }

  @Test
  void everyBadRowIsNamedWithItsPlaceAndDroppedWhereTheJobSaysSo() {
    StringBuilder closes = new StringBuilder("day,DAX,SMI\n");
    for (int k = 1; k <= 12; k++) {
      closes.append("2026-01-%02d,%d,%d\n".formatted(k, 100 + k % 3, 200 + k % 2));
    }
    closes.append("2026-01-13,0,201\n2026-01-13,101,200\n2026-01-11,101,201\n");
    closes.append("13 January,101,201\n2026-01-14,,n/a\n");
    jobs.with("closes.csv", closes.toString());
    assertThat(problems(JOB))
        .hasSize(6)
        .anySatisfy(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "calibration.history[line-14].DAX = \"0\" (closes.csv:14): expected a"
                            + " number above 0"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "calibration.history[line-15] (closes.csv:15): its date 2026-01-13 is that"
                            + " of line-14, expected increasing ones"))
        .anySatisfy(p -> assertThat(p).contains("[line-16]").contains("before that of line-14"))
        .anySatisfy(p -> assertThat(p).contains("[line-17].day = \"13 January\""))
        .anySatisfy(p -> assertThat(p).contains("[line-18].DAX is missing (closes.csv:18)"))
        .anySatisfy(p -> assertThat(p).contains("[line-18].SMI = \"n/a\""));

    JobSpec dropping = jobs.load(JOB + "calibration.history.on-bad = drop");
    HistorySpec spec = dropping.history().orElseThrow();
    assertThat(spec.observations()).isEqualTo(13);
    assertThat(spec.series().get(0).values().get(12)).isNaN();
    assertThat(spec.series().get(0).last()).isEqualTo(100);
    assertThat(spec.series().get(1).last()).isEqualTo(201);
    assertThat(dropping.notes()).anySatisfy(n -> assertThat(n).startsWith("5 rows are left out"));
    assertThat(read(RATES, "calibration.history.on-bad = drop").observations()).isEqualTo(13);
  }

  @Test
  void whatTheFileLacksIsNamed() {
    assertThat(problems(JOB.replace("[DAX, SMI]", "[DAX, SMT]")))
        .singleElement()
        .asString()
        .contains("no column SMT")
        .contains("did you mean 'SMI'");
    assertThat(problems(JOB.replace("date = day", "date = Day")))
        .singleElement()
        .asString()
        .contains("no column Day");
    assertThat(problems(RATES.replace("calibration.history.series = [SMI]", "")))
        .singleElement()
        .asString()
        .contains("calibration.history.series is missing")
        .contains("one of time, DAX, SMI, note");
    assertThat(problems(JOB.replace("date = day, observations-per-year = 260", "")))
        .singleElement()
        .asString()
        .contains("observations-per-year is missing");
    assertThat(problems(JOB.replace("as-of = 2026-01-14", "")))
        .singleElement()
        .asString()
        .contains("expected the date of the run");
  }

  @Test
  void aStaleAndAShortHistoryAreNamed() {
    assertThat(jobs.problems(JOB, Map.of("as-of", "2025-12-31")))
        .singleElement()
        .asString()
        .contains("stale: no rows up to that date");
    assertThat(
            jobs.problems(
                JOB + "calibration.history.max-age-days = 3", Map.of("as-of", "2026-01-25")))
        .singleElement()
        .asString()
        .contains("stale: the newest are of 2026-01-20, expected rows up to 2026-01-25");
    assertThat(jobs.problems(JOB, Map.of("as-of", "2026-01-05")))
        .hasSize(2)
        .allSatisfy(p -> assertThat(p).contains("5 observations of").contains("at least 10"));
  }

  @Test
  void formulasHaveFreeAndFixedParameters() {
    HistorySpec spec = read(FORMULA);
    assertThat(spec.likelihood()).isEqualTo(HistorySpec.Likelihood.AIT_SAHALIA);
    assertThat(spec.space().freeNames()).containsExactlyInAnyOrder("kappa", "theta", "sigma");
    assertThat(spec.space().parameters()).hasSize(4);
    assertThat(problems(FORMULA, "calibration.free { lambda { start = 1, min = 0, max = 2 } }"))
        .isEmpty(); // A parameter that only the job knows is one of the model's.
    assertThat(problems(FORMULA, "calibration.free.kappa.start = 30"))
        .anySatisfy(p -> assertThat(p).contains("free.kappa.start").contains("inside the bounds"));
    assertThat(problems(FORMULA, "model { states.y = 1, drift.y = \"0\", diffusion.y = \"y\" }"))
        .singleElement()
        .asString()
        .contains("expected one state to observe");
  }

  @Test
  void aModelThatNoHistoryDeterminesIsNamed() {
    assertThat(problems(RATES.replace("vasicek", "rough-bergomi")))
        .singleElement()
        .asString()
        .contains("cannot be estimated from a history, expected one of black-scholes");
  }

  /**
   * The rows after the date of the run, and columns that are not read, leave the run what it is.
   */
  @Test
  void theRunIsToldByTheRowsThatItUses() {
    LocalDate day = LocalDate.of(2026, 1, 14);
    String before = jobs.load(JOB).runId(day);
    String known = read(JOB).source();
    StringBuilder longer = new StringBuilder("day,DAX,SMI\n");
    for (int k = 0; k < 25; k++) {
      longer.append(
          "%s,%s.0,%s\n"
              .formatted(LocalDate.of(2026, 1, 1).plusDays(k), 100 + 3 * (k % 4), 200 - k % 3));
    }
    jobs.with("closes.csv", longer.toString());
    assertThat(jobs.load(JOB).runId(day)).isEqualTo(before);
    assertThat(read(JOB).source()).isEqualTo(known);
    jobs.with("closes.csv", longer.toString().replace("2026-01-14,103.0", "2026-01-14,103.5"));
    assertThat(jobs.load(JOB).runId(day)).isNotEqualTo(before);
  }
}
