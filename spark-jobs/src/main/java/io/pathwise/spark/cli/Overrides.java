package io.pathwise.spark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that reads a configuration. */
final class Overrides {
  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the job file by its path; spark.* keys go to Spark. Repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark.master, else local[*]).")
  private String master;

  /** The settings by key, in the order given. */
  Map<String, String> settings() {
    return settings;
  }

  /** The master, where one is given. */
  Optional<String> master() {
    return Optional.ofNullable(master);
  }
}
