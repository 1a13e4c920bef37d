package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loss of several states is swept once. */
class JoinedSourcesTest {
  private static final Sde SDE =
      Sde.ito("pair")
          .parameters("a", "b", "sigma")
          .state("x", Expr.param("a"))
          .state("y", Expr.of(0.5))
          .drift((t, y) -> Expr.concat(List.of(y.get(1), y.get(0).times(Expr.param("b")).neg())))
          .diagonal((t, y) -> y.times(Expr.param("sigma")));

  private static Solver solver() {
    return Solver.of(SDE)
        .parameters(Map.of("a", 1.0, "b", 0.7, "sigma", 0.3))
        .step(1.0 / 16)
        .threads(1)
        .claim(Claim.value("loss", SDE.state().square().sum().times(Expr.param("b")), 1.0));
  }

  private static int sweeps(PathRun run) {
    int[] begun = {0};
    Itinerary itinerary = new Itinerary(run, new ProgramFragments(run.program()));
    for (Itinerary.Call call : itinerary.calls()) {
      call.on(
          (Itinerary.Visitor)
              Proxy.newProxyInstance(
                  Itinerary.Visitor.class.getClassLoader(),
                  new Class<?>[] {Itinerary.Visitor.class},
                  (proxy, method, arguments) -> {
                    begun[0] += method.getName().equals("begin") ? 1 : 0;
                    return null;
                  }));
    }
    return begun[0];
  }

  @Test
  void aLossOfTwoStatesIsSweptOnce() {
    assertThat(sweeps(solver().gradient("a", "b", "sigma").plan().fine())).isEqualTo(1);
  }

  @Test
  void moreOutputsThanStatesAreSweptByState() {
    Solver solver = solver().gradient("a");
    for (int i = 1; i <= 3; i++) {
      solver.claim(Claim.value("loss" + i, SDE.state().square().sum().times(i), 1.0));
    }
    assertThat(sweeps(solver.plan().fine())).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"STORED", "CHECKPOINTED"})
  void theDerivativeIsThatOfForwardMode(GradientMethod method) {
    Solution swept = solver().gradient("a", "b", "sigma").gradientMethod(method).solve(1_000);
    Solution carried =
        solver().gradient("a", "b", "sigma").gradientMethod(GradientMethod.TANGENT).solve(1_000);
    for (String name : List.of("a", "b", "sigma")) {
      double expected = carried.derivative("loss", name).mean();
      assertThat(swept.derivative("loss", name).mean())
          .as(name)
          .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
      assertThat(swept.derivative("loss", name).standardError())
          .isCloseTo(carried.derivative("loss", name).standardError(), within(1e-12));
    }
  }

  @Test
  void theValueIsThatWithoutDerivatives() {
    assertThat(solver().gradient("a").solve(1_000).value("loss"))
        .isEqualTo(solver().solve(1_000).value("loss"));
  }
}
