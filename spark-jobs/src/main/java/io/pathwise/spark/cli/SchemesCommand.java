package io.pathwise.spark.cli;

import io.pathwise.control.StepControl;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.report.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code pathwise schemes}: the numerical methods. */
@Command(
    name = "schemes",
    mixinStandardHelpOptions = true,
    description = "Lists the numerical methods with their orders and what each supports.")
final class SchemesCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("scheme", "calculus", "noise", "strong order", "weak order", "gpu");

  private final Services services;

  SchemesCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    List<List<Object>> rows = new ArrayList<>();
    for (Scheme scheme : Schemes.all()) {
      String calculi =
          scheme.calculi().stream().map(SchemesCommand::name).collect(Collectors.joining(" "));
      for (NoiseType noise : scheme.noiseTypes().stream().sorted().toList()) {
        rows.add(
            List.of(
                scheme.name(),
                calculi,
                name(noise),
                scheme.strongOrder(noise),
                scheme.weakOrder(noise),
                scheme.notOnGpu().map(reason -> "no: " + reason).orElse("yes")));
      }
    }
    services.out().print(TableFormat.TABLE.format(new ResultTable(COLUMNS, rows)));
    services.out().println();
    for (Scheme scheme : Schemes.all()) {
      services.out().println(scheme.name() + ": " + scheme.description());
    }
    services.out().println();
    services
        .out()
        .println("simulation.step-control, whatever the scheme: " + StepControl.NOT_ON_GPU);
    return ExitCode.DONE;
  }

  private static String name(Calculus calculus) {
    return calculus.name().toLowerCase(Locale.ROOT);
  }

  private static String name(NoiseType noise) {
    return noise.name().toLowerCase(Locale.ROOT);
  }
}
