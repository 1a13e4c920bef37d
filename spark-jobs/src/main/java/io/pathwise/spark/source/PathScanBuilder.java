package io.pathwise.spark.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Takes what Spark says a query does not need: columns, paths and times. */
final class PathScanBuilder
    implements ScanBuilder, SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {
  private final PathTable table;
  private StructType columns;
  private PathRange paths;
  private List<Double> times;
  private final List<Predicate> pushed = new ArrayList<>();

  PathScanBuilder(PathTable table) {
    this.table = table;
    this.columns = table.structure();
    this.paths = new PathRange(0, table.job().simulation().paths() - 1);
    this.times = table.times();
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    return Arrays.stream(predicates).filter(p -> !push(p)).toArray(Predicate[]::new);
  }

  /** Whether nothing of the predicate is left to Spark. */
  private boolean push(Predicate predicate) {
    boolean whole =
        Comparison.of(predicate)
            .map(
                comparison -> {
                  pushed.add(predicate);
                  if (comparison.column().equals(PathTable.PATH)) {
                    paths = comparison.narrow(paths);
                    return comparison.isRange();
                  }
                  times = times.stream().filter(comparison::admits).toList();
                  return true;
                })
            .orElse(false);
    return whole;
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.toArray(Predicate[]::new);
  }

  @Override
  public Scan build() {
    return new PathScan(table, columns, paths, times, pushed);
  }
}
