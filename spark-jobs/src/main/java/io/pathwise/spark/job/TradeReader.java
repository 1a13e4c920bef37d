package io.pathwise.spark.job;

import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads one trade from the keys of an inline trade or the cells of a row. */
final class TradeReader {
  private static final List<String> TYPES =
      List.of("european", "digital", "asian", "barrier", "forward", "zero-coupon");
  private static final Set<String> LATER =
      Set.of(
          "lookback", "basket", "spread", "american", "bermudan", "autocall", "swap", "swaption");
  private static final Range YEARS = new Range(0, true, 1000, "years");
  private static final Range DAYS = new Range(0, true, 365_000, "days");
  private static final double DAYS_A_YEAR = 365;
  private static final int MOST_DATES = 100_000;

  private final Section section;
  private final String id;

  private TradeReader(Section section, String id) {
    this.section = section;
    this.id = id;
  }

  /** The trade, which has a problem already where anything is wrong; nothing without a type. */
  static Optional<TradeSpec> read(Section section, String defaultId) {
    String id = section.text("id").orElse(defaultId);
    if (id.isEmpty()) {
      section.missing("id", "a name that no other trade has");
    }
    if (!section.has("type")) {
      section.missing("type", "one of " + String.join(", ", TYPES));
      return Optional.empty();
    }
    Optional<String> type = section.text("type");
    if (type.isPresent() && LATER.contains(type.get())) {
      section.complain(
          "type", "not available in this version, expected one of " + String.join(", ", TYPES));
      return Optional.empty();
    }
    return section.choice("type", TYPES).map(name -> new TradeReader(section, id).trade(name));
  }

  private TradeSpec trade(String type) {
    Range positive = Range.above(0, "");
    boolean bond = type.equals("zero-coupon");
    double strike = bond ? 1 : section.requiredNumber("strike", positive);
    double expiry = expiry();
    double quantity = section.number("quantity", Range.FINITE).orElse(1);
    if (quantity == 0) {
      section.complain("quantity", "expected a number that is not 0");
    }
    OptionalDouble vol = marketImpliedVol();
    TradeSpec trade =
        switch (type) {
          case "european" -> new TradeSpec.European(id, option(), strike, expiry, quantity, vol);
          case "digital" ->
              new TradeSpec.Digital(
                  id,
                  option(),
                  strike,
                  expiry,
                  quantity,
                  vol,
                  section.number("payout", positive).orElse(1));
          case "asian" ->
              new TradeSpec.Asian(
                  id,
                  option(),
                  strike,
                  expiry,
                  quantity,
                  vol,
                  section.requiredChoice("averaging", Averaging.class),
                  (int) section.whole("fixings", 1, MOST_DATES).orElse(12));
          case "barrier" ->
              new TradeSpec.Barrier(
                  id,
                  option(),
                  strike,
                  expiry,
                  quantity,
                  vol,
                  section.requiredChoice("kind", BarrierType.class),
                  section.requiredNumber("barrier", positive),
                  monitoring());
          case "forward" -> forward(strike, expiry, quantity, vol);
          case "zero-coupon" -> new TradeSpec.ZeroCoupon(id, expiry, quantity, vol);
          default -> throw new IllegalStateException("no trade type " + type);
        };
    section.finish("field of a trade of type " + type);
    return trade;
  }

  private TradeSpec forward(double strike, double expiry, double quantity, OptionalDouble vol) {
    if (section.choice("option", OptionType.class).orElse(OptionType.CALL) == OptionType.PUT) {
      section.complain("option", "expected none: to sell forward, give a negative quantity");
    }
    return new TradeSpec.Forward(id, strike, expiry, quantity, vol);
  }

  private OptionType option() {
    return section.requiredChoice("option", OptionType.class);
  }

  private double expiry() {
    OptionalDouble days = section.number("days_to_expiry", DAYS);
    if (!section.has("days_to_expiry")) {
      return section.requiredNumber("expiry", YEARS);
    }
    if (section.has("expiry")) {
      section.complain("expiry", "expected only one of expiry, days_to_expiry");
    }
    return days.orElse(Double.NaN) / DAYS_A_YEAR;
  }

  private OptionalDouble marketImpliedVol() {
    Range range = new Range(0, true, 100, "");
    OptionalDouble alias = section.number("implied_vol", range);
    if (!section.has("implied_vol")) {
      return section.number("market-implied-vol", range);
    }
    if (section.has("market-implied-vol")) {
      section.complain(
          "market-implied-vol", "expected only one of market-implied-vol, implied_vol");
    }
    return alias;
  }

  private int monitoring() {
    boolean continuous =
        section
            .value("monitoring")
            .filter(value -> value.unwrapped().equals("continuous"))
            .isPresent();
    if (continuous) {
      return TradeSpec.Barrier.CONTINUOUS;
    }
    return (int) section.whole("monitoring", 1, MOST_DATES, ", or continuous").orElse(50);
  }
}
