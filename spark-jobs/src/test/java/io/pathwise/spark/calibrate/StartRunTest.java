package io.pathwise.spark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.calibrate.optimise.Evaluation;
import io.pathwise.calibrate.optimise.Objective;
import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.calibrate.optimise.StateCodec;
import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.Optimisers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartRunTest {
  private static final double[] START = {-1.2, 1};

  @TempDir private Path folder;

  /** The valley of Rosenbrock (1960) as a sum of squares; the driver dies at an evaluation. */
  private record Valley(int[] left) implements Objective {
    static Valley endless() {
      return new Valley(new int[] {Integer.MAX_VALUE});
    }

    static Valley dyingAfter(int evaluations) {
      return new Valley(new int[] {evaluations});
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public Evaluation evaluate(double[] x, boolean derivatives) {
      if (left[0]-- == 0) {
        throw new IllegalStateException("killed");
      }
      double[] residuals = {10 * (x[1] - x[0] * x[0]), 1 - x[0]};
      double[][] jacobian = {{-20 * x[0], 10}, {-1, 0}};
      return derivatives
          ? Evaluation.ofResiduals(residuals, jacobian)
          : Evaluation.ofResiduals(residuals);
    }
  }

  private static CalibrationSpec.Search search(String optimiser, int generations) {
    return new CalibrationSpec.Search(
        Optimisers.named(optimiser, 7, 1e-12), 1e-12, 60, 1, 7, generations, false);
  }

  private StateFiles files(String digest) {
    return StateFiles.of(folder.toString(), "run", digest, new Configuration());
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".state")).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"levenberg-marquardt", "l-bfgs-b", "adam", "cma-es"})
  void aKilledStartGoesOnAtItsIterationAndEndsWithTheBitsOfAWholeOne(String optimiser) {
    CalibrationSpec.Search search = search(optimiser, 0);
    OptimiserState whole = new StartRun(Valley.endless(), search, Optional.empty()).run(0, START);
    StartRun killed = new StartRun(Valley.dyingAfter(20), search, Optional.of(files("a")));
    assertThatThrownBy(() -> killed.run(0, START)).hasMessage("killed");
    OptimiserState stored = files("a").newest(0).orElseThrow().state();
    assertThat(stored.iteration()).isPositive();
    OptimiserState resumed =
        new StartRun(Valley.endless(), search, Optional.of(files("a"))).run(0, START);
    assertThat(StateCodec.write(resumed)).isEqualTo(StateCodec.write(whole));
  }

  @Test
  void aStartKilledInItsGlobalStageGoesOnThere() {
    CalibrationSpec.Search search = search("levenberg-marquardt", 12);
    OptimiserState whole = new StartRun(Valley.endless(), search, Optional.empty()).run(3, START);
    StartRun killed = new StartRun(Valley.dyingAfter(40), search, Optional.of(files("a")));
    assertThatThrownBy(() -> killed.run(3, START)).hasMessage("killed");
    assertThat(files("a").newest(3).orElseThrow().state().method()).isEqualTo("cma-es");
    OptimiserState resumed =
        new StartRun(Valley.endless(), search, Optional.of(files("a"))).run(3, START);
    assertThat(StateCodec.write(resumed)).isEqualTo(StateCodec.write(whole));
  }

  @Test
  void theStateBeforeADamagedOneIsTaken() throws IOException {
    CalibrationSpec.Search search = search("levenberg-marquardt", 0);
    new StartRun(Valley.endless(), search, Optional.of(files("a"))).run(0, START);
    assertThat(stored()).hasSize(2);
    int last = files("a").newest(0).orElseThrow().state().iteration();
    Path newest = stored().get(1);
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(newest.resolveSibling("." + newest.getFileName() + ".crc"));
    Files.write(newest, bytes);
    assertThat(files("a").newest(0).orElseThrow().state().iteration()).isEqualTo(last - 1);
  }

  @Test
  void aFitOfOtherQuotesDoesNotTakeTheStatesOfTheFirst() {
    CalibrationSpec.Search search = search("levenberg-marquardt", 0);
    new StartRun(Valley.endless(), search, Optional.of(files("a"))).run(0, START);
    assertThat(files("b").newest(0)).isEmpty();
    assertThat(files("a").newest(1)).isEmpty();
    files("a").clear();
    assertThat(files("a").newest(0)).isEmpty();
  }
}
