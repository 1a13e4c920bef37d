package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.Sde;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jumps of an equation in a job file, and what is wrong with them. */
class JumpsReaderTest {
  private static final String MODEL =
      """
      job = simulate
      model {
        type = formula, calculus = ito, noise = diagonal
        parameters { r = 0.03, sigma = 0.2, lambda = 0.5, mu = -0.1, delta = 0.15 }
        states { S = 100, n = 0 }
        drift { S = "r*S", n = 0 }
        diffusion { S = "sigma*S", n = 0 }
        jumps {
      %s
        }
      }
      simulation { paths = 100, horizon = 1, steps = 50 }
      """;

  private static final String CRASH =
      """
      crash { intensity = "lambda*(1 + t)", marks = normal, mean = "mu", std = "delta"
              amplitude { S = "S*(exp(J) - 1)", n = 1 } }
      """;

  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  private List<String> problems(String jump) {
    return jobs.problems(MODEL.formatted(jump));
  }

  @Test
  void jumpsBecomeTermsOfTheEquation() {
    Sde sde = jobs.load(MODEL.formatted(CRASH)).model().sde();
    assertThat(sde.jumps()).hasSize(1);
    JumpTerm term = sde.jumps().get(0);
    assertThat(term.name()).isEqualTo("crash");
    assertThat(term.intensity()).isEqualTo(Expr.param("lambda").times(Expr.ONE.plus(Sde.TIME)));
    assertThat(term.marks()).isEqualTo(new Marks.Normal(Expr.param("mu"), Expr.param("delta")));
    assertThat(term.amplitude().get(1)).isEqualTo(Expr.ONE);
    assertThat(term.stateDependent()).isFalse();
  }

  @Test
  void otherMarksHaveTheirKeys() {
    assertThat(
            problems(
                "up { intensity = 1, marks = double-exponential, p = 0.4, eta1 = 10, eta2 = 5,"
                    + " amplitude.S = \"S*J\" }\n"
                    + "down { intensity = \"n\", bound = 50, marks = deterministic, value = -1,"
                    + " amplitude.n = \"J\" }"))
        .isEmpty();
  }

  @Test
  void everyProblemOfAJumpIsNamed() {
    assertThat(
            problems(
                "a { intensity = \"n\", marks = normal, mean = \"S\", extra = 1, amplitude { x = 1 } }"))
        .hasSize(5)
        .anyMatch(p -> p.startsWith("model.jumps.a.bound is missing"))
        .anyMatch(p -> p.startsWith("model.jumps.a.mean = \"S\""))
        .anyMatch(p -> p.startsWith("model.jumps.a.std is missing"))
        .anyMatch(p -> p.startsWith("model.jumps.a.extra = 1") && p.contains("unknown key"))
        .anyMatch(
            p -> p.startsWith("model.jumps.a.amplitude.x = 1") && p.contains("unknown state"));
  }

  @Test
  void aNegativeIntensityIsRefused() {
    assertThat(problems(CRASH.replace("lambda*(1 + t)", "-lambda")))
        .singleElement()
        .asString()
        .contains("model.jumps.crash.intensity", "is -0.5 at t = 0", "at least 0");
  }

  @Test
  void aStateCalledLikeTheMarkIsRefused() {
    assertThat(problems(CRASH).isEmpty()).isTrue();
    assertThat(jobs.problems(MODEL.formatted(CRASH).replace("lambda = 0.5", "lambda = 0.5, J = 1")))
        .hasSize(2)
        .allMatch(p -> p.contains("J is the mark of the jump"));
  }

  @Test
  void derivativesInAnIntensityAreRefused() {
    String price =
        """
        job = price
        model {
          type = merton
          parameters { spot = 100, r = 0.03, sigma = 0.2, lambda = 1, mu-j = -0.1, sigma-j = 0.1 }
        }
        simulation { paths = 1000, scheme = exact, steps-per-year = 4 }
        trades = [ { id = c, type = european, option = call, strike = 100, expiry = 1 } ]
        """;
    assertThat(jobs.problems(price + "sensitivities = [delta, sigma, mu-j]")).isEmpty();
    assertThat(jobs.problems(price + "sensitivities = [parameters]"))
        .singleElement()
        .asString()
        .contains("lambda moves the intensity of jumps")
        .contains("expected names among delta, spot, r, q, sigma, mu-j, sigma-j");
  }

  @Test
  void bondsNeedADiscountFactorAndOptionsAPrice() {
    String rates =
        """
        job = price
        model { type = cir, parameters { r0 = 0.03, a = 0.5, b = 0.04, sigma = 0.1 } }
        simulation { paths = 1000, steps-per-year = 4 }
        """;
    assertThat(jobs.problems(rates + "trades = [ { id = b, type = zero-coupon, expiry = 5 } ]"))
        .isEmpty();
    assertThat(
            jobs.problems(
                rates + "trades = [ { id = f, type = forward, strike = 1, expiry = 5 } ]"))
        .anyMatch(p -> p.startsWith("model.states.S is missing"));
  }

  @Test
  void theExactSchemeOfARateSaysWhichParametersItTakes() {
    String rates =
        """
        job = price
        simulation { paths = 1000, steps-per-year = 1, scheme = exact }
        trades = [ { id = b, type = zero-coupon, expiry = 5 } ]
        sensitivities = []
        model { type = cir, parameters { r0 = 0.03, a = 0.5, b = 0.04
        """;
    assertThat(jobs.problems(rates + ", sigma = 0.1 } }")).isEmpty();
    assertThat(jobs.problems(rates + ", sigma = 0.5 } }"))
        .singleElement()
        .asString()
        .startsWith("simulation.scheme = \"exact\" (job.conf:2): does not fit")
        .contains("4 a b / sigma^2 (degrees of freedom) = 0.32")
        .contains("expected above 1.0 and at most 50.0");
  }

  @Test
  void aBarrierWatchedAtAnyTimeNeedsABrownianMotion() {
    String price =
        """
        job = price
        model {
          type = variance-gamma
          parameters { spot = 100, r = 0.03, sigma = 0.12, nu = 0.2, theta = -0.14 }
        }
        simulation { paths = 1000, scheme = exact, steps-per-year = 4 }
        sensitivities = []
        trades = [ { id = b, type = barrier, option = call, strike = 100, expiry = 1, barrier = 80
          kind = down-out
        """;
    assertThat(jobs.problems(price + "monitoring = 12 } ]")).isEmpty();
    assertThat(jobs.problems(price + "monitoring = continuous } ]"))
        .singleElement()
        .asString()
        .startsWith("model.type = \"variance-gamma\"")
        .contains("expected monitoring dates");
  }
}
