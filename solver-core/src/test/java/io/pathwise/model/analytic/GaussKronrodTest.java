package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GaussKronrodTest {

  @Test
  void kronrodRuleIsExactForPolynomialsToDegreeThirtyOne() {
    for (int degree = 0; degree <= 31; degree++) {
      double exact = degree % 2 == 0 ? 2.0 / (degree + 1) : 0;
      assertThat(integral(degree, GaussKronrod::kronrodWeight)).isCloseTo(exact, within(1e-15));
    }
  }

  @Test
  void gaussRuleIsExactForPolynomialsToDegreeNineteenAndNotBeyond() {
    for (int degree = 0; degree <= 19; degree++) {
      double exact = degree % 2 == 0 ? 2.0 / (degree + 1) : 0;
      assertThat(integral(degree, GaussKronrod::gaussWeight)).isCloseTo(exact, within(1e-15));
    }
    assertThat(integral(20, GaussKronrod::gaussWeight)).isNotCloseTo(2.0 / 21, within(1e-7));
  }

  @Test
  void nodesIncreaseAndAreSymmetric() {
    for (int i = 1; i < GaussKronrod.SIZE; i++) {
      assertThat(GaussKronrod.node(i)).isGreaterThan(GaussKronrod.node(i - 1));
    }
    for (int i = 0; i < GaussKronrod.SIZE; i++) {
      int mirror = GaussKronrod.SIZE - 1 - i;
      assertThat(GaussKronrod.node(i) + GaussKronrod.node(mirror)).isZero();
    }
  }

  private static double integral(int degree, IntToDoubleFunction weight) {
    double sum = 0;
    for (int i = 0; i < GaussKronrod.SIZE; i++) {
      sum += weight.applyAsDouble(i) * Math.pow(GaussKronrod.node(i), degree);
    }
    return sum;
  }
}
