package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.noise.NoiseSource;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section simulation.sampling. */
class SamplingTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  private SimulationSpec simulation(String... lines) {
    return jobs.load(JobFixture.PRICE + String.join("\n", lines)).simulation();
  }

  @Test
  void withoutTheSectionNumbersArePseudoRandom() {
    assertThat(simulation().sampling()).isEqualTo(NoiseSource.PSEUDO);
    assertThat(simulation("simulation.sampling.method = pseudo").sampling())
        .isEqualTo(NoiseSource.PSEUDO);
  }

  @Test
  void sobolPointsHaveSixteenRandomisationsAndABridgeUnlessTold() {
    SimulationSpec plain =
        simulation("simulation.paths = 65536", "simulation.sampling.method = sobol");
    assertThat(plain.sampling()).isEqualTo(new NoiseSource.Sobol(16, true));
    assertThat(plain.shardSize()).isEqualTo(4096);
    SimulationSpec other =
        simulation(
            "simulation.paths = 16384",
            "simulation.sampling { method = sobol, randomisations = 8, bridge = false }");
    assertThat(other.sampling()).isEqualTo(new NoiseSource.Sobol(8, false));
    assertThat(other.shardSize()).as("a shard has one randomisation").isEqualTo(2048);
  }

  @Test
  void strataAreSixtyFourUnlessTold() {
    assertThat(
            simulation("simulation.paths = 65536", "simulation.sampling.method = stratified")
                .sampling())
        .isEqualTo(new NoiseSource.Stratified(64));
  }

  @Test
  void allThatDoesNotGoTogetherIsSaid() {
    assertThat(
            jobs.price(
                "simulation.sampling { method = stratified, strata = 12, randomisation = 3 }",
                "simulation.precision = single",
                "simulation.paths = 1000"))
        .hasSize(4)
        .anySatisfy(text -> assertThat(text).contains("strata").contains("power of two"))
        .anySatisfy(text -> assertThat(text).contains("did you mean 'randomisations'"))
        .anySatisfy(text -> assertThat(text).contains("expected double with sampling"))
        .anySatisfy(
            text -> assertThat(text).contains("64 groups of a power of two, such as 512 or 1024"));
    assertThat(jobs.price("simulation.sampling.method = halton"))
        .singleElement()
        .asString()
        .contains("expected one of pseudo, sobol, stratified");
  }

  @Test
  void settingsOfAnotherMethodAreRefused() {
    assertThat(
            jobs.price(
                "simulation { paths = 8192, sampling {",
                "method = stratified, randomisations = 8, bridge = true } }"))
        .hasSize(2)
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("given with method = stratified, expected only with sobol"));
    assertThat(jobs.price("simulation.sampling { method = pseudo, strata = 8 }"))
        .singleElement()
        .asString()
        .contains("given with method = pseudo, expected only with stratified");
  }

  @Test
  void fractionalNoiseTakesPseudoRandomNumbersInDoublePrecisionUnderEuler() {
    String job =
        """
        job = simulate
        model {
          type = fractional-ou
          parameters { x0 = 0, kappa = 1, theta = 0, sigma = 1, hurst = 0.3 }
        }
        checkpoint { dir = kept, every-steps = 2 }
        simulation { paths = 1024, horizon = 1, steps = 4 }
        """;
    assertThat(jobs.problems(job)).isEmpty();
    assertThat(
            jobs.problems(
                job
                    + "simulation { scheme = milstein, sampling.method = sobol }\n"
                    + "simulation.precision = single\n"
                    + "branch { run = 0f1e2d3c4b5a6978, at = 0.5 }\n"
                    + "simulation.boundary {"
                    + " state = x, level = -1, side = below, action = reflect }"))
        .anyMatch(line -> line.contains("fractional noise is pseudo-random"))
        .anyMatch(line -> line.contains("precision = \"single\""))
        .anyMatch(line -> line.contains("scheme = \"milstein\""))
        .anyMatch(line -> line.contains("fractional noise has no boundaries yet"))
        .anyMatch(line -> line.startsWith("branch.run") && line.contains("fractional noise"));
  }
}
