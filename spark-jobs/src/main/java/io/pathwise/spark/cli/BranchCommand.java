package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.BranchSpec;
import io.pathwise.spark.job.Resume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pathwise branch}: continues a stored slice under other settings. */
@Command(
    name = "branch",
    mixinStandardHelpOptions = true,
    description = {
      "Continues a stored slice of a run under other settings, such as",
      "  pathwise branch RUN --at t=1.0 -D model.parameters.xi=0.8",
      "Paths start where they stood and see the same noise; the result is a run of its own."
    })
final class BranchCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(?:t\\s*=\\s*)?([0-9.eE+-]+)");

  private final Services services;

  @Mixin private SliceOptions slices;

  @Option(
      names = "--at",
      required = true,
      paramLabel = "t=YEARS",
      description = "The time of the slice in years; `pathwise checkpoints` lists them.")
  private String at;

  @Mixin private RunReport report;

  BranchCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    String dir = slices.directory(services);
    Map<String, String> overrides = new LinkedHashMap<>(slices.overrides().settings());
    overrides.put(BranchSpec.RUN, slices.runId());
    overrides.put(BranchSpec.AT, time());
    overrides.put("checkpoint.dir", dir);
    Slices.Stored stored =
        services.slices().get().job(dir, slices.runId(), slices.settings().spark(), overrides);
    return report.run(
        services, stored.job(), stored.asOf(), slices.overrides().master(), Resume.UNFINISHED);
  }

  private String time() {
    Matcher matcher = TIME.matcher(at.strip());
    try {
      if (matcher.matches()) {
        return Double.toString(Double.parseDouble(matcher.group(1)));
      }
    } catch (NumberFormatException e) {
      throw wrong(e);
    }
    throw wrong(null);
  }

  private BadJobException wrong(Throwable cause) {
    return new BadJobException(
        List.of("--at = '%s', expected a time in years such as t=1.0".formatted(at)), cause);
  }
}
