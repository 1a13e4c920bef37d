package io.pathwise.spark.job;

import io.pathwise.model.KnownMean;
import io.pathwise.noise.NoiseSource;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Estimator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How the paths of a job become an estimate.
 *
 * @param method what a sample is
 * @param controlled whether values get control variates whose means the model knows
 * @param theta the drift of each channel, for importance sampling; none to have it found
 * @param trade the trade whose drift is found
 * @param rmse the root mean square error of one unit of every trade, for multilevel; else empty
 * @param mostLevel the finest level that may be reached
 * @param pilotPaths paths of each pilot, and of a level before its variance is known
 */
public record EstimatorSpec(
    EstimatorMethod method,
    boolean controlled,
    List<Double> theta,
    Optional<String> trade,
    OptionalDouble rmse,
    int mostLevel,
    int pilotPaths) {
  /** The key of the section in the section simulation. */
  static final String KEY = "estimator";

  private static final String FORM = "{ method = plain, ... }";
  private static final String METHOD = "method";
  private static final String CONTROL = "control";
  private static final String THETA = "theta";
  private static final String FOR = "for";
  private static final String RMSE = "rmse";
  private static final String PILOT = "pilot-paths";
  private static final String MOST_LEVEL = "most-level";
  private static final List<String> CONTROLS = List.of("none", "auto");

  /** Copies the drift. */
  public EstimatorSpec {
    theta = List.copyOf(theta);
  }

  /** A path is a sample, and nothing else. */
  static EstimatorSpec plain() {
    return new EstimatorSpec(
        EstimatorMethod.PLAIN,
        false,
        List.of(),
        Optional.empty(),
        OptionalDouble.empty(),
        10,
        8192);
  }

  /** How many simulated paths make one sample. */
  public int members() {
    return method == EstimatorMethod.ANTITHETIC ? 2 : 1;
  }

  /** Whether values are those of single paths, so that paths can be observed. */
  public boolean isPlain() {
    return method == EstimatorMethod.PLAIN && !controlled;
  }

  /**
   * The estimator of one run; multilevel, whose runs are many, is plain in each.
   *
   * @param claimOf the id of a trade's claim
   */
  public Estimator estimator(UnaryOperator<String> claimOf) {
    return switch (method) {
      case PLAIN, MULTILEVEL -> new Estimator.Plain();
      case ANTITHETIC -> new Estimator.Antithetic();
      case IMPORTANCE ->
          theta.isEmpty()
              ? new Estimator.ImportanceFor(claimOf.apply(trade.orElseThrow()))
              : new Estimator.Importance(theta);
    };
  }

  /**
   * The section of a simulation.
   *
   * @param trades what is valued
   */
  static EstimatorSpec read(Section simulation, List<TradeSpec> trades) {
    return simulation
        .section(KEY, FORM)
        .map(section -> new Reader(section, trades).estimator())
        .orElseGet(EstimatorSpec::plain);
  }

  private record Reader(Section section, List<TradeSpec> trades) {

    EstimatorSpec estimator() {
      EstimatorMethod method = section.requiredChoice(METHOD, EstimatorMethod.class);
      boolean sound = section.choice(METHOD, EstimatorMethod.class).isPresent();
      boolean controlled = section.choice(CONTROL, CONTROLS).orElse("none").equals("auto");
      List<Double> theta = section.numbers(THETA, Range.FINITE);
      OptionalDouble rmse = section.number(RMSE, Range.above(0, ""));
      int mostLevel = (int) section.requiredWhole(MOST_LEVEL, 2, 20);
      int pilotPaths = (int) section.requiredWhole(PILOT, 512, 1 << 24);
      Optional<String> trade = section.text(FOR);
      section.finish("key");
      if (sound) {
        onlyWith(THETA, method, EstimatorMethod.IMPORTANCE);
        onlyWith(FOR, method, EstimatorMethod.IMPORTANCE);
        onlyWith(RMSE, method, EstimatorMethod.MULTILEVEL);
        if (method == EstimatorMethod.MULTILEVEL && !section.has(RMSE)) {
          section.missing(RMSE, "the root mean square error of one unit of every trade");
        }
        if (method == EstimatorMethod.MULTILEVEL && controlled) {
          section.complain(CONTROL, "with method = multilevel, expected none");
        }
        if (method == EstimatorMethod.IMPORTANCE) {
          trade = importance(trade);
        }
      }
      return new EstimatorSpec(method, controlled, theta, trade, rmse, mostLevel, pilotPaths);
    }

    private void onlyWith(String key, EstimatorMethod method, EstimatorMethod needed) {
      if (section.has(key) && method != needed) {
        section.complain(
            key,
            "given with method = %s, expected only with %s"
                .formatted(Section.spell(method), Section.spell(needed)));
      }
    }

    /** The trade whose drift is found: the only one, where there is one. */
    private Optional<String> importance(Optional<String> trade) {
      List<String> ids = trades.stream().map(TradeSpec::id).toList();
      if (section.has(THETA)) {
        if (section.has(FOR)) {
          section.complain(FOR, "given with theta, expected only one of them");
        }
        return Optional.empty();
      }
      if (trade.isEmpty() && ids.size() == 1) {
        return Optional.of(ids.get(0));
      }
      if (trade.isEmpty() && ids.size() > 1) {
        section.missing(FOR, "the trade that the drift is to suit, or a drift theta");
      }
      if (trade.isPresent() && !ids.contains(trade.get())) {
        section.complain(FOR, "no such trade, " + Suggestion.expected(trade.get(), ids));
      }
      return trade;
    }
  }

  /** What an estimator does not go with. */
  static void check(Section job, JobSpec.Draft draft) {
    EstimatorSpec estimator = draft.simulation().estimator();
    if (estimator.isPlain()) {
      return;
    }
    Section simulation = job.section("simulation", "").orElseThrow();
    Section section = simulation.section(KEY, FORM).orElseThrow();
    String key = estimator.method() != EstimatorMethod.PLAIN ? METHOD : CONTROL;
    if (!draft.prices()) {
      section.complain(key, "job = simulate summarises single paths, expected plain paths");
      return;
    }
    if (!draft.simulation().times().isEmpty()) {
      simulation.complain(
          "times",
          "states are summarised path by path, which goes with plain paths alone: expected no"
              + " times");
    }
    if (draft.branch()) {
      section.complain(key, "a branch continues plain paths, expected plain");
    }
    if (estimator.method() == EstimatorMethod.MULTILEVEL && draft.checkpointed()) {
      section.complain(key, "levels are not kept, expected no checkpoint.dir");
    }
    if (estimator.method() != EstimatorMethod.PLAIN) {
      checkSteps(section, draft);
    }
    if (draft.simulation().paths() % estimator.members() != 0) {
      simulation.complain("paths", "both members of a pair count, expected an even number");
    }
    boolean drift =
        estimator.method() == EstimatorMethod.IMPORTANCE && !estimator.theta().isEmpty();
    Optional<Integer> channels = SchemeReader.sound(draft.model()).map(Sde::channels);
    if (drift && channels.filter(m -> m != estimator.theta().size()).isPresent()) {
      section.complain(
          THETA, "expected a number for each of " + channels.get() + " Brownian channels");
    }
    if (estimator.controlled()) {
      checkControl(section, draft);
    }
  }

  /** Paths are coupled or weighted step by step, on independent numbers. */
  private static void checkSteps(Section section, JobSpec.Draft draft) {
    if (draft.simulation().control().isPresent()) {
      section.complain(METHOD, "with step-control, expected plain, or the steps of the grid");
    }
    if (!(draft.simulation().sampling() instanceof NoiseSource.Pseudo)) {
      section.complain(METHOD, "with sampling, expected plain, or pseudo-random numbers");
    }
    if (SchemeReader.sound(draft.model())
        .flatMap(sde -> sde.capability(FractionalDriver.class))
        .isPresent()) {
      section.complain(METHOD, "with fractional noise, expected plain");
    }
  }

  private static void checkControl(Section section, JobSpec.Draft draft) {
    String scheme = draft.simulation().scheme().name();
    Set<KnownMean> known =
        draft.model() instanceof CatalogueModel catalogue
            ? catalogue.model().knownMeans(scheme)
            : Set.of();
    if (known.isEmpty()) {
      section.complain(
          CONTROL,
          "model %s knows no mean exactly under scheme %s, expected none"
              .formatted(draft.model().type(), scheme));
    }
  }
}
