package io.pathwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A side that cannot be measured is left out; one that fails is not. */
class LimitTest {
  @TempDir private Path folder;

  @Test
  void whereThereIsNoCompilerNothingIsMeasured() throws IOException, InterruptedException {
    assertThat(Limit.compile(folder.toString(), Path.of("limit.c"))).isEmpty();
  }

  @Test
  void aCompilerThatRefusesTheSourceFailsTheRun() throws IOException {
    Path gcc = folder.resolve("gcc");
    Files.writeString(gcc, "#!/bin/sh\necho 'limit.c: no such file'\nexit 4\n");
    Files.setPosixFilePermissions(gcc, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> Limit.compile(folder.toString(), Path.of("limit.c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended with status 4, expected 0: limit.c: no such file");
  }
}
