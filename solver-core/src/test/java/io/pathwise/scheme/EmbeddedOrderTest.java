package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The embedded states as schemes of their own; 256 paths of a fixed seed, as in OrderTest. */
class EmbeddedOrderTest {

  static List<SchemeCases.Case> cases() {
    return SchemeCases.all().stream()
        .filter(one -> one.scheme().adaptive(one.problem().sde()) && embedded(one).isPresent())
        .toList();
  }

  private static Optional<Embedded> embedded(SchemeCases.Case one) {
    Sde sde = one.problem().sde();
    return one.scheme().embedded(sde, new Step(StepGraph.brownian("b", sde.channels()), null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void anEmbeddedStateConvergesHalfAnOrderBelowItsDistanceFromTheStep(SchemeCases.Case one) {
    Orders.Measured measured = Orders.strong(new Alone(one.scheme()), one.problem());
    assertThat(measured.order())
        .as(measured.toString())
        .isCloseTo(embedded(one).orElseThrow().order() - 0.5, within(0.15));
  }

  /** Steps to the embedded state. */
  private record Alone(Scheme of) implements Scheme {
    @Override
    public String name() {
      return of.name();
    }

    @Override
    public String description() {
      return of.description();
    }

    @Override
    public double strongOrder(NoiseType noise) {
      return of.strongOrder(noise);
    }

    @Override
    public double weakOrder(NoiseType noise) {
      return of.weakOrder(noise);
    }

    @Override
    public Set<Calculus> calculi() {
      return of.calculi();
    }

    @Override
    public Set<NoiseType> noiseTypes() {
      return of.noiseTypes();
    }

    @Override
    public Set<LevyTerm> levyTerms(Sde sde) {
      return Set.of(LevyTerm.SPACE_TIME);
    }

    @Override
    public Expr step(Sde sde, Step step) {
      return of.embedded(sde, step).orElseThrow().state();
    }
  }
}
