package io.pathwise.spark.cli;

import io.pathwise.model.Catalogue;
import io.pathwise.model.ModelType;
import io.pathwise.sde.Parameter;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.report.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pathwise models}: the catalogue. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists the catalogue of models with their parameters.")
final class ModelsCommand implements Callable<Integer> {
  private final Services services;

  ModelsCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    Catalogue.all().forEach(model -> print(model, ""));
    Catalogue.families()
        .forEach(
            family -> print(family.of(List.of("A", "B")), " (assets = [A, B], as an example)"));
    services.out().println("formula: an equation written in the job file; see conf/reference.conf");
    return ExitCode.DONE;
  }

  private void print(ModelType model, String remark) {
    services.out().println(model.name() + ": " + model.description() + remark);
    List<List<Object>> rows = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      String value = "required";
      if (parameter.defaultValue().isPresent()) {
        value = "default " + shown(parameter.defaultValue().getAsDouble());
      }
      rows.add(List.of("  " + parameter.name(), value, bounds(model, parameter)));
    }
    services.out().print(text(rows));
    services.out().println();
  }

  private static String bounds(ModelType model, Parameter parameter) {
    String lower = parameter.lower() == Double.MIN_NORMAL ? "above 0" : shown(parameter.lower());
    String curve = model.curves().contains(parameter.name()) ? "; a number or a curve" : "";
    return lower + " to " + shown(parameter.upper()) + ": " + parameter.description() + curve;
  }

  private static String shown(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e9 ? Long.toString((long) x) : Double.toString(x);
  }

  /** The rows in columns, without a header. */
  private static String text(List<List<Object>> rows) {
    String table = TableFormat.TABLE.format(new ResultTable(List.of("", "", ""), rows));
    return table.substring(table.indexOf('\n') + 1);
  }
}
