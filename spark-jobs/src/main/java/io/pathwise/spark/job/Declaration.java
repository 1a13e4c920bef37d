package io.pathwise.spark.job;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.sde.QuadraticVariation;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a job declares to a {@link Solver}: its equation, how it is simulated, its trades as claims
 * and their derivatives.
 *
 * @param model the equation and its parameters
 * @param simulation how it is simulated
 * @param trades what is valued
 * @param greeks the derivatives of each trade
 * @param gradient how they are computed
 * @param spot where the initial price stands
 */
public record Declaration(
    ModelSpec model,
    SimulationSpec simulation,
    List<TradeSpec> trades,
    List<Greek> greeks,
    GradientSpec gradient,
    SpotParameter spot) {

  /** Copies the lists. */
  public Declaration {
    trades = List.copyOf(trades);
    greeks = List.copyOf(greeks);
  }

  /**
   * A declaration.
   *
   * @param sensitivities names of derivatives, as in the job file
   */
  static Declaration of(
      ModelSpec model,
      SimulationSpec simulation,
      List<TradeSpec> trades,
      List<String> sensitivities,
      GradientSpec gradient) {
    SpotParameter spot =
        SpotParameter.of(model, simulation.converted(model.sde()), Greek.inSpot(sensitivities));
    return new Declaration(
        model, simulation, trades, Greek.all(sensitivities, model, spot.name()), gradient, spot);
  }

  /** The same with derivatives computed in another way. */
  Declaration with(GradientSpec other) {
    return new Declaration(model, simulation, trades, greeks, other, spot);
  }

  /** The equation and how it is simulated, without anything that is read of it. */
  public Solver solver() {
    Solver solver = Solver.of(spot.sde());
    simulation.control().ifPresent(solver::adaptive);
    return solver
        .parameters(model.parameters())
        .parameters(spot.value())
        .curves(model.curves())
        .scheme(simulation.bounded())
        .precision(simulation.precision())
        .step(simulation.step())
        .seed(simulation.seed())
        .noise(simulation.sampling())
        .onNan(simulation.onNan());
  }

  /** Asks a solver for the derivatives of its claims. */
  public Solver differentiated(Solver solver) {
    solver
        .gradientMethod(gradient.method())
        .gradientMemory(gradient.memory())
        .sensitivity(gradient.sensitivity())
        .gradient(firstOrder());
    for (Greek greek : greeks) {
      if (greek.order() == 2) {
        solver.secondOrder(greek.parameters().get(0), greek.parameters().get(1));
      } else if (greek.order() == 0) {
        solver.theta();
      }
    }
    return solver;
  }

  /** Whether derivatives in the nodes of curves are among them. */
  boolean nodes() {
    return greeks.stream().anyMatch(greek -> greek.tenor().isPresent());
  }

  /** The parameters of first derivatives, each once. */
  private List<String> firstOrder() {
    Set<String> names = new LinkedHashSet<>();
    greeks.stream().filter(greek -> greek.order() == 1).forEach(g -> names.addAll(g.parameters()));
    return List.copyOf(names);
  }

  /** Names the estimate of a trade's value, and its claim. */
  public static String id(TradeSpec trade) {
    return id(trade.id());
  }

  /** Names the estimate of the value of a trade of some id. */
  public static String id(String trade) {
    return "npv/" + trade;
  }

  /** The trades as claims, in their order. */
  public List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    if (!trades.isEmpty()) {
      Expr price = spot.sde().observables().getOrDefault(ModelSpec.PRICE, Expr.ONE);
      Contracts contracts = new Contracts(price, discounting());
      trades.forEach(trade -> claims.add(claim(contracts, spot.sde(), trade)));
    }
    return claims;
  }

  private Discounting discounting() {
    ZeroCurve curve = model.curves().get(ModelSpec.RATE);
    return curve == null
        ? Discounting.rate(Expr.param(ModelSpec.RATE))
        : nodes()
            ? Discounting.curve(ModelSpec.RATE, curve::discount)
            : Discounting.curve(curve::discount);
  }

  private static Claim claim(Contracts contracts, Sde sde, TradeSpec trade) {
    String id = id(trade);
    double strike = trade.strike();
    double expiry = trade.expiry();
    if (trade instanceof TradeSpec.European t) {
      return contracts.european(id, t.option(), strike, expiry);
    }
    if (trade instanceof TradeSpec.Digital t) {
      return contracts.digital(id, t.option(), strike, t.payout(), expiry);
    }
    if (trade instanceof TradeSpec.Asian t) {
      return contracts.asian(id, t.option(), t.averaging(), strike, expiry, t.fixings());
    }
    if (trade instanceof TradeSpec.ZeroCoupon) {
      Expr factor = sde.observables().get(ModelSpec.DISCOUNT);
      return factor == null
          ? contracts.zeroCoupon(id, expiry)
          : Contracts.zeroCoupon(id, factor, expiry);
    }
    if (trade instanceof TradeSpec.Barrier t && t.always()) {
      Expr variance = QuadraticVariation.of(sde, sde.observables().get(ModelSpec.PRICE).log());
      return contracts.continuousBarrier(
          id, t.option(), strike, expiry, t.kind(), t.barrier(), variance, sde.states().size());
    }
    if (trade instanceof TradeSpec.Barrier t) {
      return contracts.barrier(
          id, t.option(), strike, expiry, t.kind(), t.barrier(), t.monitoring());
    }
    return contracts.forward(id, strike, expiry);
  }
}
