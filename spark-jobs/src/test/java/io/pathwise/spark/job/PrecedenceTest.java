package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line comes before the job file, and the job file before reference.conf. */
class PrecedenceTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  @Test
  void referenceConfGivesWhatTheJobFileLacks() {
    String text = JobFixture.PRICE.replace("paths = 1000, seed = 42,", "");
    assertThat(jobs.load(text).simulation().paths()).isEqualTo(100_000);
    assertThat(jobs.load(text).simulation().seed()).isEqualTo(1);
  }

  @Test
  void theJobFileWinsOverReferenceConf() {
    assertThat(jobs.load(JobFixture.PRICE).simulation().paths()).isEqualTo(1000);
  }

  @Test
  void theCommandLineWinsOverTheJobFile() {
    Map<String, String> overrides =
        Map.of("simulation.paths", "7", "model.parameters.rho", "-0.5", "name", "a: b # c");
    JobSpec job = jobs.load(JobFixture.PRICE, overrides);
    assertThat(job.simulation().paths()).isEqualTo(7);
    assertThat(job.model().parameters()).containsEntry("rho", -0.5);
    assertThat(job.name()).isEqualTo("a: b # c");
  }

  @Test
  void theCommandLineTakesListsAndObjects() {
    Map<String, String> overrides =
        Map.of(
            "sensitivities", "[delta]",
            "model.parameters.r", "{ zero-curve = [ {t = 1, rate = 0.05} ] }");
    JobSpec job = jobs.load(JobFixture.PRICE, overrides);
    assertThat(job.sensitivities()).containsExactly("delta");
    assertThat(job.model().curves()).containsOnlyKeys("r");
  }

  @Test
  void stepsHideTheStepsPerYearOfLowerLayers() {
    JobSpec inFile = jobs.load(JobFixture.PRICE + "simulation.steps = 10");
    assertThat(inFile.simulation().stepping()).isEqualTo(new Stepping.Total(10));
    JobSpec onCommandLine =
        jobs.load(
            JobFixture.PRICE + "simulation.steps-per-year = 12", Map.of("simulation.steps", "9"));
    assertThat(onCommandLine.simulation().stepping()).isEqualTo(new Stepping.Total(9));
    JobSpec other =
        jobs.load(
            JobFixture.PRICE + "simulation.steps = 12", Map.of("simulation.steps-per-year", "9"));
    assertThat(other.simulation().stepping()).isEqualTo(new Stepping.PerYear(9));
  }

  @Test
  void aJobFileMayUseSubstitutionsOfEveryLayer() {
    JobSpec job =
        jobs.load(
            JobFixture.PRICE
                + "size = 4\nname = \"of \"${size}\nsimulation.steps = ${size}"
                    .replace("size = 4\n", "")
                    .replace("${size}", "${simulation.paths}"),
            Map.of("simulation.paths", "20"));
    assertThat(job.name()).isEqualTo("of 20");
    assertThat(job.simulation().stepping()).isEqualTo(new Stepping.Total(20));
  }

  @Test
  void problemsOfTheCommandLineSayWhereTheyAre() {
    assertThat(jobs.problems(JobFixture.PRICE, Map.of("simulation.paths", "-1")))
        .singleElement()
        .asString()
        .startsWith("simulation.paths = -1 (-D): expected");
    assertThat(jobs.problems(JobFixture.PRICE, Map.of("simulation.pths", "1")))
        .singleElement()
        .asString()
        .startsWith("simulation.pths = 1 (-D): unknown key");
  }

  @Test
  void anOverrideThatIsNoKeyIsRefused() {
    assertThat(jobs.problems(JobFixture.PRICE, Map.of("simulation..paths", "1")))
        .singleElement()
        .asString()
        .startsWith("-D simulation..paths=1: ")
        .endsWith("expected key=value");
    assertThat(jobs.problems(JobFixture.PRICE, Map.of("trades", "[{")))
        .singleElement()
        .asString()
        .startsWith("-D trades=[{: ");
  }

  @Test
  void sparkSettingsGoToSparkByFullName() {
    String text =
        JobFixture.PRICE
            + """
            spark.executor.memory = 4g
            spark { sql.shuffle.partitions = 8, ui.enabled = false }
            "spark.sql.catalog.x" = a.B
            "spark.sql.catalog.x.type" = hadoop
            """;
    JobSpec job = jobs.load(text, Map.of("spark.executor.memory", "8g", "spark.x", "1:2"));
    assertThat(job.sparkConf())
        .isEqualTo(
            Map.of(
                "spark.executor.memory", "8g",
                "spark.sql.shuffle.partitions", "8",
                "spark.ui.enabled", "false",
                "spark.sql.catalog.x", "a.B",
                "spark.sql.catalog.x.type", "hadoop",
                "spark.x", "1:2"));
  }

  @Test
  void theWarehouseIsTakenAsItStands() {
    Map<String, String> overrides = Map.of("pathwise.warehouse", "hdfs://host:9000/w#1");
    assertThat(jobs.load(JobFixture.PRICE, overrides).warehouse())
        .isEqualTo("hdfs://host:9000/w#1");
  }

  @Test
  void sessionSettingsNeedNoJob() {
    Map<String, String> overrides = new LinkedHashMap<>();
    assertThat(SessionSettings.load(overrides).warehouse()).isEqualTo("./warehouse");
    overrides.put("pathwise.warehouse", "/data/w");
    overrides.put("spark.a.b", "c");
    SessionSettings settings = SessionSettings.load(overrides);
    assertThat(settings.warehouse()).isEqualTo("/data/w");
    assertThat(settings.spark()).containsExactly(Map.entry("spark.a.b", "c"));
  }

  @Test
  void sessionSettingsRefuseUnknownKeys() {
    assertThatThrownBy(() -> SessionSettings.load(Map.of("pathwise.warehose", "x", "zebra", "1")))
        .isInstanceOfSatisfying(
            BadJobException.class, error -> assertThat(error.problems()).hasSize(2));
  }

  @Test
  void referenceConfOnTheClassPathIsTheFileInConf() throws Exception {
    Path file = Path.of(System.getProperty("pathwise.root"), "conf", "reference.conf");
    Config inRepository = ConfigFactory.parseString(Files.readString(file));
    assertThat(Layers.reference()).isEqualTo(inRepository);
  }
}
