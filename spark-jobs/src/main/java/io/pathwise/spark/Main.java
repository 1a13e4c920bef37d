package io.pathwise.spark;

import io.pathwise.spark.cli.Accelerators;
import io.pathwise.spark.cli.Cli;
import io.pathwise.spark.cli.Explainer;
import io.pathwise.spark.cli.Publisher;
import io.pathwise.spark.cli.Queries;
import io.pathwise.spark.cli.Services;
import io.pathwise.spark.cli.Slices;
import io.pathwise.spark.job.JobRunner;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Where Pathwise starts, from {@code bin/pathwise} and from {@code spark-submit}. */
public final class Main {
  /** A system property that the launcher sets: whether standard error is a terminal. */
  private static final String TERMINAL = "pathwise.terminal";

  private Main() {}

  /**
   * Runs one command and exits with its code, if that is not 0.
   *
   * @param arguments the command with its options
   */
  public static void main(String[] arguments) {
    int code = Cli.run(services(), arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Services services() {
    return new Services(
        installed(JobRunner.class),
        installed(Queries.class),
        installed(Explainer.class),
        installed(Slices.class),
        installed(Publisher.class),
        Accelerators::installed,
        () -> LocalDate.now(ZoneOffset.UTC),
        writer(System.out),
        writer(System.err),
        Boolean.getBoolean(TERMINAL));
  }

  private static <T> Supplier<T> installed(Class<T> type) {
    return () ->
        ServiceLoader.load(type)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no " + type.getName() + " on the class path"));
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
