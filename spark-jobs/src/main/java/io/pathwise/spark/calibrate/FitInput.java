package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.AnalyticPricer;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.CalibrationProblem;
import io.pathwise.calibrate.FellerPenalty;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.Penalty;
import io.pathwise.calibrate.Pricer;
import io.pathwise.calibrate.Residuals;
import io.pathwise.calibrate.SmoothnessPenalty;
import io.pathwise.calibrate.Transform;
import io.pathwise.calibrate.YesterdayPenalty;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.PublishedFit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a fit depends on besides the pricer, which tasks build by themselves. Its bytes are the same
 * for the same input, so their digest tells one fit from another.
 *
 * @param model the model's name
 * @param market what quotes are valued on
 * @param quotes the quotes
 * @param residuals how misfits are measured
 * @param space the parameters, from where the first start begins
 * @param feller the weight of the Feller penalty; 0 for none
 * @param yesterday the weight of the distance to the fit before; 0 for none
 * @param smoothness the sequence that is preferred smooth, where there is one
 * @param before the fit before, where there is one
 */
record FitInput(
    String model,
    Market market,
    List<OptionQuote> quotes,
    Residuals residuals,
    ParameterSpace space,
    double feller,
    double yesterday,
    Optional<SmoothnessPenalty> smoothness,
    Optional<PublishedFit> before) {

  static FitInput of(String model, CalibrationSpec spec, Optional<PublishedFit> before) {
    boolean warm = spec.search().warm() && before.isPresent();
    return new FitInput(
        model,
        spec.market(),
        spec.quotes(),
        spec.residuals(),
        warm ? spec.space().startingAt(before.get().values()) : spec.space(),
        spec.penalties().feller(),
        spec.penalties().yesterday(),
        spec.penalties().smoothness(),
        before);
  }

  /** What is minimised, with semi-analytic prices. */
  CalibrationProblem analytic() {
    return problem(new AnalyticPricer(model, market));
  }

  /** What is minimised. */
  CalibrationProblem problem(Pricer pricer) {
    List<Penalty> penalties = new ArrayList<>();
    if (feller > 0) {
      penalties.add(new FellerPenalty(feller));
    }
    smoothness.ifPresent(penalties::add);
    if (yesterday > 0 && before.isPresent()) {
      Map<String, Double> values = new HashMap<>();
      Map<String, Double> errors = new HashMap<>();
      for (String name : space.freeNames()) {
        double error = before.get().errors().getOrDefault(name, Double.NaN);
        if (error > 0 && Double.isFinite(error)) {
          values.put(name, before.get().values().get(name));
          errors.put(name, error);
        }
      }
      penalties.add(new YesterdayPenalty(values, errors, yesterday));
    }
    return new CalibrationProblem(pricer, quotes, space, residuals, penalties);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(model);
      out.writeDouble(market.spot());
      write(out, market.rates());
      write(out, market.dividends());
      out.writeInt(quotes.size());
      for (OptionQuote quote : quotes) {
        out.writeUTF(quote.id());
        out.writeUTF(quote.type().name());
        out.writeUTF(quote.kind().name());
        out.writeDouble(quote.strike());
        out.writeDouble(quote.expiry());
        out.writeDouble(quote.value());
        out.writeDouble(quote.weight());
        out.writeDouble(quote.bid().orElse(Double.NaN));
        out.writeDouble(quote.ask().orElse(Double.NaN));
      }
      out.writeUTF(residuals.measure().name());
      out.writeUTF(residuals.weighting().name());
      out.writeInt(space.parameters().size());
      for (CalibrationParameter parameter : space.parameters()) {
        out.writeUTF(parameter.name());
        out.writeBoolean(parameter.isFree());
        out.writeDouble(parameter.start());
        out.writeDouble(parameter.lower());
        out.writeDouble(parameter.upper());
        out.writeUTF(parameter.transform().name());
      }
      out.writeDouble(feller);
      out.writeDouble(yesterday);
      out.writeInt(smoothness.map(smooth -> smooth.parameters().size()).orElse(0));
      if (smoothness.isPresent()) {
        for (String name : smoothness.get().parameters()) {
          out.writeUTF(name);
        }
        out.writeDouble(smoothness.get().weight());
      }
      out.writeBoolean(before.isPresent());
      if (before.isPresent()) {
        before.get().write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static FitInput decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String model = in.readUTF();
      Market market = new Market(in.readDouble(), curve(in), curve(in));
      List<OptionQuote> quotes = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        quotes.add(quote(in));
      }
      Residuals residuals =
          new Residuals(
              Residuals.Measure.valueOf(in.readUTF()), Residuals.Weighting.valueOf(in.readUTF()));
      List<CalibrationParameter> parameters = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        parameters.add(
            new CalibrationParameter(
                in.readUTF(),
                in.readBoolean(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                Transform.valueOf(in.readUTF())));
      }
      return new FitInput(
          model,
          market,
          quotes,
          residuals,
          new ParameterSpace(parameters),
          in.readDouble(),
          in.readDouble(),
          smoothness(in),
          in.readBoolean() ? Optional.of(PublishedFit.read(in)) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<SmoothnessPenalty> smoothness(DataInputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      names.add(in.readUTF());
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new SmoothnessPenalty(names, in.readDouble()));
  }

  private static OptionQuote quote(DataInputStream in) throws IOException {
    String id = in.readUTF();
    OptionType type = OptionType.valueOf(in.readUTF());
    OptionQuote.Kind kind = OptionQuote.Kind.valueOf(in.readUTF());
    double strike = in.readDouble();
    double expiry = in.readDouble();
    double value = in.readDouble();
    double weight = in.readDouble();
    return new OptionQuote(
        id,
        type,
        strike,
        expiry,
        value,
        kind,
        weight,
        optional(in.readDouble()),
        optional(in.readDouble()));
  }

  private static OptionalDouble optional(double number) {
    return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private static void write(DataOutputStream out, ZeroCurve curve) throws IOException {
    double[] times = curve.times();
    double[] rates = curve.zeroRates();
    out.writeInt(times.length);
    for (int i = 0; i < times.length; i++) {
      out.writeDouble(times[i]);
      out.writeDouble(rates[i]);
    }
  }

  private static ZeroCurve curve(DataInputStream in) throws IOException {
    double[] times = new double[in.readInt()];
    double[] rates = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = in.readDouble();
      rates[i] = in.readDouble();
    }
    return new ZeroCurve(times, rates);
  }
}
