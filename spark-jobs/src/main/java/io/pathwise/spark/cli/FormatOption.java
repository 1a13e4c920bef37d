package io.pathwise.spark.cli;

import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.report.TableFormat;
import picocli.CommandLine.Option;

/** How a command prints its result table. */
final class FormatOption {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "The result table's format: ${COMPLETION-CANDIDATES} (default: table).")
  private TableFormat format;

  /** Whether a person reads it: the only format with text around the table. */
  boolean forPeople() {
    return format == TableFormat.TABLE;
  }

  String format(ResultTable table) {
    return format.format(table);
  }
}
