package io.pathwise.spark.job;

import io.pathwise.model.ModelType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.Map;

/**
 * A model of the catalogue.
 *
 * @param model the catalogue's entry
 * @param parameters the values of its scalar parameters, defaults filled in, in its order
 * @param curves the term structures that replace parameters
 */
public record CatalogueModel(
    ModelType model, Map<String, Double> parameters, Map<String, ZeroCurve> curves)
    implements ModelSpec {

  /** Copies the maps. */
  public CatalogueModel {
    parameters = Ordered.copy(parameters);
    curves = Ordered.copy(curves);
  }

  @Override
  public String type() {
    return model.name();
  }

  @Override
  public Sde sde() {
    return model.sde(curves.keySet());
  }
}
