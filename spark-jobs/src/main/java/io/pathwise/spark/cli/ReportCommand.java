package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.FitReport;
import io.pathwise.spark.report.HistoryReport;
import io.pathwise.spark.report.ResultTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pathwise report}: a page about a calibration. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes an HTML page about a calibration, published or held.")
final class ReportCommand implements Callable<Integer> {
  private static final String RUN =
      """
      SELECT job, portfolio, as_of, status, market_snapshot, wall_s, code_version, error
      FROM runs WHERE run_id = '%s'""";
  private static final String PARAMETERS =
      """
      SELECT parameter, value, std_err, lower, upper, at_bound, starts, iterations, objective,
             converged
      FROM calibration%s WHERE run_id = '%s' ORDER BY parameter""";
  private static final String QUOTES =
      """
      SELECT instrument, strike, expiry, market, model
      FROM calibration_residual%s WHERE run_id = '%s' ORDER BY expiry, strike, instrument""";
  private static final String COURSE =
      "SELECT epoch, step, value FROM training WHERE run_id = '%s' AND metric = 'objective'"
          + " ORDER BY epoch, step";
  private static final String SERIES =
      "SELECT metric, step, value FROM training WHERE run_id = '%s' AND metric LIKE 'series/%%'"
          + " ORDER BY metric, step";
  private static final String LIKELIHOOD =
      "SELECT metric, value FROM training WHERE run_id = '%s' AND metric NOT LIKE 'series/%%'"
          + " ORDER BY metric";
  private static final String EXTRAS =
      "SELECT metric, value FROM training WHERE run_id = '%1$s' AND metric <> 'objective'"
          + " UNION ALL SELECT estimator, value FROM convergence WHERE run_id = '%1$s'"
          + " ORDER BY 1";

  private final Services services;

  @Mixin private RunArgument run;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (default: RUN.html in this folder).")
  private Path file;

  ReportCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    Path target = Optional.ofNullable(file).orElse(Path.of(run.id() + ".html"));
    try {
      Files.writeString(target, page());
    } catch (IOException e) {
      throw new UncheckedIOException(target + " could not be written", e);
    }
    services.out().println(target.toAbsolutePath());
    return ExitCode.DONE;
  }

  private String page() {
    ResultTable about = sql(RUN.formatted(run.id()));
    if (about.rows().isEmpty() || !"calibrate".equals(about.rows().get(0).get(0))) {
      throw new BadJobException(
          List.of("RUN = %s: expected a calibration in the warehouse".formatted(run.id())));
    }
    List<Object> row = about.rows().get(0);
    List<List<Object>> facts = new ArrayList<>();
    for (int i = 1; i < about.columns().size(); i++) {
      if (row.get(i) != null) {
        facts.add(List.of(about.columns().get(i), row.get(i)));
      }
    }
    boolean held = "HELD".equals(row.get(about.columns().indexOf("status")));
    String version = held ? " VERSION AS OF 'held-" + run.id() + "'" : "";
    ResultTable parameters = sql(PARAMETERS.formatted(version, run.id()));
    if (parameters.rows().isEmpty()) {
      throw new BadJobException(
          List.of("RUN = %s: has no parameters, expected one that is done".formatted(run.id())));
    }
    String title = row.get(1) + ", " + row.get(2) + " (" + run.id() + ")";
    SortedMap<String, List<HistoryReport.Point>> series = series();
    return series.isEmpty()
        ? new FitReport(
                title,
                facts,
                parameters,
                quotes(version),
                starts(),
                sql(EXTRAS.formatted(run.id())))
            .html()
        : new HistoryReport(title, facts, parameters, series, sql(LIKELIHOOD.formatted(run.id())))
            .html();
  }

  /** The series of a history by name; none of a fit to quotes. */
  private SortedMap<String, List<HistoryReport.Point>> series() {
    SortedMap<String, List<HistoryReport.Point>> series = new TreeMap<>();
    for (List<Object> row : sql(SERIES.formatted(run.id())).rows()) {
      String name = String.valueOf(row.get(0)).replaceFirst("^series/", "");
      series
          .computeIfAbsent(name, first -> new ArrayList<>())
          .add(new HistoryReport.Point(((Number) row.get(1)).longValue(), number(row.get(2))));
    }
    return series;
  }

  private List<FitReport.Quote> quotes(String version) {
    return sql(QUOTES.formatted(version, run.id())).rows().stream()
        .map(
            row ->
                new FitReport.Quote(
                    String.valueOf(row.get(0)),
                    number(row.get(1)),
                    number(row.get(2)),
                    number(row.get(3)),
                    number(row.get(4))))
        .toList();
  }

  private SortedMap<Integer, List<FitReport.Step>> starts() {
    SortedMap<Integer, List<FitReport.Step>> starts = new TreeMap<>();
    for (List<Object> row : sql(COURSE.formatted(run.id())).rows()) {
      starts
          .computeIfAbsent(((Number) row.get(0)).intValue(), start -> new ArrayList<>())
          .add(new FitReport.Step(((Number) row.get(1)).longValue(), number(row.get(2))));
    }
    return starts;
  }

  private static double number(Object cell) {
    return ((Number) cell).doubleValue();
  }

  private ResultTable sql(String query) {
    SessionSettings settings = run.settings();
    return services.queries().get().sql(settings, run.master(), query);
  }
}
