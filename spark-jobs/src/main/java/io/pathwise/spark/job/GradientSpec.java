package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.GradientMethod;
import java.util.Optional;

/**
 * How the derivatives of a job are computed.
 *
 * @param method the strategy; {@link GradientMethod#AUTO} only where there are no derivatives, or
 *     so many steps that a job is not planned when it is read
 * @param memory the most bytes a thread may keep for it
 * @param reason why the job has this strategy; empty where the job file names it
 */
public record GradientSpec(GradientMethod method, long memory, String reason) {
  /** The key of the section. */
  static final String KEY = "gradient";

  /** The key of the method in the section. */
  static final String METHOD = "method";

  /** The key of the bound in the section. */
  static final String MEMORY = "memory";

  private static final String FORM = "{ method = auto, memory = 64 MiB }";
  private static final long LEAST = 1 << 10;

  /** The section of a job. */
  static GradientSpec read(Section job) {
    return section(job)
        .map(
            section -> {
              GradientMethod method = section.requiredChoice(METHOD, GradientMethod.class);
              long memory = section.bytes(MEMORY, LEAST).orElse(Differentiation.MEMORY);
              section.finish("key");
              return new GradientSpec(method, memory, "");
            })
        .orElseGet(() -> new GradientSpec(GradientMethod.AUTO, Differentiation.MEMORY, ""));
  }

  /** The section, to complain about. */
  static Optional<Section> section(Section job) {
    return job.section(KEY, FORM);
  }

  /** The same with a strategy that was chosen. */
  GradientSpec chosen(GradientMethod choice, String why) {
    return new GradientSpec(choice, memory, why);
  }

  /** The configuration that names the strategy of the run, so that its identity does too. */
  Config named(Config resolved) {
    String path = KEY + "." + METHOD;
    return reason.isEmpty() || !resolved.hasPath(path)
        ? resolved
        : resolved.withValue(path, ConfigValueFactory.fromAnyRef(method.key(), "auto"));
  }
}
