package io.pathwise.spark.table;

import java.util.Map;

/** The Iceberg properties of a result table. */
final class TableProperties {

  private TableProperties() {}

  static Map<String, String> of(TableSchema table) {
    return Map.of(
        "comment",
        table.comment(),
        "format-version",
        "2",
        // Full bounds of run_id: then metadata alone tells which files are a run's.
        "write.metadata.metrics.column." + TableSchema.RUN,
        "full",
        // Many small commits: keep the metadata folder short, and be patient with other writers.
        "write.metadata.delete-after-commit.enabled",
        "true",
        "write.metadata.previous-versions-max",
        "100",
        "commit.retry.num-retries",
        "20",
        "commit.retry.min-wait-ms",
        "20",
        "commit.retry.max-wait-ms",
        "1000",
        // A writer that died leaves its branch; expire_snapshots drops it after a week.
        "history.expire.max-ref-age-ms",
        "604800000");
  }
}
