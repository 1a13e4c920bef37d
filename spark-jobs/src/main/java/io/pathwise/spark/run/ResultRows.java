package io.pathwise.spark.run;

/** The rows of result tables, a record a table; components are columns. */
final class ResultRows {
  private ResultRows() {}

  /** A row of {@code npv}. */
  record Npv(
      String tradeId,
      double pv,
      double stdErr,
      long paths,
      String scheme,
      int steps,
      Double impliedVol,
      Double marketImpliedVol) {}

  /** A row of {@code sensitivity}. */
  record Sensitivity(
      String tradeId,
      String measure,
      String factor,
      String tenor,
      double value,
      double stdErr,
      String unit,
      String method) {}

  /** A row of {@code convergence}. */
  record Convergence(String estimator, long paths, double dt, double value, Double stdErr) {}

  /** A row of {@code path_summary}. */
  record PathSummary(
      String state,
      double t,
      double mean,
      double std,
      double q01,
      double q05,
      double q25,
      double q50,
      double q75,
      double q95,
      double q99) {}

  /** A row of {@code shard_lineage}. */
  record Lineage(
      long shardFirst,
      long shardLast,
      int stepFirst,
      int stepLast,
      int attempt,
      String executor,
      String device,
      String checksum,
      long wallMs) {
    private static final String TAB = "\t";

    /** The row of a simulation whose shards are counted on behind those of others. */
    Lineage behind(long shards) {
      return new Lineage(
          shardFirst + shards,
          shardLast + shards,
          stepFirst,
          stepLast,
          attempt,
          executor,
          device,
          checksum,
          wallMs);
    }

    /** The row as text, to be stored. */
    String text() {
      return String.join(
          TAB,
          Long.toString(shardFirst),
          Long.toString(shardLast),
          Integer.toString(stepFirst),
          Integer.toString(stepLast),
          Integer.toString(attempt),
          executor.replace(TAB, " "),
          device.replace(TAB, " "),
          checksum,
          Long.toString(wallMs));
    }

    /** The row of such a text. */
    static Lineage of(String text) {
      String[] cells = text.split(TAB, -1);
      return new Lineage(
          Long.parseLong(cells[0]),
          Long.parseLong(cells[1]),
          Integer.parseInt(cells[2]),
          Integer.parseInt(cells[3]),
          Integer.parseInt(cells[4]),
          cells[5],
          cells[6],
          cells[7],
          Long.parseLong(cells[8]));
    }
  }
}
