package io.pathwise.spark.run;

import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.table.QueryRunner;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Runs jobs on the shared session and reads their rows back. */
final class RunFixture {
  static final LocalDate AS_OF = LocalDate.of(2026, 1, 2);

  static final String BLACK_SCHOLES =
      """
      job = price
      name = desk
      model {
        type = black-scholes
        parameters { spot = 100, r = 0.03, q = 0.01, sigma = 0.2 }
      }
      simulation { paths = 40000, seed = 42, steps = 8 }
      trades = [
        { id = call, type = european, option = call, strike = 105, expiry = 1.0,
          market-implied-vol = 0.25 }
        { id = short, type = european, option = put, strike = 95, expiry = 0.5, quantity = -3 }
        { id = asian, type = asian, option = call, averaging = geometric, strike = 100,
          expiry = 1, fixings = 4 }
        { id = forward, type = forward, strike = 90, expiry = 1 }
      ]
      sensitivities = [delta, sigma]
      """;

  static final String PREDATOR_PREY =
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
      simulation {
        paths = 20000, seed = 7, horizon = 3, steps = 60, scheme = milstein, times = [1, 3]
      }
      """;

  private final Path folder;
  private final SparkSession spark;
  private final WarehouseLocation warehouse;

  RunFixture(Path folder, SparkSession spark, WarehouseLocation warehouse) {
    this.folder = folder;
    this.spark = spark;
    this.warehouse = warehouse;
  }

  JobSpec load(String text, Map<String, String> overrides) {
    try {
      return load(Files.writeString(folder.resolve("job.conf"), text), overrides);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JobSpec load(Path file, Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.putIfAbsent("pathwise.warehouse", warehouse.value());
    return JobFile.load(file, all);
  }

  RunOutcome run(String id, String text) {
    return run(id, load(text, Map.of()), Progress.none());
  }

  RunOutcome run(String id, JobSpec job, Progress progress) {
    return new SparkJobRunner()
        .run(job, new RunOptions(id, AS_OF, Optional.empty(), progress, Resume.UNFINISHED));
  }

  /** The rows of a query, cells as they are. */
  List<List<Object>> rows(String sql) {
    return query(sql).rows();
  }

  ResultTable query(String sql) {
    return new QueryRunner(spark).run(sql);
  }

  /** The single number of a query. */
  double number(String sql) {
    return ((Number) rows(sql).get(0).get(0)).doubleValue();
  }
}
