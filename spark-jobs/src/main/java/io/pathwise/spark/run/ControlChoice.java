package io.pathwise.spark.run;

import io.pathwise.model.KnownMean;
import io.pathwise.model.KnownMeans;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Control;
import io.pathwise.sde.Sde;
import io.pathwise.spark.job.CatalogueModel;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.ModelSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses control variates: for each trade what is like it and has a mean that the model knows. */
final class ControlChoice {
  private final Set<KnownMean> known;
  private final KnownMeans means;

  private ControlChoice(Set<KnownMean> known, KnownMeans means) {
    this.known = known;
    this.means = means;
  }

  /** The control variates of each claim that has some. */
  static Map<String, List<Control>> of(JobSpec job, Sde sde) {
    Map<String, List<Control>> controls = new LinkedHashMap<>();
    if (job.model() instanceof CatalogueModel catalogue) {
      ControlChoice choice =
          new ControlChoice(
              catalogue.model().knownMeans(job.simulation().scheme().name()),
              new KnownMeans(sde.observables().get(ModelSpec.PRICE), catalogue.curves()));
      for (TradeSpec trade : job.trades()) {
        List<Control> own = choice.of(trade);
        if (!own.isEmpty()) {
          controls.put(JobPlan.estimator(trade), own);
        }
      }
    }
    return controls;
  }

  /** No contract controls itself: its value would be the closed form, whatever the paths. */
  private List<Control> of(TradeSpec trade) {
    List<Control> controls = new ArrayList<>();
    double expiry = trade.expiry();
    if (trade instanceof TradeSpec.Asian asian) {
      boolean arithmetic = asian.averaging() == Averaging.ARITHMETIC;
      if (arithmetic && known.contains(KnownMean.GEOMETRIC_ASIAN)) {
        controls.add(
            means.geometricAsian(
                "geometric", asian.option(), asian.strike(), expiry, asian.fixings()));
      } else if (known.contains(KnownMean.EUROPEAN)) {
        controls.add(means.european("european", asian.option(), asian.strike(), expiry));
      }
    }
    if (trade instanceof TradeSpec.Barrier barrier && known.contains(KnownMean.EUROPEAN)) {
      controls.add(means.european("european", barrier.option(), barrier.strike(), expiry));
    }
    if (trade instanceof TradeSpec.Digital digital && known.contains(KnownMean.EUROPEAN)) {
      controls.add(means.european("european", digital.option(), digital.strike(), expiry));
    }
    if (!(trade instanceof TradeSpec.Forward) && known.contains(KnownMean.FORWARD)) {
      controls.add(means.forward("forward", expiry));
    }
    return controls;
  }
}
