package io.pathwise.spark.job;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.solve.Estimator;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;

/** Plans the derivatives of a job while it is read: whether there are such, and how. */
final class DerivativeCheck {
  /** Jobs of more steps are planned when they run. */
  private static final long MOST_STEPS = 100_000;

  private final Section job;
  private final Declaration declared;

  private DerivativeCheck(Section job, Declaration declared) {
    this.job = job;
    this.declared = declared;
  }

  /** How the derivatives of a sound job are computed; what cannot be done is a problem. */
  static GradientSpec resolve(Section job, Declaration declared) {
    GradientSpec gradient = declared.gradient();
    boolean planned = declared.simulation().steps() <= MOST_STEPS;
    return declared.greeks().isEmpty() || !planned
        ? gradient
        : new DerivativeCheck(job, declared).resolve();
  }

  private GradientSpec resolve() {
    GradientSpec gradient = declared.gradient();
    if (declared.nodes() && declared.greeks().stream().anyMatch(greek -> greek.order() == 0)) {
      job.complain(
          SensitivitiesReader.KEY,
          "theta beside the nodes of a curve, which stretches with time: expected them in jobs of"
              + " their own");
      return gradient;
    }
    if (declared.simulation().estimator().method() == EstimatorMethod.MULTILEVEL) {
      return ofLevels(gradient);
    }
    try {
      GradientChoice choice = plan(declared).fine().gradient();
      return gradient.method() == GradientMethod.AUTO
          ? gradient.chosen(choice.method(), reason(choice))
          : gradient;
    } catch (IllegalArgumentException e) {
      complain(e.getMessage());
      return gradient;
    }
  }

  private static String reason(GradientChoice choice) {
    return choice.equals(GradientChoice.NONE) ? "nothing is swept backward" : choice.reason();
  }

  /** Levels keep their states, and are coupled in first derivatives of paths. */
  private GradientSpec ofLevels(GradientSpec gradient) {
    if (!plain()) {
      job.complain(
          SensitivitiesReader.KEY,
          "with estimator.method = multilevel, whose levels are coupled in first derivatives of"
              + " paths alone: expected such, or another estimator");
    }
    return switch (gradient.method()) {
      case AUTO -> gradient.chosen(GradientMethod.STORED, "levels of multilevel keep their states");
      case STORED -> gradient;
      default -> {
        GradientSpec.section(job)
            .orElseThrow()
            .complain(
                GradientSpec.METHOD,
                "with estimator.method = multilevel, whose levels keep their states: expected auto"
                    + " or stored, or another estimator");
        yield gradient;
      }
    };
  }

  private boolean plain() {
    return declared.gradient().pathwise()
        && !declared.nodes()
        && declared.greeks().stream().allMatch(greek -> greek.order() == 1);
  }

  private static SimulationPlan plan(Declaration declaration) {
    Solver solver = declaration.solver().claims(declaration.claims());
    if (declaration.simulation().estimator().method() == EstimatorMethod.ANTITHETIC) {
      solver.estimator(new Estimator.Antithetic());
    }
    return declaration.differentiated(solver).plan(declaration.simulation().samples());
  }

  /** The method is wrong where any other would do. */
  private void complain(String problem) {
    boolean open = declared.gradient().method() == GradientMethod.AUTO;
    if (!open && works(declared.with(declared.gradient().chosen(GradientMethod.AUTO, "")))) {
      GradientSpec.section(job).orElseThrow().complain(GradientSpec.METHOD, problem);
    } else {
      job.complain(SensitivitiesReader.KEY, problem);
    }
  }

  private static boolean works(Declaration other) {
    try {
      plan(other);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
