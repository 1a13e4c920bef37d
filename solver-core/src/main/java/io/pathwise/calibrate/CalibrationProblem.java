package io.pathwise.calibrate;

import io.pathwise.calibrate.optimise.Evaluation;
import io.pathwise.calibrate.optimise.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sum of squares that a calibration to option quotes minimises, as a function of the free
 * parameters' coordinates: weighted differences of model and market, then penalties.
 *
 * <p>Every quote is valued as the out-of-the-money option of its strike. The model's volatility is
 * that of its price, raised to 1e-12 of the forward where it is less and has no volatility to speak
 * of; the derivative is then 0.
 */
public final class CalibrationProblem implements Objective {
  private static final double LEAST_PRICE = 1e-12;

  private final Pricer pricer;
  private final List<OptionQuote> quotes;
  private final ParameterSpace space;
  private final Residuals residuals;
  private final List<Penalty> penalties;
  private final List<MarketQuote> market;
  private final List<Vanilla> options;
  private final double[] scales;

  /**
   * A calibration.
   *
   * @param pricer the model
   * @param quotes sound ones, see {@link QuoteCheck}
   * @param space every parameter of the model, free or fixed
   * @param residuals how misfits are measured
   * @param penalties added to the sum of squares
   * @throws IllegalArgumentException naming every problem: no quotes, quotes that are not sound by
   *     themselves, bid-ask weights without bid and ask, parameters that do not fit the model
   */
  public CalibrationProblem(
      Pricer pricer,
      List<OptionQuote> quotes,
      ParameterSpace space,
      Residuals residuals,
      List<Penalty> penalties) {
    this.pricer = pricer;
    this.quotes = List.copyOf(quotes);
    this.space = space;
    this.residuals = residuals;
    this.penalties = List.copyOf(penalties);
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "calibration of " + pricer.model() + ": " + String.join("; ", problems));
    }
    this.market = quotes.stream().map(q -> MarketQuote.of(q, pricer.market())).toList();
    this.options = market.stream().map(MarketQuote::vanilla).toList();
    double largest = market.stream().mapToDouble(MarketQuote::vega).max().orElse(1);
    this.scales = market.stream().mapToDouble(q -> residuals.scale(q, largest)).toArray();
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (quotes.isEmpty()) {
      problems.add("no quotes, expected at least one");
    }
    for (QuoteProblem problem :
        QuoteCheck.problems(pricer.market(), quotes, Double.POSITIVE_INFINITY)) {
      problems.add(problem.toString());
    }
    List<String> names = space.parameters().stream().map(CalibrationParameter::name).toList();
    for (String name : pricer.parameters()) {
      if (!names.contains(name)) {
        problems.add("parameter " + name + " is neither free nor fixed");
      }
    }
    for (String name : names) {
      if (!pricer.parameters().contains(name)) {
        problems.add("parameter " + name + ", expected one of " + pricer.parameters());
      }
    }
    for (Penalty penalty : penalties) {
      for (String name : penalty.parameters()) {
        if (!names.contains(name)) {
          problems.add("penalty on " + name + ", expected one of " + names);
        }
      }
    }
    if (residuals.weighting() == Residuals.Weighting.BID_ASK) {
      for (OptionQuote quote : quotes) {
        if (!(quote.ask().orElse(0) > quote.bid().orElse(0))) {
          problems.add(quote.id() + " has no ask above a bid, which bid-ask weights need");
        }
      }
    }
    return problems;
  }

  /** The pricer. */
  public Pricer pricer() {
    return pricer;
  }

  /** The quotes. */
  public List<OptionQuote> quotes() {
    return quotes;
  }

  /** The parameters. */
  public ParameterSpace space() {
    return space;
  }

  /** The same calibration with other parameters free or fixed. */
  public CalibrationProblem with(ParameterSpace other) {
    return new CalibrationProblem(pricer, quotes, other, residuals, penalties);
  }

  /** The same calibration to other quotes. */
  public CalibrationProblem with(List<OptionQuote> other) {
    return new CalibrationProblem(pricer, other, space, residuals, penalties);
  }

  /** The same calibration with another pricer. */
  public CalibrationProblem with(Pricer other) {
    return new CalibrationProblem(other, quotes, space, residuals, penalties);
  }

  @Override
  public int dimension() {
    return space.free().size();
  }

  @Override
  public double[] lower() {
    return bounds(Double.NEGATIVE_INFINITY);
  }

  @Override
  public double[] upper() {
    return bounds(Double.POSITIVE_INFINITY);
  }

  private double[] bounds(double unbounded) {
    return space.free().stream()
        .mapToDouble(
            p ->
                p.transform() != Transform.IDENTITY
                    ? unbounded
                    : unbounded < 0 ? p.lower() : p.upper())
        .toArray();
  }

  @Override
  public Evaluation evaluate(double[] point, boolean derivatives) {
    try {
      Map<String, Double> values = space.values(point);
      Rows rows = rows(values, derivatives);
      if (!derivatives) {
        return Evaluation.ofResiduals(rows.residuals);
      }
      double[] slopes = space.slopes(point);
      for (double[] row : rows.jacobian) {
        for (int j = 0; j < row.length; j++) {
          row[j] *= slopes[j];
        }
      }
      return Evaluation.ofResiduals(rows.residuals, rows.jacobian);
    } catch (ArithmeticException e) {
      return Evaluation.UNDEFINED;
    }
  }

  /**
   * Residuals and their derivatives in the free parameters themselves.
   *
   * @param residuals quotes first, then penalties
   * @param jacobian a row a residual; without rows when not asked for
   */
  record Rows(double[] residuals, double[][] jacobian) {}

  Rows rows(Map<String, Double> values, boolean derivatives) {
    List<String> free = space.freeNames();
    ModelPrices prices = pricer.price(values, options, derivatives ? free : List.of());
    List<Penalty.Term> terms = penalties.stream().flatMap(p -> p.terms(values).stream()).toList();
    int quoteCount = market.size();
    double[] rows = new double[quoteCount + terms.size()];
    double[][] jacobian = new double[derivatives ? rows.length : 0][free.size()];
    for (int i = 0; i < quoteCount; i++) {
      Side side = side(i, prices.prices()[i]);
      rows[i] = scales[i] * side.difference;
      for (int j = 0; derivatives && j < free.size(); j++) {
        jacobian[i][j] = scales[i] * side.slope * prices.slopes()[i][j];
      }
    }
    for (int k = 0; k < terms.size(); k++) {
      rows[quoteCount + k] = terms.get(k).residual();
      for (int j = 0; derivatives && j < free.size(); j++) {
        jacobian[quoteCount + k][j] = terms.get(k).slopes().getOrDefault(free.get(j), 0.0);
      }
    }
    return new Rows(rows, jacobian);
  }

  /** Quotes beside the model's values for them at some parameters. */
  public List<QuoteFit> fits(Map<String, Double> values) {
    ModelPrices prices = pricer.price(values, options, List.of());
    List<QuoteFit> fits = new ArrayList<>();
    for (int i = 0; i < market.size(); i++) {
      MarketQuote quote = market.get(i);
      double price = prices.prices()[i];
      Side side = side(i, price);
      double error = prices.standardErrors()[i];
      fits.add(
          new QuoteFit(
              quote.id(),
              quote.vanilla().option().strike(),
              quote.vanilla().expiry(),
              quote.volatility(),
              volatility(quote, price),
              quote.price(),
              price,
              error,
              scales[i] * side.difference,
              scales[i] * side.slope * error,
              scales[i] * scales[i]));
    }
    return fits;
  }

  /** Model less market in the measure's unit, and the derivative in the model's price. */
  private record Side(double difference, double slope) {}

  private Side side(int i, double price) {
    MarketQuote quote = market.get(i);
    if (residuals.measure() == Residuals.Measure.PRICE) {
      return new Side(price - quote.price(), 1);
    }
    double volatility = volatility(quote, price);
    double expiry = quote.vanilla().expiry();
    double strike = quote.vanilla().option().strike();
    double vega = BlackVega.vega(pricer.market(), strike, expiry, volatility);
    boolean raised = price < least(expiry);
    return new Side(volatility - quote.volatility(), raised ? 0 : 1 / vega);
  }

  private double volatility(MarketQuote quote, double price) {
    double expiry = quote.vanilla().expiry();
    return BlackVega.volatility(
        pricer.market(), quote.vanilla().option(), expiry, Math.max(price, least(expiry)));
  }

  private double least(double expiry) {
    return LEAST_PRICE * pricer.market().forward(expiry) * pricer.market().discount(expiry);
  }
}
