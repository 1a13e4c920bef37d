package io.pathwise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pathwise as its users start it: a JVM of its own, with the heap that they give it. */
class MainProcessTest {
  private static final String JOB =
      """
      job = price
      model {
        type = heston
        parameters {
          spot = 100, v0 = 0.04, r = 0.03, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7
        }
      }
      simulation { paths = 100000, seed = 42, steps-per-year = 24, times = [1.0] }
      trades = [
        { id = c90, type = european, option = call, strike = 90, expiry = 1.0 }
        { id = a100, type = asian, option = put, strike = 100, expiry = 0.5, fixings = 6,
          averaging = arithmetic } ]
      sensitivities = [delta, parameters]
      """;

  @TempDir private Path folder;

  private record Finished(int code, String out, String err) {}

  private Finished pathwise(String heap, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("..", "conf", "jvm-options").toAbsolutePath().normalize());
    command.add(heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.pathwise.spark.Main");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended").isTrue();
    return new Finished(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private Finished run(String master, String... more) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("job.conf"), JOB);
    List<String> arguments =
        new ArrayList<>(List.of("run", "job.conf", "--format", "csv", "--master", master));
    arguments.addAll(List.of(more));
    return pathwise("-Xmx1g", arguments.toArray(String[]::new));
  }

  @Test
  void oneCoreTwoCoresAndSixtyFourPartitionsPrintTheSameDigits()
      throws IOException, InterruptedException {
    Finished one = run("local[1]");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out().lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "trade_id,pv,std_err,implied_vol,delta,d_spot,d_v0,d_r,d_q,d_kappa,d_theta,d_xi,d_rho");
    assertThat(one.err()).doesNotContain("\tat ").contains("tables: runs, npv, sensitivity");
    Finished two = run("local[2]", "-D", "spark.default.parallelism=64");
    assertThat(two.code()).as(two.err()).isZero();
    assertThat(two.out()).isEqualTo(one.out());
  }

  @Test
  void aRunThatFailsExitsWithOneAndAnOrdinaryMessage() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("nan.conf"),
        """
        job = simulate
        model {
          type = formula, calculus = ito, noise = diagonal, parameters { limit = 1.5 }
          states { w = 0, x = 0 }, drift { w = "0", x = "sqrt(limit - w)" }
          diffusion { w = "1", x = "0" }
        }
        simulation { paths = 2000, seed = 42, horizon = 2, steps = 8 }
        """);
    Finished failed = pathwise("-Xmx1g", "run", "nan.conf", "--master", "local[2]");
    assertThat(failed.code()).as(failed.out() + failed.err()).isEqualTo(1);
    assertThat(failed.err())
        .containsPattern("pathwise: run failed: path \\d+: state x is NaN at t = ")
        .contains("parameters {limit=1.5}")
        .doesNotContain("\tat ");
    Finished runs = pathwise("-Xmx1g", "query", "select status, error from runs");
    assertThat(runs.out()).contains("FAILED").contains("state x is NaN");
  }

  @Test
  void badInputExitsWithTwoBeforeSparkStartsAndLeavesNothing()
      throws IOException, InterruptedException {
    Finished bad = run("local[2]", "-D", "simulation.paths=-1", "-D", "simulation.scheme=heun");
    assertThat(bad.code()).isEqualTo(2);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err()).contains("simulation.paths").contains("simulation.scheme");
    assertThat(folder.resolve("warehouse")).doesNotExist();
  }

  @Test
  void aQueryWithoutAWarehouseSaysSo() throws IOException, InterruptedException {
    Finished query = pathwise("-Xmx1g", "query", "select 1");
    assertThat(query.code()).isEqualTo(2);
    assertThat(query.err()).contains("pathwise.warehouse").contains("pathwise run");
  }
}
