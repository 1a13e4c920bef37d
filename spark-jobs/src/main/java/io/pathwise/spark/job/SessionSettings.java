package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.List;
import java.util.Map;

/**
 * What a Spark session needs to reach the result tables.
 *
 * @param warehouse where the tables are: any Hadoop path; a relative one starts at the working
 *     directory
 * @param spark Spark's own settings by full name
 */
public record SessionSettings(String warehouse, Map<String, String> spark) {

  /** The key of the warehouse. */
  static final String WAREHOUSE = "pathwise.warehouse";

  private static final String FILES = "files";
  private static final String BESIDE_JOB = "beside-job";
  private static final List<String> FILE_POLICIES = List.of("any", BESIDE_JOB);

  /** Whether a job may only refer to files in its own folder and below. */
  static boolean besideJob(Section job) {
    return job.value("pathwise")
        .filter(ConfigObject.class::isInstance)
        .map(section -> ((ConfigObject) section).get(FILES))
        .filter(policy -> policy.unwrapped().equals(BESIDE_JOB))
        .isPresent();
  }

  /** Copies the settings. */
  public SessionSettings {
    spark = Ordered.copy(spark);
  }

  /**
   * The settings without a job: reference.conf and the command line.
   *
   * @param overrides settings of the command line by key path
   * @throws BadJobException if any is wrong
   */
  public static SessionSettings load(Map<String, String> overrides) {
    Problems problems = new Problems();
    Config commandLine = Layers.commandLine(overrides, problems);
    Config resolved =
        Layers.merge(commandLine, ConfigFactory.empty(), Layers.reference(), problems);
    Section job = Section.of("", resolved.root(), problems);
    SessionSettings settings = read(job, resolved);
    job.know(JobFile.KEYS.toArray(String[]::new));
    job.know(resolved.root().keySet().stream().filter(SparkKeys::isSpark).toArray(String[]::new));
    job.finish("key");
    problems.throwIfAny();
    return settings;
  }

  static SessionSettings read(Section job, Config resolved) {
    String warehouse =
        job.section("pathwise", "{ warehouse = ... }")
            .map(
                section -> {
                  if (!section.has("warehouse")) {
                    section.missing("warehouse", "where the result tables are");
                  }
                  String path = section.text("warehouse").orElse("");
                  section.choice(FILES, FILE_POLICIES);
                  section.finish("key");
                  return path;
                })
            .orElse("");
    return new SessionSettings(warehouse, SparkKeys.of(resolved, job.problems()));
  }
}
