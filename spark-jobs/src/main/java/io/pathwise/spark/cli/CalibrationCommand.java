package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.SessionSettings;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pathwise calibration history}: published parameters over time. */
@Command(
    name = "calibration",
    mixinStandardHelpOptions = true,
    description = "What calibrations have published.")
final class CalibrationCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]*");
  private static final String NEWEST =
      """
      SELECT as_of, portfolio, model, parameter, value, std_err, at_bound, objective, run_id
      FROM (
        SELECT *, dense_rank() OVER (
          PARTITION BY as_of, portfolio, model ORDER BY created_at DESC, run_id) AS age
        FROM calibration)
      WHERE age = 1%s
      ORDER BY as_of, portfolio, model, parameter""";

  private final Services services;

  CalibrationCommand(Services services) {
    this.services = services;
  }

  /** Without a subcommand: what there is, as an error of usage. */
  @Override
  public Integer call() {
    services.err().println("pathwise calibration: expected a command: history");
    return ExitCode.USAGE;
  }

  /** Shows parameters over time. */
  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description = "Shows the published parameters by date, the newest fit of each date.")
  int history(
      @Option(
              names = "--model",
              paramLabel = "MODEL",
              description = "Those of one model, such as heston.")
          String model,
      @Option(names = "--name", paramLabel = "NAME", description = "Those of jobs of one name.")
          String name,
      @Mixin Overrides overrides,
      @Mixin FormatOption format) {
    return history(overrides, format, equal("model", model) + equal("portfolio", name));
  }

  private static String equal(String column, String value) {
    if (value == null) {
      return "";
    }
    if (!NAME.matcher(value).matches()) {
      throw new BadJobException(
          List.of(
              "%s = '%s', expected a name of letters, digits, '.', '-', '_' and spaces"
                  .formatted(column, value)));
    }
    return " AND " + column + " = '" + value + "'";
  }

  private int history(Overrides overrides, FormatOption format, String condition) {
    SessionSettings settings = SessionSettings.load(overrides.settings());
    services
        .out()
        .print(
            format.format(
                services
                    .queries()
                    .get()
                    .sql(settings, overrides.master(), NEWEST.formatted(condition))));
    return ExitCode.DONE;
  }
}
