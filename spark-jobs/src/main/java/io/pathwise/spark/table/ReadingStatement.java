package io.pathwise.spark.table;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.ExecutableDuringAnalysis;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;

/** Tells statements that read from those that change something, by Spark's own parser. */
final class ReadingStatement {

  /** Beginnings of the class names of Spark's commands that only read. */
  private static final List<String> READING = List.of("Show", "Describe", "Explain");

  private ReadingStatement() {}

  /**
   * Returns where a statement only reads.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void check(SparkSession spark, String sql) throws Exception {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .sessionState()
            .sqlParser()
            .parsePlan(sql);
    if (!reads(plan)) {
      throw new IllegalArgumentException(
          "expected a statement that reads (SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN), got '%s'"
              .formatted(sql));
    }
  }

  private static boolean reads(LogicalPlan plan) {
    String name = plan.getClass().getSimpleName();
    if (plan instanceof Command) {
      return READING.stream().anyMatch(name::startsWith);
    }
    return !plan.exists(ReadingStatement::acts);
  }

  private static boolean acts(LogicalPlan plan) {
    return plan instanceof Command
        || plan instanceof ParsedStatement // INSERT
        || plan instanceof ExecutableDuringAnalysis // CALL
        || plan instanceof UnresolvedExecuteImmediate
        || plan instanceof ScriptTransformation;
  }
}
