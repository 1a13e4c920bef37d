package io.pathwise.spark.job;

import io.pathwise.calibrate.history.NearestCorrelation;
import io.pathwise.model.CorrelatedGbm;
import io.pathwise.model.ModelFamily;
import io.pathwise.model.ModelType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the assets of a model of several, and checks how they move together. */
final class AssetsReader {
  /** The key of the list. */
  static final String KEY = "assets";

  /** What a least eigenvalue is above, so that rounding leaves a Cholesky factor. */
  private static final double LEAST_EIGENVALUE = 1e-10;

  private AssetsReader() {}

  /** The model of the assets of a section; nothing, and problems, where they are wrong. */
  static Optional<ModelType> read(Section section, ModelFamily family) {
    String expected = "a list of names, such as [DAX, SMI]";
    if (!section.has(KEY)) {
      section.missing(KEY, expected);
      return Optional.empty();
    }
    int before = section.problems().count();
    List<String> assets = section.texts(KEY, expected);
    if (section.problems().count() == before) {
      family.problems(assets).forEach(problem -> section.complain(KEY, problem));
    }
    return section.problems().count() > before ? Optional.empty() : Optional.of(family.of(assets));
  }

  /**
   * Checks the parameters of a model of several assets: correlations that stand in the wrong order,
   * and together are none. Of other models nothing is checked.
   *
   * @param given the parameters as they stand
   * @param values what was read of them
   */
  static void check(Section given, ModelType type, Map<String, Double> values) {
    if (!(type instanceof CorrelatedGbm model)) {
      return;
    }
    int before = given.problems().count();
    List<String> assets = model.assets();
    for (int j = 0; j < assets.size(); j++) {
      for (int i = 0; i < j; i++) {
        String turned = CorrelatedGbm.correlation(assets.get(j), assets.get(i));
        if (given.has(turned)) {
          given.complain(
              turned,
              "expected "
                  + CorrelatedGbm.correlation(assets.get(i), assets.get(j))
                  + ", in the order of model.assets");
        }
      }
    }
    boolean read = model.parameters().stream().allMatch(p -> values.containsKey(p.name()));
    if (read && given.problems().count() == before) {
      double least = NearestCorrelation.leastEigenvalue(model.correlations(values));
      if (!(least > LEAST_EIGENVALUE)) {
        given
            .problems()
            .add(
                "%s%s: the correlations rho make no correlation matrix, its least eigenvalue is %s;"
                        .formatted(
                            given.path("").replaceFirst("[.]$", ""),
                            Problems.where(given.object().origin()),
                            String.format(Locale.ROOT, "%.3g", least))
                    + " expected one above 1e-10, a positive definite matrix");
      }
    }
  }
}
