package io.pathwise.spark.cli;

import io.pathwise.solve.ComputeDevice;
import io.pathwise.spark.job.JobRunner;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.run.StoredSlices;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs commands over services that remember what they were asked. */
final class CliFixture {
  static final LocalDate TODAY = LocalDate.of(2026, 1, 2);
  static final ResultTable RESULT =
      new ResultTable(List.of("trade_id", "pv"), List.of(List.of("c100", 8.5)));

  final List<JobSpec> jobs = new ArrayList<>();
  final List<RunOptions> options = new ArrayList<>();
  final List<String> queries = new ArrayList<>();
  final List<SessionSettings> settings = new ArrayList<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  List<ComputeDevice> accelerators = List.of();
  JobRunner runner = this::succeed;
  Publisher publisher = new RememberingPublisher();
  ResultTable answer = RESULT;

  /** Runs a command and gives its exit code. */
  int run(String... arguments) {
    PrintWriter output = new PrintWriter(out);
    PrintWriter errors = new PrintWriter(err);
    Services services =
        new Services(
            () -> runner,
            RememberingQueries::new,
            () -> CliFixture::explain,
            StoredSlices::new,
            () -> publisher,
            () -> accelerators,
            () -> TODAY,
            output,
            errors,
            false);
    return Cli.run(services, arguments);
  }

  RunOutcome succeed(JobSpec job, RunOptions chosen) {
    jobs.add(job);
    options.add(chosen);
    return new RunOutcome(
        chosen.runId(),
        Optional.empty(),
        RESULT,
        List.of("runs", "npv"),
        job.warehouse(),
        List.of());
  }

  private static String explain(JobSpec job, Explainer.Dialect dialect) {
    return "kernel of " + job.name() + " in " + dialect + "\n\n";
  }

  private final class RememberingPublisher implements Publisher {
    @Override
    public boolean publish(SessionSettings chosen, Optional<String> master, String runId) {
      queries.add("publish " + runId);
      return true;
    }

    @Override
    public boolean hold(SessionSettings chosen, Optional<String> master, String runId) {
      queries.add("hold " + runId);
      return false;
    }
  }

  private final class RememberingQueries implements Queries {
    @Override
    public ResultTable sql(SessionSettings chosen, Optional<String> master, String query) {
      if (query.equals("SELEC")) {
        throw new IllegalArgumentException("syntax error near 'SELEC'");
      }
      settings.add(chosen);
      queries.add(query + master.map(m -> " on " + m).orElse(""));
      return answer;
    }

    @Override
    public ResultTable runs(SessionSettings chosen, Optional<String> master) {
      settings.add(chosen);
      return RESULT;
    }
  }
}
