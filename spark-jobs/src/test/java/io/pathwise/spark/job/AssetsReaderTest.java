package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetsReaderTest {
  private static final String JOB =
      """
      job = simulate
      model {
        type = correlated-gbm
        assets = [DAX, SMI, CAC]
        parameters {
          spot-DAX = 1, mu-DAX = 0.1, sigma-DAX = 0.2
          spot-SMI = 2, mu-SMI = 0.1, sigma-SMI = 0.2
          spot-CAC = 3, mu-CAC = 0.1, sigma-CAC = 0.2
          rho-DAX-SMI = 0.7
        }
      }
      simulation { paths = 1000, seed = 42, horizon = 1, steps = 1 }
      # The next line is number 14.
      """;

  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  private List<String> problems(String... lines) {
    return jobs.problems(JOB + String.join("\n", lines));
  }

  @Test
  void correlationsThatAreNotGivenAreZero() {
    JobSpec job = jobs.load(JOB);
    assertThat(job.model().parameters())
        .hasSize(12)
        .contains(entry("rho-DAX-SMI", 0.7), entry("rho-DAX-CAC", 0.0), entry("rho-SMI-CAC", 0.0));
    assertThat(job.sde().states()).containsExactly("x_DAX", "x_SMI", "x_CAC");
    assertThat(job.simulation().observables(job.sde())).containsOnlyKeys("DAX", "SMI", "CAC");
  }

  @Test
  void theOrderOfTheAssetsTellsRunsApart() {
    String other = JOB.replace("[DAX, SMI, CAC]", "[DAX, CAC, SMI]");
    assertThat(jobs.load(other).identity()).isNotEqualTo(jobs.load(JOB).identity());
  }

  @Test
  void correlationsThatContradictEachOtherAreRefusedWithTheLeastEigenvalue() {
    assertThat(problems("model.parameters { rho-DAX-CAC = 0.7, rho-SMI-CAC = -0.7 }"))
        .containsExactly(
            "model.parameters (job.conf:5): the correlations rho make no correlation matrix, its"
                + " least eigenvalue is -0.400; expected one above 1e-10, a positive definite"
                + " matrix");
    assertThat(problems("model.parameters { rho-DAX-SMI = 1 }"))
        .singleElement()
        .asString()
        .contains("no correlation matrix");
  }

  @Test
  void aCorrelationInTheWrongOrderNamesTheRightOne() {
    assertThat(problems("model.parameters { rho-CAC-SMI = 0.5 }"))
        .containsExactly(
            "model.parameters.rho-CAC-SMI = 0.5 (job.conf:14): expected rho-SMI-CAC, in the order of"
                + " model.assets");
  }

  @Test
  void missingAndUnknownParametersAreReportedTogether() {
    assertThat(problems("model.assets = [DAX, SMI, FTSE]"))
        .hasSize(6)
        .anyMatch(p -> p.startsWith("model.parameters.spot-FTSE is missing"))
        .anyMatch(p -> p.startsWith("model.parameters.mu-FTSE is missing"))
        .anyMatch(p -> p.startsWith("model.parameters.sigma-CAC = 0.2"))
        .allMatch(p -> p.contains("FTSE") || p.contains("unknown parameter of correlated-gbm"));
  }

  @Test
  void assetsAreDistinctIdentifiers() {
    assertThat(problems("model.assets = [DAX, \"D-X\", DAX]"))
        .hasSize(2)
        .anyMatch(p -> p.contains("asset 'D-X', expected a letter"))
        .anyMatch(p -> p.contains("asset 'DAX' is there twice"));
    assertThat(problems("model.assets = []"))
        .singleElement()
        .asString()
        .endsWith("0 assets, expected 1 to 50");
    assertThat(problems("model.assets = null"))
        .singleElement()
        .asString()
        .startsWith("model.assets is missing");
    assertThat(jobs.price("model.assets = [DAX]"))
        .singleElement()
        .asString()
        .contains("unknown key of a heston model");
  }

  @Test
  void tradesOnSeveralAssetsArriveLater() {
    assertThat(
            problems(
                "job = price",
                "trades = [{ id = c, type = european, option = call, strike = 1, expiry = 1 }]"))
        .singleElement()
        .asString()
        .contains("model.type = \"correlated-gbm\" (job.conf:3)")
        .contains("expected job = simulate, or a model of one price");
  }
}
