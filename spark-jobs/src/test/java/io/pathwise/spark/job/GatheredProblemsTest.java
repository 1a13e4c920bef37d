package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many problems at once, and files that cannot be read at all. */
class GatheredProblemsTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  @Test
  void tenProblemsAreTenLinesInOneError() {
    String text =
        """
        job = price
        nmae = x
        model {
          type = heston
          parameters { spot = 100, v0 = -1, r = 0.03, theta = 0.06, xi = 0.5, rho = 2 }
        }
        simulation { paths = -5, seed = 1.5, scheme = eular, shard-size = 1000, steps = 0 }
        trades = [
          { id = c100, type = european, option = call, strike = 100, expiry = 0 }
        ]
        """;
    assertThatThrownBy(() -> jobs.load(text))
        .isInstanceOfSatisfying(
            BadJobException.class,
            error -> {
              assertThat(error.problems()).hasSize(10);
              assertThat(error.getMessage().lines()).hasSize(10);
              assertThat(error.problems())
                  .extracting(line -> line.split(" ")[0])
                  .containsExactlyInAnyOrder(
                      "nmae",
                      "model.parameters.v0",
                      "model.parameters.kappa",
                      "model.parameters.rho",
                      "simulation.paths",
                      "simulation.seed",
                      "simulation.scheme",
                      "simulation.shard-size",
                      "simulation.steps",
                      "trades[c100].expiry");
              assertThat(error.problems()).allMatch(line -> line.contains("expected"));
              assertThat(error.problems()).allMatch(line -> line.contains("(job.conf:"));
            });
  }

  @Test
  void aThousandProblemsAreCutShort() {
    StringBuilder rows = new StringBuilder("id,type,strike,expiry\n");
    for (int i = 0; i < 1000; i++) {
      rows.append("t").append(i).append(",forward,-1,1\n");
    }
    jobs.with("trades.csv", rows.toString());
    List<String> problems = jobs.price("trades = { csv = \"trades.csv\" }");
    assertThat(problems).hasSize(Problems.MOST_LISTED + 1);
    assertThat(problems).last().isEqualTo("and 800 more problems");
  }

  @Test
  void aFileThatIsNotThereOrAFolderIsOneProblem() throws Exception {
    Path none = folder.resolve("none.conf");
    assertThatThrownBy(() -> JobFile.load(none, Map.of()))
        .isInstanceOf(BadJobException.class)
        .hasMessage(none + ": no such file, expected a job file");
    Path inside = Files.createDirectory(folder.resolve("inside"));
    assertThatThrownBy(() -> JobFile.load(inside, Map.of()))
        .hasMessage(inside + ": not a file, expected a job file");
  }

  @Test
  void aSyntaxErrorOfTheFileNamesItsLine() {
    assertThat(jobs.problems("job = price\nmodel { type = [1, 2\n}\n"))
        .singleElement()
        .asString()
        .startsWith("job.conf:3: ");
  }

  @Test
  void aSubstitutionOfNothingNamesItsLine() {
    assertThat(jobs.problems("job = price\nname = ${nothing}\n"))
        .singleElement()
        .asString()
        .startsWith("job.conf:2: ")
        .contains("${nothing}");
  }

  @Test
  void deepNestingIsRefusedAndDoesNotOverflowTheStack() {
    assertThat(jobs.problems("a = " + "[".repeat(100_000) + "]".repeat(100_000)))
        .singleElement()
        .asString()
        .endsWith("braces nested deeper than 100");
  }

  @Test
  void bracesInQuotesAndCommentsDoNotCount() {
    String braces = "{".repeat(200);
    assertThat(JobText.depth("a = \"" + braces + "\\\"" + braces + "\" # " + braces)).isZero();
    assertThat(JobText.depth("a = \"\"\"" + braces + "\"\"\"\n// " + braces + "\n{[{}]}"))
        .isEqualTo(3);
    assertThat(JobText.depth("\"\"\"open")).isZero();
  }
}
