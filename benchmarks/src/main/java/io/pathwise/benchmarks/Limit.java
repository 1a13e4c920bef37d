package io.pathwise.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /**
   * The compiled program; empty where there is no gcc.
   *
   * @throws IllegalStateException if there is one and it does not compile the source
   */
  static Optional<Limit> compile() throws IOException, InterruptedException {
    return compile(System.getenv().getOrDefault("PATH", ""), SOURCE);
  }

  /**
   * The same for another source and search path.
   *
   * @param path folders, separated as in the variable PATH
   */
  static Optional<Limit> compile(String path, Path source)
      throws IOException, InterruptedException {
    Optional<Path> gcc =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, "gcc"))
            .filter(Files::isExecutable)
            .findFirst();
    if (gcc.isEmpty()) {
      System.err.println("no gcc on the PATH: C is not measured");
      return Optional.empty();
    }
    Path program = Files.createTempDirectory("pathwise-limit").resolve("limit");
    run(
        gcc.get().toString(),
        "-O3",
        "-march=native",
        "-ffp-contract=off",
        "-fno-math-errno",
        "-fno-trapping-math",
        source.toString(),
        "-o",
        program.toString(),
        "-lm");
    return Optional.of(new Limit(program));
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

  /**
   * What a command prints.
   *
   * @throws IllegalStateException if it fails
   */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          command[0] + " ended with status " + status + ", expected 0: " + printed);
    }
    return printed;
  }
}
