package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Job files that are too much, and files that a job should not read. */
class HostileJobTest {
  private static final String ROWS = "id,type,strike,expiry\na,forward,100,1\n";

  private Path outside;
  private Path folder;

  @BeforeEach
  void prepare(@TempDir Path temporary) throws IOException {
    outside = Files.writeString(temporary.resolve("outside.csv"), ROWS);
    folder = Files.createDirectory(temporary.resolve("jobs"));
    Files.writeString(folder.resolve("inside.csv"), ROWS);
  }

  private JobSpec load(String text, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("job.conf"), text);
    Map<String, String> overrides =
        settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
    return JobFile.load(file, overrides);
  }

  private static String trades(String csv) {
    return JobFixture.PRICE + "trades = { csv = \"" + csv + "\" }\n";
  }

  @Test
  void aJobFileOfAHundredMegabytesIsNotRead() throws IOException {
    Path file = folder.resolve("large.conf");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(100L << 20);
    }
    assertThatThrownBy(() -> JobFile.load(file, Map.of()))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("large.conf: 104857600 bytes, expected at most 16777216");
  }

  @Test
  void deepNestingIsRefusedBeforeItIsParsed() {
    assertThatThrownBy(() -> load("a = " + "{ b = ".repeat(100_000)))
        .hasMessageContaining("braces nested deeper than 100");
    assertThatThrownBy(() -> load("a = " + "[".repeat(100_000)))
        .hasMessageContaining("braces nested deeper than 100");
    assertThatThrownBy(() -> load("a.".repeat(20_000) + "b = 1"))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("a key of more than 100 parts");
  }

  @Test
  void hugeFormulasAreRefusedInTheJobFile() {
    String model =
        "job = simulate, simulation.horizon = 1, model { type = formula, calculus = ito,"
            + " noise = diagonal, states { x = 1 }, drift { x = \"%s\" }, diffusion { x = \"1\" } }";
    assertThatThrownBy(() -> load(model.formatted("x+".repeat(500_000) + "x")))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("model.drift.x")
        .hasMessageContaining("at most 100000 characters");
    assertThatThrownBy(() -> load(model.formatted("(".repeat(10_000) + "x" + ")".repeat(10_000))))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("more than 200 parentheses");
    assertThatThrownBy(() -> load(model.formatted("Runtime.getRuntime().exec(x) + System.exit(1)")))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("model.drift.x");
  }

  @Test
  void includesComeFromTheFolderOfTheJobAlone() throws IOException {
    Files.writeString(folder.resolve("base.conf"), JobFixture.PRICE);
    assertThat(load("include \"base.conf\"\nname = derived").name()).isEqualTo("derived");
    for (String include :
        new String[] {
          "url(\"http://127.0.0.1:1/x.conf\")",
          "url(\"file:///etc/hostname\")",
          "classpath(\"reference.conf\")",
          "\"../outside.csv\"",
          "file(\"/etc/hostname\")"
        }) {
      assertThatThrownBy(() -> load("include " + include + "\n" + JobFixture.PRICE))
          .as(include)
          .isInstanceOf(BadJobException.class)
          .hasMessageContaining("expected a file in the folder of the job file");
    }
    Files.createSymbolicLink(folder.resolve("link.conf"), outside);
    assertThatThrownBy(() -> load("include \"link.conf\"\n" + JobFixture.PRICE))
        .hasMessageContaining("outside.csv, expected a file in the folder of the job file");
    Files.writeString(folder.resolve("loop.conf"), "include \"loop.conf\"");
    assertThatThrownBy(() -> load("include \"loop.conf\"\n" + JobFixture.PRICE))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("include");
    assertThatThrownBy(() -> load("include \"none.conf\"\n" + JobFixture.PRICE))
        .hasMessageContaining("include \"none.conf\": cannot be read");
  }

  @Test
  void aServiceMayKeepJobsToTheirFolder() throws IOException {
    assertThat(load(trades("../outside.csv")).trades()).hasSize(1);
    assertThat(load(trades("inside.csv"), "pathwise.files", "beside-job").trades()).hasSize(1);
    Files.createSymbolicLink(folder.resolve("link.csv"), outside);
    for (String name : new String[] {"../outside.csv", outside.toString(), "link.csv"}) {
      assertThatThrownBy(() -> load(trades(name), "pathwise.files", "beside-job"))
          .as(name)
          .isInstanceOf(BadJobException.class)
          .hasMessageContaining("trades.csv")
          .hasMessageContaining("outside.csv, expected a file in the folder of the job file");
    }
    assertThatThrownBy(() -> load(trades("inside.csv"), "pathwise.files", "all"))
        .hasMessageContaining("pathwise.files = \"all\"")
        .hasMessageContaining("expected one of any, beside-job");
  }

  @Test
  void whatIsNoPlainFileIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("self.csv"), folder.resolve("self.csv"));
    for (String name : new String[] {"/dev/zero", ".", "self.csv"}) {
      assertThatThrownBy(() -> load(trades(name)))
          .as(name)
          .isInstanceOf(BadJobException.class)
          .hasMessageContaining("trades.csv")
          .hasMessageContaining("expected a CSV file");
    }
  }

  @Test
  void runIdsDoNotLeaveTheWarehouse() {
    for (String id : new String[] {"../x", "a/b", ".", "..", "a\\b", "", "a".repeat(65)}) {
      assertThat(RunOptions.isRunId(id)).as(id).isFalse();
    }
  }

  @Test
  void secretsInListsAreHidden() throws IOException {
    String text =
        load(JobFixture.PRICE, "spark.x", "1").configText()
            + Identity.text(
                com.typesafe.config.ConfigFactory.parseString(
                    "a = [ { password = hush }, [ { token = hush } ], 1 ]"));
    assertThat(text).doesNotContain("hush").contains("(hidden)");
  }
}
