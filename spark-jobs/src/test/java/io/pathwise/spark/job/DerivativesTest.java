package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of derivatives and how they are computed: read, refused with the reason, resolved. */
class DerivativesTest {
  private static final String BLACK_SCHOLES =
      """
      job = price
      model { type = black-scholes, parameters { spot = 100, r = 0.03, sigma = 0.2 } }
      simulation { paths = 1024, steps = 4 }
      """;
  private static final String CALL =
      "trades = [{ id = c, type = european, option = call, strike = 100, expiry = 1 }]\n";
  private static final String DIGITAL =
      "trades = [{ id = d, type = digital, option = call, strike = 100, expiry = 1 }]\n";
  private static final String BARRIER =
      """
      trades = [{ id = b, type = barrier, option = call, strike = 100, expiry = 1,
        kind = down-out, barrier = 80, monitoring = 4 }]
      """;

  private JobFixture jobs;

  @BeforeEach
  void openFixture(@TempDir Path folder) {
    jobs = new JobFixture(folder);
  }

  private List<Greek> greeks(String text) {
    return jobs.load(text).declaration().greeks();
  }

  @Test
  void namedDerivativesComeFirstInOneOrderThenParametersInThatOfTheModel() {
    String names = "sensitivities = [sigma, volga, r, theta, rho, vanna, vega, gamma, delta]\n";
    assertThat(greeks(BLACK_SCHOLES + CALL + names + "sensitivity.method = conditional"))
        .containsExactly(
            new Greek("delta", "spot", List.of("spot")),
            new Greek("gamma", "spot", List.of("spot", "spot")),
            new Greek("vega", "sigma", List.of("sigma")),
            new Greek("rho", "r", List.of("r")),
            new Greek("theta", "time", List.of()),
            new Greek("vanna", "spot,sigma", List.of("spot", "sigma")),
            new Greek("volga", "sigma", List.of("sigma", "sigma")),
            new Greek("d_param", "r", List.of("r")),
            new Greek("d_param", "sigma", List.of("sigma")));
  }

  @Test
  void parametersCalledLikeAGreekKeepTheirNamesAndANoteNamesTheOther() {
    String heston = JobFixture.PRICE.replace("[delta, parameters]", "[rho, theta]");
    assertThat(greeks(heston))
        .containsExactly(
            new Greek("d_param", "theta", List.of("theta")),
            new Greek("d_param", "rho", List.of("rho")));
    assertThat(jobs.load(heston).notes())
        .containsExactly(
            "sensitivities: rho is the parameter of the model, expected greek-rho for the Greek",
            "sensitivities: theta is the parameter of the model, expected greek-theta for the"
                + " Greek");
    assertThat(greeks(JobFixture.PRICE.replace("[delta, parameters]", "[greek-rho, greek-theta]")))
        .containsExactly(
            new Greek("rho", "r", List.of("r")), new Greek("theta", "time", List.of()));
  }

  @Test
  void aGreekInAParameterThatTheModelLacksNamesThoseItHas() {
    assertThat(jobs.price("sensitivities = [vega]"))
        .containsExactly(
            "sensitivities[1] = \"vega\" (job.conf:13): the derivative in sigma, which model heston"
                + " does not have: expected parameters by name, of spot, v0, r, q, kappa, theta,"
                + " xi, rho");
    assertThat(
            jobs.price(
                "model.parameters.r = { zero-curve = [{t = 1, rate = 0.1}] }",
                "sensitivities = [greek-rho]"))
        .singleElement()
        .asString()
        .contains("the derivative in r, which is a curve here: expected parameters by name, of ");
  }

  @Test
  void aCurveStandsForItsNodesAndAStateForItsInitialValue() {
    String curve =
        CALL
            + "model.parameters.r = { zero-curve = [{t = 0.5, rate = 0.03}, {t = 1, rate = 0.04}] }\n"
            + "sensitivities = [r, sigma]\n";
    assertThat(greeks(BLACK_SCHOLES + curve))
        .containsExactly(
            new Greek("d_param", "sigma", List.of("sigma")),
            new Greek("d_param", "r[0]", List.of("r[0]"), Optional.of(0.5)),
            new Greek("d_param", "r[1]", List.of("r[1]"), Optional.of(1.0)));
    assertThat(jobs.problems(BLACK_SCHOLES + curve + "sensitivities = [r, theta]"))
        .singleElement()
        .asString()
        .contains("theta beside the nodes of a curve");
    assertThat(jobs.problems(BLACK_SCHOLES + curve + "gradient.method = tangent")).isEmpty();
    assertThat(greeks(ITO + "sensitivities = [initial.S, m]"))
        .containsExactly(
            new Greek("d_param", "m", List.of("m")),
            new Greek("d_param", "initial.S", List.of("initial.S")));
  }

  @Test
  void payoffsThatJumpNeedAnotherMethodThanPathwise() {
    String job = BLACK_SCHOLES + DIGITAL + "sensitivities = [delta]\n";
    assertThat(jobs.problems(job))
        .singleElement()
        .asString()
        .contains("the payoffs of d (digital) jump, so their pathwise derivatives are biased")
        .contains("expected sensitivity.method = conditional (payoffs at expiry alone),");
    for (String method : List.of("conditional", "likelihood-ratio", "smoothing, width = 0.01")) {
      assertThat(jobs.problems(job + "sensitivity { method = " + method + " }"))
          .as(method)
          .isEmpty();
    }
    assertThat(
            jobs.problems(
                BLACK_SCHOLES
                    + BARRIER
                    + "sensitivities = [delta]\nsensitivity.method = conditional"))
        .singleElement()
        .asString()
        .startsWith("sensitivities = [delta] (job.conf:6): ")
        .contains("others are likelihood-ratio, smoothing");
  }

  @Test
  void secondDerivativesOfAKinkAreRefusedWithTheMethodsThatFit() {
    String job = BLACK_SCHOLES + CALL + "sensitivities = [gamma]\n";
    assertThat(jobs.problems(job))
        .singleElement()
        .asString()
        .startsWith("sensitivities = [gamma] (job.conf:5): ")
        .contains("npv/c")
        .contains("conditional");
    assertThat(jobs.problems(job + "sensitivity.method = likelihood-ratio")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sensitivity.method = guess|sensitivity.method = \"guess\"|expected one of conditional,",
        "sensitivity.method = smoothing|sensitivity.width is missing|how far a jump is spread",
        "sensitivity.width = 0.1|sensitivity.width = 0.1|given with method = pathwise",
        "sensitivity { method = smoothing, width = 0 }|sensitivity.width = 0|a number above 0",
        "sensitivity.step = 1|sensitivity.step = 1|unknown key",
        "gradient.method = magic|gradient.method = \"magic\"|expected one of auto, backsolve,",
        "gradient.memory = many|gradient.memory = \"many\"|expected bytes such as 64 MiB",
        "gradient.memory = 12 B|gradient.memory = \"12 B\"|at least 1024",
        "gradient.memory = -5|gradient.memory = -5|expected bytes such as 64 MiB",
        "gradient.depth = 3|gradient.depth = 3|unknown key"
      })
  void wrongSettingsAreNamed(String line, String where, String expected) {
    assertThat(jobs.problems(BLACK_SCHOLES + CALL + "sensitivities = [delta]\n" + line))
        .singleElement()
        .asString()
        .startsWith(where)
        .contains(expected);
  }

  @Test
  void allProblemsOfDerivativesComeAtOnceWithTheOthers() {
    assertThat(
            jobs.problems(
                BLACK_SCHOLES
                    + DIGITAL
                    + "sensitivities = [delta, kapa]\n"
                    + "gradient { method = magic, memory = x }\n"
                    + "simulation.on-nan = hope"))
        .hasSize(5);
  }

  @Test
  void settingsAreReadAndTheStrategyOfTheRunIsItsIdentity() {
    String job = BLACK_SCHOLES + CALL + "sensitivities = [delta]\n";
    JobSpec auto = jobs.load(job);
    assertThat(auto.gradient().method()).isNotEqualTo(GradientMethod.AUTO);
    assertThat(auto.gradient().memory()).isEqualTo(64 << 20);
    assertThat(auto.gradient().reason()).isNotEmpty();
    assertThat(auto.gradient().sensitivity()).isEqualTo(new SensitivityMethod.Pathwise());
    String named = "gradient.method = " + auto.gradient().method().key();
    assertThat(auto.identity()).contains("gradient.method = \"");
    assertThat(jobs.load(job + named).identity()).isEqualTo(auto.identity());
    assertThat(jobs.load(job, Map.of("gradient.memory", "1 GiB")).gradient().memory())
        .isEqualTo(1 << 30);
    assertThat(jobs.load(job + "gradient.memory = 32 MiB").identity()).isEqualTo(auto.identity());
    assertThat(jobs.load(job + "sensitivity { method = smoothing, width = 0.05 }").identity())
        .contains("sensitivity.method = \"smoothing\"", "sensitivity.width = 0.05");
    assertThat(jobs.load(BLACK_SCHOLES + CALL + "gradient.method = tangent").identity())
        .isEqualTo(jobs.load(BLACK_SCHOLES + CALL).identity())
        .doesNotContain("gradient", "sensitivity.");
  }

  @Test
  void levelsAreCoupledInFirstDerivativesOfPathsAlone() {
    String job =
        BLACK_SCHOLES
            + CALL
            + "simulation.estimator { method = multilevel, rmse = 0.1 }\nsensitivities = ";
    assertThat(jobs.problems(job + "[delta]")).isEmpty();
    for (String more : List.of("[theta]", "[delta]\nsensitivity.method = conditional")) {
      assertThat(jobs.problems(job + more))
          .singleElement()
          .asString()
          .contains("expected such, or another estimator");
    }
    assertThat(jobs.problems(job + "[delta]\ngradient.method = checkpointed"))
        .singleElement()
        .asString()
        .startsWith("gradient.method = ")
        .contains("expected auto or stored, or another estimator");
  }

  @Test
  void statesThatCarryTheirDerivativesCanBeCut() {
    String job =
        BLACK_SCHOLES + CALL + "sensitivities = [delta]\ncheckpoint { dir = x, every-steps = 2 }\n";
    assertThat(jobs.problems(job))
        .singleElement()
        .asString()
        .contains("expected every-minutes, or gradient.method = tangent");
    assertThat(jobs.problems(job + "gradient.method = tangent")).isEmpty();
  }

  private static final String ITO =
      """
      job = price
      model {
        type = formula
        calculus = stratonovich
        noise = diagonal
        parameters { m = 0.05, s = 0.2, r = 0.03 }
        states { S = 100 }
        drift { S = "m*S" }
        diffusion { S = "s*S" }
      }
      simulation { paths = 1024, steps = 64 }
      sensitivities = [delta, s]
      """
          + CALL;

  @ParameterizedTest(name = "{0} under {1}")
  @CsvSource({
    "stored, heun",
    "checkpointed, heun",
    "tangent, heun",
    "reversible, reversible-heun",
    "backsolve, heun"
  })
  void aStrategyThatFitsIsTaken(String method, String scheme) {
    JobSpec job = jobs.load(ITO, Map.of("gradient.method", method, "simulation.scheme", scheme));
    assertThat(job.gradient().method().key()).isEqualTo(method);
    assertThat(job.gradient().reason()).isEmpty();
  }

  @ParameterizedTest(name = "{0} under {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "reversible|heun|whose steps are not undone: expected one of [reversible-heun]",
        "reversible|euler|does not fit diagonal noise in stratonovich calculus",
      })
  void aStrategyThatDoesNotFitIsRefusedWithTheReasonAndNoOtherIsTaken(
      String method, String scheme, String reason) {
    assertThat(jobs.problems(ITO, Map.of("gradient.method", method, "simulation.scheme", scheme)))
        .singleElement()
        .asString()
        .contains(reason);
  }

  @Test
  void whatDoesNotFitInTheMemoryIsComputedAgain() {
    JobSpec small = jobs.load(ITO, Map.of("gradient.memory", "128 KiB"));
    assertThat(small.gradient().method()).isEqualTo(GradientMethod.CHECKPOINTED);
    assertThat(small.gradient().reason()).contains("more than 131072");
    assertThat(small.identity()).contains("gradient.method = \"checkpointed\"");
    assertThat(jobs.load(ITO).gradient().method()).isEqualTo(GradientMethod.STORED);
    assertThat(jobs.problems(ITO, Map.of("gradient.memory", "2 KiB")))
        .singleElement()
        .asString()
        .startsWith("sensitivities = ");
  }
}
