package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sound job files, and what becomes of them with some lines more. */
final class JobFixture {
  static final String PRICE =
      """
      job = price
      name = test
      model {
        type = heston
        parameters {
          spot = 100, v0 = 0.04, r = 0.03, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7
        }
      }
      simulation { paths = 1000, seed = 42, scheme = euler }
      trades = [
        { id = c100, type = european, option = call, strike = 100, expiry = 1.0 } ]
      sensitivities = [delta, parameters]
      """;

  static final String SIMULATE =
      """
      job = simulate
      model {
        type = formula
        calculus = ito
        noise = diagonal
        parameters { a = 0.6, b = 0.03, c = 0.03, d = 0.8, s = 0.1 }
        states { hare = 30, lynx = 4 }
        drift { hare = "hare*(a - b*lynx)", lynx = "lynx*(c*hare - d)" }
        diffusion { hare = "s*hare", lynx = "s*lynx" }
      }
      simulation { paths = 1000, horizon = 20, scheme = milstein, times = [1, 2, 20] }
      # The next line is number 13.
      """;

  private final Path folder;

  JobFixture(Path folder) {
    this.folder = folder;
  }

  /** Writes a file beside the job file. */
  JobFixture with(String name, String content) {
    write(name, content);
    return this;
  }

  private Path write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The job in a text. */
  JobSpec load(String text) {
    return load(text, Map.of());
  }

  JobSpec load(String text, Map<String, String> overrides) {
    return JobFile.load(write("job.conf", text), overrides);
  }

  /** The problems of a sound price job with more lines. */
  List<String> price(String... lines) {
    return problems(PRICE + String.join("\n", lines));
  }

  /** The problems of a sound simulation with more lines. */
  List<String> simulate(String... lines) {
    return problems(SIMULATE + String.join("\n", lines));
  }

  List<String> problems(String text) {
    return problems(text, Map.of());
  }

  List<String> problems(String text, Map<String, String> overrides) {
    BadJobException error =
        catchThrowableOfType(BadJobException.class, () -> load(text, overrides));
    return error == null ? List.of() : error.problems();
  }
}
