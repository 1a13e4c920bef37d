package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.ResultTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pathwise query}: SQL over the result tables. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Runs SQL over the result tables.")
final class QueryCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(
      paramLabel = "SQL",
      description = "The query, such as \"SELECT trade_id, pv, std_err FROM npv\".")
  private String query;

  @Mixin private Overrides overrides;

  @Mixin private FormatOption format;

  QueryCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    SessionSettings settings = SessionSettings.load(overrides.settings());
    services.out().print(format.format(rows(settings)));
    return ExitCode.DONE;
  }

  private ResultTable rows(SessionSettings settings) {
    try {
      return services.queries().get().sql(settings, overrides.master(), query);
    } catch (IllegalArgumentException e) {
      throw new BadJobException(List.of("query: " + e.getMessage()), e);
    }
  }
}
