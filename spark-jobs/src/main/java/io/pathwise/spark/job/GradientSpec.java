package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the derivatives of a job are computed.
 *
 * @param method the strategy; {@link GradientMethod#AUTO} only where there are no derivatives, or
 *     so many steps that a job is not planned when it is read
 * @param memory the most bytes a thread may keep for it
 * @param reason why the job has this strategy; empty where the job file names it
 * @param sensitivity what is averaged over paths for them
 */
public record GradientSpec(
    GradientMethod method, long memory, String reason, SensitivityMethod sensitivity) {
  /** The key of the section. */
  static final String KEY = "gradient";

  /** The key of the method in the section. */
  static final String METHOD = "method";

  /** The key of the bound in the section. */
  static final String MEMORY = "memory";

  /** The key of the section that says what is averaged over paths. */
  static final String SENSITIVITY = "sensitivity";

  private static final String WIDTH = "width";
  private static final String SMOOTHING = "smoothing";
  private static final List<String> SENSITIVITIES =
      List.of("pathwise", "conditional", "likelihood-ratio", SMOOTHING);
  private static final String FORM = "{ method = auto, memory = 64 MiB }";
  private static final long LEAST = 1 << 10;

  /** The sections of a job. */
  static GradientSpec read(Section job) {
    SensitivityMethod sensitivity = sensitivity(job);
    return section(job)
        .map(
            section -> {
              GradientMethod method = section.requiredChoice(METHOD, GradientMethod.class);
              long memory = section.bytes(MEMORY, LEAST).orElse(Differentiation.MEMORY);
              section.finish("key");
              return new GradientSpec(method, memory, "", sensitivity);
            })
        .orElseGet(
            () -> new GradientSpec(GradientMethod.AUTO, Differentiation.MEMORY, "", sensitivity));
  }

  private static SensitivityMethod sensitivity(Section job) {
    SensitivityMethod pathwise = new SensitivityMethod.Pathwise();
    return job.section(SENSITIVITY, "{ method = pathwise }")
        .map(
            section -> {
              String method = section.choice(METHOD, SENSITIVITIES).orElse(pathwise.key());
              OptionalDouble width = section.number(WIDTH, new Range(0, true, 1, ""));
              section.finish("key");
              if (method.equals(SMOOTHING) && !section.has(WIDTH)) {
                section.missing(
                    WIDTH, "how far a jump is spread, as a part of the strike or barrier");
              }
              if (!method.equals(SMOOTHING) && section.has(WIDTH)) {
                section.complain(
                    WIDTH, "given with method = " + method + ", expected only with " + SMOOTHING);
              }
              return switch (method) {
                case "conditional" -> new SensitivityMethod.Conditional();
                case "likelihood-ratio" -> new SensitivityMethod.LikelihoodRatio();
                case SMOOTHING -> new SensitivityMethod.Smoothing(width.orElse(1));
                default -> pathwise;
              };
            })
        .orElse(pathwise);
  }

  /** Whether derivatives are those of paths, which payoffs that jump do not have. */
  boolean pathwise() {
    return sensitivity instanceof SensitivityMethod.Pathwise;
  }

  /** The section, to complain about. */
  static Optional<Section> section(Section job) {
    return job.section(KEY, FORM);
  }

  /** The same with a strategy that was chosen. */
  GradientSpec chosen(GradientMethod choice, String why) {
    return new GradientSpec(choice, memory, why, sensitivity);
  }

  /** The configuration that names the strategy of the run, so that its identity does too. */
  Config named(Config resolved) {
    String path = KEY + "." + METHOD;
    return reason.isEmpty() || !resolved.hasPath(path)
        ? resolved
        : resolved.withValue(path, ConfigValueFactory.fromAnyRef(method.key(), "auto"));
  }
}
