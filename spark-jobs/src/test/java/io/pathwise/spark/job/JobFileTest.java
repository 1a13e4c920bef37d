package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.kernel.Precision;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.solve.OnNan;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sound job files become. */
class JobFileTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  @Test
  void aPriceJobIsReadWhole() {
    JobSpec job = jobs.load(JobFixture.PRICE + "as-of = 2002-07-05");
    assertThat(job.kind()).isEqualTo(JobKind.PRICE);
    assertThat(job.name()).isEqualTo("test");
    assertThat(job.asOf()).contains(LocalDate.of(2002, 7, 5));
    assertThat(job.model().type()).isEqualTo("heston");
    assertThat(job.model().parameters())
        .containsExactly(
            Map.entry("spot", 100.0),
            Map.entry("v0", 0.04),
            Map.entry("r", 0.03),
            Map.entry("q", 0.0),
            Map.entry("kappa", 1.5),
            Map.entry("theta", 0.06),
            Map.entry("xi", 0.5),
            Map.entry("rho", -0.7));
    assertThat(job.model().sde().parameters()).isEqualTo(job.model().parameterNames());
    SimulationSpec simulation = job.simulation();
    assertThat(simulation.paths()).isEqualTo(1000);
    assertThat(simulation.seed()).isEqualTo(42);
    assertThat(simulation.horizon()).isEqualTo(1);
    assertThat(simulation.stepping()).isEqualTo(new Stepping.PerYear(252));
    assertThat(simulation.steps()).isEqualTo(252);
    assertThat(simulation.scheme().name()).isEqualTo("euler");
    assertThat(simulation.backend()).isEqualTo(Backend.AUTO);
    assertThat(simulation.precision()).isEqualTo(Precision.DOUBLE);
    assertThat(simulation.shardSize()).isEqualTo(4096);
    assertThat(simulation.shards()).isEqualTo(1);
    assertThat(simulation.onNan()).isEqualTo(OnNan.FAIL);
    assertThat(job.trades())
        .containsExactly(
            new TradeSpec.European("c100", OptionType.CALL, 100, 1, 1, OptionalDouble.empty()));
    assertThat(job.declaration().greeks().get(0))
        .isEqualTo(new Greek("delta", "spot", List.of("spot")));
    assertThat(job.declaration().greeks().stream().skip(1).map(Greek::factor))
        .isEqualTo(job.model().parameterNames());
    assertThat(job.warehouse()).isEqualTo("./warehouse");
    assertThat(job.notes()).isEmpty();
  }

  @Test
  void theContractsOwnExampleIsSound() {
    JobSpec job =
        jobs.load(
            """
            job  = price                  # simulate | price | calibrate | risk | train
            name = my-run
            model {
              type = heston               # a catalogue name
              parameters { spot = 100, v0 = 0.04, r = 0.03, q = 0.0, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7 }
            }
            simulation {
              paths = 1000000
              seed = 42
              horizon = 1.0
              steps-per-year = 252
              scheme = euler
              times = [0.25, 0.5, 1.0]
              backend = auto
              precision = double
              shard-size = 4096
            }
            trades = [
              { id = c100, type = european, option = call, strike = 100, expiry = 1.0 }
            ]
            sensitivities = [delta, parameters]
            """);
    assertThat(job.simulation().times()).containsExactly(0.25, 0.5, 1.0);
    assertThat(job.simulation().shards()).isEqualTo(245);
  }

  @Test
  void anEquationInTheJobFileBecomesAnSde() {
    JobSpec job = jobs.load(JobFixture.SIMULATE);
    assertThat(job.kind()).isEqualTo(JobKind.SIMULATE);
    assertThat(job.name()).isEqualTo("job");
    Sde sde = job.model().sde();
    assertThat(sde.states()).containsExactly("hare", "lynx");
    assertThat(sde.channels()).isEqualTo(2);
    assertThat(sde.calculus()).isEqualTo(Calculus.ITO);
    assertThat(sde.noise()).isEqualTo(NoiseType.DIAGONAL);
    assertThat(sde.parameters()).isEqualTo(job.model().parameterNames());
    assertThat(sde.observables()).containsOnlyKeys("hare", "lynx");
    assertThat(job.simulation().horizon()).isEqualTo(20);
    assertThat(job.simulation().times()).containsExactly(1.0, 2.0, 20.0);
  }

  @Test
  void theGeneralNoiseOfTheContractBecomesAnSde() {
    JobSpec job =
        jobs.load(
            """
            job = price
            model {
              type = formula
              calculus = ito
              noise = general
              parameters { r = 0.03, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7 }
              states     { S = 100, v = 0.04 }
              drift      { S = "r*S", v = "kappa*(theta - v)" }
              diffusion  { S = ["sqrt(max(v,0))*S", "0"],
                           v = ["xi*rho*sqrt(max(v,0))", "xi*sqrt(1-rho^2)*sqrt(max(v,0))"] }
            }
            trades = [ { id = a, type = european, option = put, strike = 90, expiry = 0.5 } ]
            """);
    Sde sde = job.model().sde();
    assertThat(sde.channels()).isEqualTo(2);
    assertThat(sde.diffusion().shape().rows()).isEqualTo(2);
    assertThat(job.simulation().horizon()).isEqualTo(0.5);
  }

  @Test
  void additiveAndScalarNoiseTakeTextsOrLists() {
    String additive =
        """
        job = simulate
        model { type = formula, calculus = stratonovich, noise = additive
          states { x = 1, y = "2" }, drift { x = "-x", y = 0 }
          diffusion { x = [1, 0, "0.5"], y = [0, 1, "sin(t)"] } }
        simulation { horizon = 1, scheme = milstein }
        """;
    assertThat(jobs.load(additive).model().sde().channels()).isEqualTo(3);
    assertThat(jobs.load(additive).simulation().times()).containsExactly(1.0);
    String scalar =
        """
        job = simulate
        model { type = formula, calculus = ito, noise = scalar
          states { x = 1, y = 2 }, drift { x = "-x", y = 0 }
          diffusion { x = "y", y = ["x"] } }
        simulation { horizon = 1 }
        """;
    assertThat(jobs.load(scalar).model().sde().channels()).isEqualTo(1);
  }

  @Test
  void theOrderOfStatesInTheFileDoesNotMatter() {
    String other =
        JobFixture.SIMULATE.replace("states { hare = 30, lynx = 4 }", "states{lynx=4,hare=30}");
    FormulaModel model = (FormulaModel) jobs.load(other).model();
    assertThat(model.stateNames()).containsExactly("hare", "lynx");
    assertThat(model.sde()).isEqualTo(jobs.load(JobFixture.SIMULATE).model().sde());
  }

  @Test
  void everyTypeOfTradeIsRead() {
    JobSpec job =
        jobs.load(
            JobFixture.PRICE
                + """
                sensitivities = []
                trades = [
                  { id = d, type = digital, option = put, strike = 90, expiry = 0.5, payout = 10 }
                  { id = a, type = asian, option = call, strike = 90, expiry = 0.5
                    averaging = geometric }
                  { id = b, type = barrier, option = call, strike = 90, expiry = 0.5, kind = up-out
                    barrier = 120, quantity = -2 }
                  { id = 7, type = forward, strike = 90, days_to_expiry = 73, implied_vol = 0.2 }
                  { id = c, type = barrier, option = put, strike = 90, expiry = 1, kind = down-in
                    barrier = 80, monitoring = continuous }
                  { id = z, type = zero-coupon, expiry = 2, quantity = 100 }
                ]
                """);
    OptionalDouble none = OptionalDouble.empty();
    assertThat(job.trades())
        .containsExactly(
            new TradeSpec.Digital("d", OptionType.PUT, 90, 0.5, 1, none, 10),
            new TradeSpec.Asian("a", OptionType.CALL, 90, 0.5, 1, none, Averaging.GEOMETRIC, 12),
            new TradeSpec.Barrier(
                "b", OptionType.CALL, 90, 0.5, -2, none, BarrierType.UP_OUT, 120, 50),
            new TradeSpec.Forward("7", 90, 0.2, 1, OptionalDouble.of(0.2)),
            new TradeSpec.Barrier(
                "c",
                OptionType.PUT,
                90,
                1,
                1,
                none,
                BarrierType.DOWN_IN,
                80,
                TradeSpec.Barrier.CONTINUOUS),
            new TradeSpec.ZeroCoupon("z", 2, 100, none));
    assertThat(job.trades())
        .extracting(TradeSpec::type)
        .containsExactly("digital", "asian", "barrier", "forward", "barrier", "zero-coupon");
    assertThat(job.trades())
        .extracting(TradeSpec::continuous)
        .containsExactly(false, true, false, true, true, true);
  }

  @Test
  void aQuoteFileGivesTradesAndItsZeroCurve() {
    jobs.with(
        "data/quotes.csv",
        """
        as_of,underlying,spot,days_to_expiry,zero_rate,strike,implied_vol
        2002-07-05,DAX,4468.17,13,0.0357,3400,0.6625
        2002-07-05,DAX,4468.17,73,0.0349,3400,0.4875
        2002-07-05,DAX,4468.17,13,0.0357,3600,0.6007
        """);
    JobSpec job =
        jobs.load(
            JobFixture.PRICE
                + """
                trades = { csv = "data/quotes.csv", defaults { type = european, option = call } }
                model.parameters.r = { zero-curve-csv = "data/quotes.csv" }
                sensitivities = [kappa, delta]
                """);
    assertThat(job.trades())
        .extracting(TradeSpec::id)
        .containsExactly("line-2", "line-3", "line-4");
    assertThat(job.trades()).extracting(TradeSpec::strike).containsExactly(3400.0, 3400.0, 3600.0);
    assertThat(job.trades().get(1).expiry()).isEqualTo(0.2);
    assertThat(job.trades().get(2).marketImpliedVol()).hasValue(0.6007);
    assertThat(job.simulation().horizon()).isEqualTo(0.2);
    ZeroCurve curve = job.model().curves().get("r");
    assertThat(curve.times()).containsExactly(13 / 365.0, 0.2);
    assertThat(curve.zeroRates()).containsExactly(0.0357, 0.0349);
    assertThat(job.model().parameters()).doesNotContainKey("r");
    assertThat(job.model().sde().parameters()).isEqualTo(job.model().parameterNames());
    assertThat(job.declaration().greeks().stream().map(Greek::factor))
        .containsExactly("spot", "kappa");
  }

  @Test
  void aCurveInTheFileIsRead() {
    JobSpec job =
        jobs.load(
            JobFixture.PRICE.replace(
                "r = 0.03",
                "r = { zero-curve = [ {t = 0.5, rate = 0.03}, {t = 1, rate = 0.04} ] }"));
    assertThat(job.model().curves().get("r").discount(1)).isCloseTo(Math.exp(-0.04), within(1e-15));
  }

  @Test
  void aFormulaMayReadACurve() {
    JobSpec job =
        jobs.load(
            """
            job = simulate
            model { type = formula, calculus = ito, noise = diagonal
              parameters { r = { zero-curve = [ {t = 1, rate = 0.04} ] }, s = 0.2 }
              states { S = 1 }, drift { S = "r*S" }, diffusion { S = "s*S" } }
            simulation { horizon = 1 }
            """);
    assertThat(job.model().curves()).containsOnlyKeys("r");
    assertThat(job.model().sde().parameters()).containsExactly("s");
  }

  @Test
  void cellsMayBeQuotedAndIdsKeepTheirZeros() {
    jobs.with(
        "trades.csv",
        "\uFEFFid,type,option,strike,expiry,payout\r\n"
            + "# two trades\r\n"
            + "\"a, \"\"b\"\"\",digital,put, 100 ,1e0,5\r\n"
            + "007,european,call,1.5E2,.5,\r\n");
    JobSpec job =
        jobs.load(JobFixture.PRICE + "sensitivities = []\ntrades = { csv = \"trades.csv\" }");
    assertThat(job.trades()).extracting(TradeSpec::id).containsExactly("a, \"b\"", "007");
    assertThat(job.trades()).extracting(TradeSpec::strike).containsExactly(100.0, 150.0);
    assertThat(job.trades()).extracting(TradeSpec::expiry).containsExactly(1.0, 0.5);
  }

  @Test
  void filesAreRelativeToTheJobFile() {
    jobs.with("market/trades.csv", "id,type,strike,expiry\na,forward,100,1\n");
    jobs.with("jobs/mine.conf", JobFixture.PRICE + "trades = { csv = \"../market/trades.csv\" }");
    JobSpec job = JobFile.load(folder.resolve("jobs/mine.conf"), Map.of("name", "other"));
    assertThat(job.trades()).hasSize(1);
    assertThat(job.name()).isEqualTo("other");
  }

  @Test
  void tradesOfASimulationAreNotedAndLeftOut() {
    JobSpec job = jobs.load(JobFixture.PRICE + "job = simulate\nsimulation.horizon = 1");
    assertThat(job.trades()).isEmpty();
    assertThat(job.sensitivities()).isEmpty();
    assertThat(job.notes())
        .containsExactly(
            "1 trades are not valued: job = simulate",
            "sensitivities are not computed: job = simulate");
  }
}
