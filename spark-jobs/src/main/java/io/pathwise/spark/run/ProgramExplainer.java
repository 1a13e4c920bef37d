package io.pathwise.spark.run;

import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.solve.PathRun;
import io.pathwise.spark.cli.Explainer;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobSpec;
import java.util.List;
import java.util.Locale;

/** Shows the graphs, the loops and the kernel source of a job. */
public final class ProgramExplainer implements Explainer {

  /** For {@link java.util.ServiceLoader}. */
  public ProgramExplainer() {}

  @Override
  public String explain(JobSpec job, Dialect dialect) {
    if (job.history().isPresent()) {
      throw new BadJobException(
          List.of("calibration.history: its likelihood has no kernel, expected a job with paths"));
    }
    JobPlan plan = JobPlan.of(job);
    PathRun run = plan.plan().fine();
    String backend = dialect == Dialect.OPENCL ? Executors.GPU : Executors.CPU;
    String source = Executors.named(backend).source(run);
    PathProgram program = run.program();
    ProgramFragments fragments = new ProgramFragments(program);
    StringBuilder out = new StringBuilder();
    graphs(out, program);
    if (!job.sensitivities().isEmpty()) {
      out.append(line("%s", DerivativeNotes.chosen(job.gradient())));
    }
    schedule(out, run.schedule());
    loops(out, fragments);
    out.append("\n# kernel\n\n").append(source);
    return out.toString();
  }

  private static void graphs(StringBuilder out, PathProgram program) {
    out.append("# program ").append(program.digest()).append("\n\n# graph\n");
    for (int i = 0; i < program.states(); i++) {
      String name = program.stateNames().get(i);
      out.append(line("y[%d] = %s", i, name));
      out.append(line("  at 0:         %s", program.initial().get(i)));
      out.append(line("  after a step: %s", program.step().get(i)));
    }
    program
        .functionals()
        .forEach(
            f ->
                out.append(
                    line(
                        "functional %s: a = %s, then a' = %s", f.name(), f.initial(), f.update())));
    program
        .outputs()
        .forEach(
            o ->
                out.append(
                    line(
                        "output %s%s: %s",
                        o.name(), o.differentiated() ? " (differentiated)" : "", o.value())));
    out.append(line("gradient in: %s", program.gradient()));
  }

  private static void schedule(StringBuilder out, Schedule schedule) {
    out.append("\n# schedule\n");
    out.append(
        line(
            "%d steps from 0 to %s, %d functionals and %d outputs a path",
            schedule.steps(),
            schedule.times()[schedule.steps()],
            schedule.functionals().size(),
            schedule.outputs().size()));
  }

  private static void loops(StringBuilder out, ProgramFragments fragments) {
    out.append("\n# loops\n");
    for (FragmentPlan plan : fragments.plans()) {
      out.append(
          line(
              "%-16s %2d loops, %d arrays of which %d temporary, %d uniform values",
              plan.fragment().name(),
              plan.loops().size(),
              plan.tableSize(),
              plan.temporaries(),
              plan.numbers().size() + plan.words().size()));
    }
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format + "%n", values).replace(System.lineSeparator(), "\n");
  }
}
