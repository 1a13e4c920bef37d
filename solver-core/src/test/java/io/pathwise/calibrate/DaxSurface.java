package io.pathwise.calibrate;

import io.pathwise.payoff.OptionType;
import io.pathwise.sde.ZeroCurve;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The 104 DAX options of 5 July 2002 (Sepp 2003). */
record DaxSurface(Market market, List<OptionQuote> quotes) {
  static final double SPOT = 4468.17;

  /** Maturities in days as quoted, over 365. */
  static DaxSurface inDays() {
    return read(days -> days);
  }

  /** Maturities rounded to weeks, as QuantLib's test of this surface does: (days + 3) / 7. */
  static DaxSurface inWeeks() {
    return read(days -> (days + 3) / 7 * 7);
  }

  private interface Rounding {
    int days(int days);
  }

  private static DaxSurface read(Rounding rounding) {
    Map<Double, Double> rates = new TreeMap<>();
    List<OptionQuote> quotes = new ArrayList<>();
    for (String[] row : rows("dax-options-2002-07-05.csv")) {
      int days = Integer.parseInt(row[3]);
      double expiry = rounding.days(days) / 365.0;
      rates.put(days / 365.0, Double.parseDouble(row[4]));
      double strike = Double.parseDouble(row[5]);
      quotes.add(
          OptionQuote.ofVolatility(
              "DAX-" + days + "d-" + row[5],
              OptionType.CALL,
              strike,
              expiry,
              Double.parseDouble(row[6])));
    }
    double last = quotes.stream().mapToDouble(OptionQuote::expiry).max().orElseThrow();
    rates.putIfAbsent(Math.max(last, 703 / 365.0), rates.get(703 / 365.0));
    ZeroCurve curve =
        new ZeroCurve(
            rates.keySet().stream().mapToDouble(t -> t).toArray(),
            rates.values().stream().mapToDouble(r -> r).toArray());
    return new DaxSurface(new Market(SPOT, curve, ZeroCurve.flat(0)), quotes);
  }

  /** The rows of a CSV file after its header. */
  static List<String[]> rows(String name) {
    try (InputStream in = DaxSurface.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
