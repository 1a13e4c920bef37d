package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.Residuals;
import io.pathwise.calibrate.Transform;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateJobTest {
  private static final String JOB =
      """
      job = calibrate
      name = desk
      as-of = 2026-01-02
      model.type = heston
      calibration.quotes { csv = quotes.csv, kind = implied-vol }
      # The next line is number 7.
      """;

  private static final String QUOTES =
      """
      as_of,id,spot,zero_rate,strike,days_to_expiry,implied_vol
      2026-01-02,a,100,0.02,90,90,0.25
      2026-01-02,b,100,0.02,100,90,0.22
      2026-01-02,c,100,0.03,100,365,0.23
      2026-01-05,d,101,0.02,100,90,0.24
      """;

  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void aFileOfQuotes() {
    jobs = new JobFixture(folder).with("quotes.csv", QUOTES);
  }

  private List<String> problems(String... lines) {
    return jobs.problems(JOB + String.join("\n", lines));
  }

  private CalibrationSpec read(String... lines) {
    return jobs.load(JOB + String.join("\n", lines)).calibration().orElseThrow();
  }

  @Test
  void theQuotesOfTheDateAndItsMarketAreRead() {
    CalibrationSpec spec = read();
    assertThat(spec.quotes()).extracting(OptionQuote::id).containsExactly("a", "b", "c");
    assertThat(spec.quotes().get(0).expiry()).isEqualTo(90 / 365.0);
    assertThat(spec.market().spot()).isEqualTo(100);
    assertThat(spec.market().rates().zeroRate(1)).isCloseTo(0.03, within(1e-12));
    assertThat(spec.market().dividends().zeroRate(1)).isZero();
    assertThat(spec.source()).isEqualTo("quotes.csv of 2026-01-02");
    assertThat(spec.residuals()).isEqualTo(Residuals.VOLATILITIES);
    assertThat(spec.pricer()).isEqualTo(CalibrationPricer.ANALYTIC);
    assertThat(spec.space().freeNames()).containsExactly("v0", "kappa", "theta", "xi", "rho");
  }

  @Test
  void aDateOfTheCommandLineTakesTheQuotesOfThatDate() {
    JobSpec job = jobs.load(JOB, Map.of("as-of", "2026-01-05"));
    assertThat(job.asOf()).contains(LocalDate.of(2026, 1, 5));
    assertThat(job.calibration().orElseThrow().quotes())
        .extracting(OptionQuote::id)
        .containsExactly("d");
  }

  @Test
  void freeParametersHaveStartsBoundsAndTransformsAndTheOthersAreFixed() {
    CalibrationSpec spec =
        read(
            "model.parameters { theta = 0.05, xi = 0.4, rho = -0.5 }",
            "calibration.free { kappa { start = 2, min = 0.5, max = 8, transform = log }, v0 {} }");
    assertThat(spec.space().freeNames()).containsExactly("v0", "kappa");
    CalibrationParameter kappa = spec.space().free().get(1);
    assertThat(kappa.start()).isEqualTo(2);
    assertThat(kappa.lower()).isEqualTo(0.5);
    assertThat(kappa.upper()).isEqualTo(8);
    assertThat(kappa.transform()).isEqualTo(Transform.LOG);
    assertThat(spec.space().parameters()).hasSize(5);
    assertThat(spec.space().parameters().get(2))
        .isEqualTo(CalibrationParameter.fixed("theta", 0.05));
  }

  @Test
  void allProblemsOfASectionAreReportedAtOnce() {
    assertThat(
            problems(
                "model.parameters { theta = 0.04, xi = 0.5, rho = -0.7, kappa = 1 }",
                "calibration.free { v0 { start = 2, min = 0, max = 1 }, kapa { start = 1 } }",
                "calibration.optimiser = levenberg",
                "calibration.starts = 0",
                "calibration.penalties { fella = 1 }",
                "calibration.guards { max-jump = -1 }",
                "calibration.wieghts = vega"))
        .hasSize(8)
        .anySatisfy(p -> assertThat(p).contains("free.v0.start").contains("inside the bounds"))
        .anySatisfy(p -> assertThat(p).contains("free.kapa.min is missing"))
        .anySatisfy(p -> assertThat(p).contains("optimiser").contains("levenberg-marquardt"))
        .anySatisfy(p -> assertThat(p).contains("starts = 0"))
        .anySatisfy(p -> assertThat(p).contains("fella").contains("did you mean 'feller'"))
        .anySatisfy(p -> assertThat(p).contains("max-jump = -1"))
        .anySatisfy(p -> assertThat(p).contains("wieghts").contains("did you mean 'weights'"));
  }

  @Test
  void aFreeParameterThatTheModelLacksIsNamed() {
    assertThat(problems("calibration.free { v0 {}, lambda { start = 1, min = 0, max = 2 } }"))
        .anySatisfy(p -> assertThat(p).contains("lambda"));
  }

  @Test
  void everyBadRowIsNamedWithItsPlace() {
    jobs.with(
        "quotes.csv",
        """
        id,spot,zero_rate,strike,days_to_expiry,implied_vol
        good,100,0.02,90,90,0.25
        negative,100,0.02,100,90,-0.2
        absurd,100,0.02,110,90,25
        text,100,0.02,120,90,n/a
        twice,100,0.02,90,90,0.26
        good,100,0.02,95,90,0.24
        short,100,0.02,95
        """);
    assertThat(problems())
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith("calibration.quotes[negative] (quotes.csv:3): volatility -0.2"))
        .anySatisfy(p -> assertThat(p).contains("[absurd] (quotes.csv:4)"))
        .anySatisfy(p -> assertThat(p).contains("[text].implied_vol").contains("quotes.csv:5"))
        .anySatisfy(p -> assertThat(p).contains("[twice] (quotes.csv:6)").contains("one quote"))
        .anySatisfy(p -> assertThat(p).contains("another quote has this id (quotes.csv:2)"))
        .anySatisfy(p -> assertThat(p).contains("quotes.csv:8"));
  }

  @Test
  void badRowsAreDroppedAndCountedWhereTheJobSaysSo() {
    jobs.with(
        "quotes.csv",
        """
        id,spot,zero_rate,strike,days_to_expiry,implied_vol
        good,100,0.02,90,90,0.25
        negative,100,0.02,100,90,-0.2
        text,100,0.02,120,90,n/a
        """);
    JobSpec job = jobs.load(JOB + "calibration.quotes.on-bad = drop");
    assertThat(job.calibration().orElseThrow().quotes())
        .extracting(OptionQuote::id)
        .containsExactly("good");
    assertThat(job.notes())
        .first()
        .isEqualTo("2 of 3 quotes are left out (calibration.quotes.on-bad = drop)");
    assertThat(job.notes())
        .anySatisfy(note -> assertThat(note).contains("[text].implied_vol"))
        .anySatisfy(note -> assertThat(note).contains("volatility -0.2"));
  }

  @Test
  void whereNoQuoteIsLeftTheJobIsRefused() {
    jobs.with(
        "quotes.csv",
        """
        id,spot,zero_rate,strike,days_to_expiry,implied_vol
        negative,100,0.02,100,90,-0.2
        """);
    assertThat(problems("calibration.quotes.on-bad = drop"))
        .singleElement()
        .asString()
        .contains("no quote is sound, expected at least one");
  }

  @Test
  void aStaleAnEmptyAndAMissingFileAreNamed() {
    assertThat(jobs.problems(JOB, Map.of("as-of", "2026-01-07")))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains(
                        "stale: the newest are of 2026-01-05, expected quotes of 2026-01-07"));
    assertThat(
            jobs.load(JOB + "calibration.quotes.max-age-days = 3", Map.of("as-of", "2026-01-07"))
                .calibration()
                .orElseThrow()
                .source())
        .isEqualTo("quotes.csv of 2026-01-05");
    assertThat(jobs.problems(JOB.replace("as-of = 2026-01-02", "")))
        .anySatisfy(p -> assertThat(p).contains("expected the date of the run"));
    jobs.with("quotes.csv", "id,strike,expiry,implied_vol\n");
    assertThat(problems()).anySatisfy(p -> assertThat(p).contains("no rows, expected a quote"));
    assertThat(problems("calibration.quotes.csv = none.csv"))
        .anySatisfy(p -> assertThat(p).contains("no such file"));
  }

  @Test
  void missingRatesAndTwoSpotsAreNamed() {
    jobs.with(
        "quotes.csv",
        """
        id,spot,strike,days_to_expiry,implied_vol
        a,100,90,90,0.25
        b,101,100,90,0.22
        """);
    assertThat(problems())
        .anySatisfy(p -> assertThat(p).contains("[b].spot").contains("expected one spot a date"))
        .anySatisfy(p -> assertThat(p).contains("model.parameters.r is missing"));
  }

  @Test
  void arbitrageIsNamed() {
    jobs.with(
        "quotes.csv",
        """
        id,spot,zero_rate,strike,days_to_expiry,implied_vol
        low,100,0.02,90,90,0.2
        bump,100,0.02,100,90,0.4
        high,100,0.02,110,90,0.2
        """);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("calibration.quotes[bump] (quotes.csv:3): call price")
        .contains("the chord of rows low and high");
  }

  @Test
  void pricesThatNoModelReachesAndMissingRatesAreNamedByRow() {
    jobs.with(
        "quotes.csv",
        """
        id,option,spot,zero_rate,strike,days_to_expiry,price,bid,ask
        intrinsic,call,100,0.02,80,365,20.5,,
        above,call,100,0.02,100,365,101,,
        put,put,100,0.02,90,365,3,,
        crossed,put,100,0.02,95,365,5,5.2,5.1
        unrated,call,100,,100,400,8,,
        """);
    assertThat(
            jobs.problems(
                JOB.replace("kind = implied-vol", "kind = price") + "model.parameters.q = 0"))
        .hasSize(4)
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith("calibration.quotes[intrinsic] (quotes.csv:2): call price 20.5")
                    .contains("the bounds of arbitrage"))
        .anySatisfy(p -> assertThat(p).contains("[above] (quotes.csv:3): call price 101.0"))
        .anySatisfy(p -> assertThat(p).contains("[crossed] (quotes.csv:5): bid 5.2"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("[unrated].zero_rate is missing (quotes.csv:6)")
                    .contains("expected a rate for the expiry"));
  }

  @Test
  void aTotalVarianceThatFallsIsNamed() {
    jobs.with(
        "quotes.csv",
        """
        id,spot,zero_rate,strike,expiry,implied_vol
        early,100,0,100,0.5,0.4
        left,100,0,90,1,0.2
        right,100,0,110,1,0.2
        """);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("calibration.quotes[early] (quotes.csv:2): total variance")
        .contains("that of rows left and right");
  }

  @Test
  void theUnderlyingIsNamedWhereThereAreSeveral() {
    jobs.with(
        "quotes.csv",
        """
        id,underlying,spot,zero_rate,strike,expiry,implied_vol
        a,DAX,100,0.02,100,1,0.2
        b,SMI,50,0.01,50,1,0.3
        """);
    assertThat(problems())
        .anySatisfy(p -> assertThat(p).contains("underlying is missing").contains("DAX, SMI"));
    CalibrationSpec smi = read("calibration.quotes.underlying = SMI");
    assertThat(smi.quotes()).extracting(OptionQuote::id).containsExactly("b");
    assertThat(smi.market().spot()).isEqualTo(50);
    assertThat(problems("calibration.quotes.underlying = CAC"))
        .anySatisfy(p -> assertThat(p).contains("no row has it"));
  }

  @Test
  void intervalsAndSmoothnessAreRead() {
    CalibrationSpec spec =
        read(
            "calibration.free { v0 {}, theta {} }",
            "model.parameters { kappa = 1, xi = 0.5, rho = -0.5 }",
            "calibration.uncertainty { profile = all, level = 0.9, bootstrap = 50 }",
            "calibration.penalties.smoothness { weight = 2, parameters = [v0, theta, xi] }");
    assertThat(spec.intervals())
        .isEqualTo(new CalibrationSpec.Intervals(List.of("v0", "theta"), 0.9, 50, 1));
    assertThat(spec.penalties().smoothness().orElseThrow().parameters())
        .containsExactly("v0", "theta", "xi");
  }

  @Test
  void intervalsAndSmoothnessOfWhatIsNotThereAreRefused() {
    assertThat(
            problems(
                "calibration.free { v0 {}, theta {} }",
                "model.parameters { kappa = 1, xi = 0.5, rho = -0.5 }",
                "calibration.uncertainty { profile = [tetha, v0, v0], bootstrap = 1 }",
                "calibration.penalties.smoothness { weight = 2, parameters = [v0, theta, xj] }"))
        .hasSize(4)
        .anySatisfy(p -> assertThat(p).contains("profile of 'tetha'").contains("'theta'"))
        .anySatisfy(p -> assertThat(p).contains("profile of 'v0' twice"))
        .anySatisfy(p -> assertThat(p).contains("bootstrap = 1"))
        .anySatisfy(p -> assertThat(p).contains("smoothness of 'xj'").contains("did you mean"));
    assertThat(problems("calibration.uncertainty.profile = all"))
        .singleElement()
        .asString()
        .contains("profiles from 3 quotes, expected more than the 5 free parameters");
    assertThat(
            problems("calibration.pricer = monte-carlo", "calibration.uncertainty.bootstrap = 9"))
        .anySatisfy(p -> assertThat(p).contains("is a fit of its own, too many simulations"));
    assertThat(problems("calibration.penalties.smoothness = 1"))
        .anySatisfy(p -> assertThat(p).contains("expected { weight = ..., parameters = [...] }"));
  }

  @Test
  void formulasHaveTheMarketOfTheirStateAndTheQuotes() {
    String formulas =
        """
        job = calibrate
        as-of = 2026-01-02
        model {
          type = formula, calculus = ito, noise = scalar
          states { S = spot }
          drift { S = "r*S" }
          diffusion { S = "sigma*S^beta" }
          parameters.beta = 1
        }
        calibration.quotes { csv = quotes.csv, kind = implied-vol }
        calibration.free { sigma { start = 0.3, min = 0.01, max = 2 } }
        """;
    CalibrationSpec spec =
        jobs.load(formulas + "calibration.pricer = monte-carlo").calibration().orElseThrow();
    assertThat(spec.market().spot()).isEqualTo(100);
    assertThat(spec.market().rates().zeroRate(1)).isCloseTo(0.03, within(1e-12));
    assertThat(spec.space().freeNames()).containsExactly("sigma");
    assertThat(spec.space().parameters())
        .extracting(CalibrationParameter::name)
        .containsExactlyInAnyOrder("sigma", "beta");
    assertThat(jobs.problems(formulas))
        .singleElement()
        .asString()
        .contains("cannot be calibrated by analytic prices");
    assertThat(
            jobs.problems(
                formulas.replace("S = spot", "S = \"2*spot\"")
                    + "calibration.pricer = monte-carlo"))
        .singleElement()
        .asString()
        .contains("a state S that starts at a number above 0 or at a parameter");
  }

  @Test
  void bidAskWeightsNeedBidAndAsk() {
    assertThat(problems("calibration.weights = bid-ask"))
        .singleElement()
        .asString()
        .contains("3 quotes have no ask above a bid, the first a");
  }

  @Test
  void aModelWithoutSemiAnalyticPricesIsRefusedForThem() {
    assertThat(
            jobs.problems(
                JOB.replace("heston", "sabr")
                    + "calibration.free { alpha { start = 0.3, min = 0.1, max = 1 } }\n"
                    + "model.parameters { f0 = 100, beta = 1, nu = 0.3, rho = -0.2 }"))
        .anySatisfy(p -> assertThat(p).contains("cannot be calibrated by analytic prices"));
  }

  @Test
  void theIdentityKnowsTheContentOfTheQuotes() {
    String before = jobs.load(JOB).runId(LocalDate.of(2026, 1, 2));
    jobs.with("quotes.csv", QUOTES.replace("0.25", "0.26"));
    assertThat(jobs.load(JOB).runId(LocalDate.of(2026, 1, 2))).isNotEqualTo(before);
  }

  @Test
  void aTransformWithoutBoundsNeedsAnOptimiserThatKnowsThem() {
    String free =
        "calibration.free { v0 { transform = identity }, kappa {}, theta {}, xi {}, rho {} }";
    assertThat(problems(free)).singleElement().asString().contains("the optimiser knows no bounds");
    assertThat(read(free, "calibration.optimiser = l-bfgs-b").space().free())
        .extracting(CalibrationParameter::transform)
        .containsOnly(Transform.IDENTITY);
  }

  @Test
  void tradesAndSensitivitiesHaveNoPlace() {
    assertThat(problems("sensitivities = [delta]"))
        .singleElement()
        .asString()
        .contains("expected none to calibrate");
  }

  @Test
  void analyticPricesNeedNoDifferences() {
    assertThat(problems("calibration.jacobian = differences"))
        .singleElement()
        .asString()
        .contains("that of analytic prices is exact");
  }

  @Test
  void simulatedPricesOfSquareRootVariancesTakeTheirOwnSchemeAndALooserTolerance() {
    String simulated = JOB + "calibration.pricer = monte-carlo";
    assertThat(jobs.load(simulated).simulation().scheme().name()).isEqualTo("heston-qe");
    assertThat(jobs.load(simulated + "\nsimulation.scheme = euler").simulation().scheme().name())
        .isEqualTo("euler");
    assertThat(jobs.load(simulated).calibration().orElseThrow().search().tolerance())
        .isEqualTo(1e-4);
    assertThat(read("calibration.tolerance = 1e-6").search().tolerance()).isEqualTo(1e-6);
    assertThat(problems("calibration { optimiser = adam, tolerance = 1e-6 }"))
        .singleElement()
        .asString()
        .contains("calibration.tolerance", "adam runs all of its iterations");
  }
}
