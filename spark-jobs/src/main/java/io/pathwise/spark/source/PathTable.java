package io.pathwise.spark.source;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.run.PathPlan;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The paths of one job as a table: {@code path}, {@code t} and a column an observable.
 *
 * @param job the job
 * @param plan its paths
 * @param times the times of the rows, increasing, in years
 */
record PathTable(JobSpec job, PathPlan plan, List<Double> times) implements SupportsRead {
  static final String PATH = "path";
  static final String TIME = "t";

  private static final String JOB = "job";
  private static final String TIMES = "times";
  private static final String ALL = "all";
  private static final String SET = "set.";

  /** Reads the options of a source. */
  static PathTable of(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    Map<String, String> settings = new LinkedHashMap<>();
    String file = null;
    String times = null;
    for (Map.Entry<String, String> option : options.entrySet()) {
      String key = option.getKey().toLowerCase(Locale.ROOT);
      switch (key) {
        case JOB, PATH -> file = option.getValue();
        case TIMES -> times = option.getValue().strip();
        default -> {
          if (key.startsWith(SET)) {
            settings.put(option.getKey().substring(SET.length()), option.getValue());
          } else {
            problems.add(
                "option %s = '%s': unknown, expected one of job, times, set.<key of the job>"
                    .formatted(option.getKey(), option.getValue()));
          }
        }
      }
    }
    if (file == null) {
      problems.add("option job: missing, expected the name of a job file");
    }
    if (!problems.isEmpty()) {
      throw new BadJobException(problems);
    }
    return of(load(file, settings), times);
  }

  private static JobSpec load(String file, Map<String, String> settings) {
    try {
      return JobFile.load(Path.of(file), settings);
    } catch (InvalidPathException e) {
      throw new BadJobException(
          List.of("option job = '%s': expected the name of a job file".formatted(file)), e);
    }
  }

  private static PathTable of(JobSpec job, String option) {
    for (String column : List.of(PATH, TIME)) {
      if (PathPlan.observables(job).contains(column)) {
        throw new BadJobException(
            List.of(
                "model: the name '%s' is a column of paths, expected another".formatted(column)));
      }
    }
    Set<Double> times = new TreeSet<>();
    if (option != null && !option.equals(ALL)) {
      times.addAll(times(option, PathPlan.horizon(job)));
    }
    PathPlan plan = PathPlan.of(job, times);
    if (ALL.equals(option)) {
      times.addAll(plan.grid());
    } else if (option == null) {
      times.addAll(job.simulation().times());
    }
    if (times.isEmpty()) {
      times.add(job.simulation().horizon());
    }
    return new PathTable(job, plan, List.copyOf(times));
  }

  private static List<Double> times(String option, double horizon) {
    List<String> problems = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (String text : option.split(",", -1)) {
      try {
        double time = Double.parseDouble(text.strip());
        if (time > 0 && time <= horizon) {
          times.add(time);
          continue;
        }
      } catch (NumberFormatException notANumber) {
        times.clear();
      }
      problems.add(
          "option times: '%s', expected years above 0 and at most the horizon %s, or all"
              .formatted(text, horizon));
    }
    if (!problems.isEmpty()) {
      throw new BadJobException(problems);
    }
    return times;
  }

  StructType structure() {
    StructType type =
        new StructType()
            .add(PATH, DataTypes.LongType, false)
            .add(TIME, DataTypes.DoubleType, false);
    for (String observable : PathPlan.observables(job)) {
      type = type.add(observable, DataTypes.DoubleType, false);
    }
    return type;
  }

  @Override
  public String name() {
    return "paths of " + job.name();
  }

  @Override
  public Column[] columns() {
    return Arrays.stream(structure().fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new PathScanBuilder(this);
  }
}
