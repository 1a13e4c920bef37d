package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line of Pathwise. Exit codes: 0 done, 1 the run failed, 2 wrong usage or bad input, 3
 * a calibration is done and held back. Results go to standard output; logs, progress and errors to
 * standard error.
 */
@Command(
    name = "pathwise",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    description =
        "Simulates, differentiates and prices stochastic differential equations on Spark.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the run failed",
      "2:wrong usage or bad input",
      "3:a calibration is done and held back"
    })
public final class Cli implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Cli.class);

  @Spec private CommandSpec spec;

  private Cli() {}

  /**
   * Runs one command.
   *
   * @param arguments the command with its options
   * @return the exit code
   */
  public static int run(Services services, String... arguments) {
    CommandLine line = new CommandLine(new Cli());
    for (Callable<Integer> command : commands(services)) {
      line.addSubcommand(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(services.out());
    line.setErr(services.err());
    line.setExecutionExceptionHandler((error, failed, parsed) -> report(services, error));
    int code = line.execute(arguments);
    services.out().flush();
    services.err().flush();
    return code;
  }

  private static List<Callable<Integer>> commands(Services services) {
    return List.of(
        new RunCommand(services),
        new BackfillCommand(services),
        new QueryCommand(services),
        new RunsCommand(services),
        new CheckpointsCommand(services),
        new BranchCommand(services),
        new PublishCommand(services),
        new HoldCommand(services),
        new CalibrationCommand(services),
        new ReportCommand(services),
        new ExplainCommand(services),
        new DevicesCommand(services),
        new ModelsCommand(services),
        new SchemesCommand(services));
  }

  /** Without a command: what there is, as an error of usage. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  private static int report(Services services, Exception error) {
    if (error instanceof BadJobException bad) {
      bad.problems().forEach(services.err()::println);
      return ExitCode.USAGE;
    }
    LOG.debug("the command failed", error);
    services.err().println("pathwise: " + describe(error));
    return ExitCode.FAILED;
  }

  /** The messages of an error and its causes, each once. */
  private static String describe(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = error; at != null; at = at.getCause()) {
      String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : "\n  because: ").append(message);
      }
    }
    return text.toString();
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Cli.class.getPackage().getImplementationVersion();
      return new String[] {"pathwise " + (version == null ? "(not packaged)" : version)};
    }
  }
}
