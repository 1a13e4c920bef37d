package io.pathwise.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compiles and runs the hand-written C of the same algorithm, where gcc is installed. */
final class Limit {
  private static final Path SOURCE = Path.of("benchmarks", "src", "main", "c", "limit.c");

  private final Path program;

  private Limit(Path program) {
    this.program = program;
  }

  /** The compiled program; empty where there is no gcc. */
  static Optional<Limit> compile() throws IOException, InterruptedException {
    Path program = Files.createTempDirectory("pathwise-limit").resolve("limit");
    try {
      run(
          "gcc",
          "-O3",
          "-march=native",
          "-ffp-contract=off",
          "-fno-math-errno",
          "-fno-trapping-math",
          SOURCE.toString(),
          "-o",
          program.toString(),
          "-lm");
      return Optional.of(new Limit(program));
    } catch (IOException missing) {
      System.err.println("limit: " + missing.getMessage());
      return Optional.empty();
    }
  }

  /** Nanoseconds a path-step by model. */
  Map<String, Double> measure() throws IOException, InterruptedException {
    Map<String, Double> times = new TreeMap<>();
    for (String line : run(program.toString()).lines().toList()) {
      String[] words = line.split(" ");
      times.put(words[0], Double.valueOf(words[1]));
    }
    return times;
  }

  /** What a command prints; a command that cannot be started is an IOException. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command[0] + " failed: " + printed);
    }
    return printed;
  }
}
