package io.pathwise.adjoint;

import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonSpotPrice;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.OptionType;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Delta, the sensitivities in the five parameters of Heston's model, in the rate and the yield,
 * against those of the semi-analytic price: within 4 standard errors, a false alarm in 16,000
 * estimates; the seed is fixed. The steps are so small that their bias is lost in that.
 */
class HestonGreeksTest {
  private static final double[] STRIKES = {85, 100, 115};

  @ParameterizedTest(name = "{0} at 1/{1} a year, Feller''s condition holds: {2}")
  @CsvSource({
    "euler, 64, true, 50000",
    "dri1, 32, true, 50000",
    "heston-qe, 16, true, 50000",
    "euler, 200, false, 25000",
    "heston-qe, 16, false, 100000"
  })
  void everySensitivityIsThatOfTheFormula(String scheme, int steps, boolean feller, long paths) {
    Map<String, Double> parameters = feller ? Greeks.CALM : Greeks.TRUNCATED;
    Solver solver = Greeks.heston(parameters, scheme, 1.0 / steps).gradient(Greeks.HESTON_NAMES);
    Contracts contracts = Greeks.contracts(Greeks.sde("heston"));
    for (double strike : STRIKES) {
      solver.claim(contracts.european("K" + strike, type(strike), strike, 1));
    }
    Solution solution = solver.solve(paths);
    for (double strike : STRIKES) {
      String id = "K" + strike;
      HestonSpotPrice exact =
          Greeks.analytic(parameters)
              .priceAtSpot(
                  new EuropeanOption(type(strike), strike), Greeks.SPOT, Greeks.R, Greeks.Q, 1);
      Greeks.assertClose(id, solution.value(id), exact.price());
      for (String name : Greeks.HESTON_NAMES) {
        Greeks.assertClose(
            id + " in " + name, solution.derivative(id, name), exact.derivative(name));
      }
    }
  }

  private static OptionType type(double strike) {
    return strike < Greeks.SPOT ? OptionType.PUT : OptionType.CALL;
  }
}
