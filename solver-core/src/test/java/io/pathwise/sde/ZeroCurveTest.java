package io.pathwise.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ZeroCurveTest {
  private static final double[] TIMES = {0.5, 1, 2};
  private static final double[] RATES = {0.02, 0.03, 0.04};
  private final ZeroCurve curve = new ZeroCurve(TIMES, RATES);

  @Test
  void discountsAtTheNodesAreThoseOfTheZeroRates() {
    for (int i = 0; i < TIMES.length; i++) {
      assertThat(curve.discount(TIMES[i])).isEqualTo(Math.exp(-RATES[i] * TIMES[i]));
      assertThat(curve.zeroRate(TIMES[i])).isCloseTo(RATES[i], within(1e-16));
    }
    assertThat(curve.discount(0)).isEqualTo(1);
  }

  @Test
  void forwardsAreConstantBetweenNodes() {
    double expected = (0.03 * 1 - 0.02 * 0.5) / 0.5;
    assertThat(curve.forward(0.5, 1)).isCloseTo(expected, within(1e-15));
    assertThat(curve.forward(0.6, 0.7)).isCloseTo(expected, within(1e-14));
    assertThat(curve.forward(0.9, 0.99)).isCloseTo(expected, within(1e-14));
  }

  @Test
  void theZeroRateIsFlatBeforeTheFirstNode() {
    assertThat(curve.zeroRate(0)).isEqualTo(0.02);
    assertThat(curve.zeroRate(0.1)).isEqualTo(0.02);
    assertThat(curve.forward(0, 0.25)).isCloseTo(0.02, within(1e-16));
  }

  @Test
  void theForwardIsFlatAfterTheLastNode() {
    double last = (0.04 * 2 - 0.03 * 1) / 1;
    assertThat(curve.forward(2, 30)).isCloseTo(last, within(1e-14));
    assertThat(curve.discount(3)).isCloseTo(Math.exp(-(0.08 + last)), within(1e-15));
  }

  @Test
  void forwardsOverAPathMultiplyToTheDiscount() {
    double product = 1;
    for (int i = 0; i < 300; i++) {
      product *= Math.exp(-curve.forward(i / 100.0, (i + 1) / 100.0) / 100.0);
    }
    assertThat(product).isCloseTo(curve.discount(3), within(1e-13));
  }

  @Test
  void aSingleNodeIsAFlatCurve() {
    ZeroCurve flat = ZeroCurve.flat(0.05);
    assertThat(flat.discount(10)).isCloseTo(Math.exp(-0.5), within(1e-15));
    assertThat(flat.forward(0.1, 7)).isCloseTo(0.05, within(1e-15));
  }

  @Test
  void nodesCannotBeChangedFromOutside() {
    double[] times = {1, 2};
    ZeroCurve copied = new ZeroCurve(times, new double[] {0.1, 0.2});
    times[0] = 9;
    copied.times()[1] = 9;
    copied.zeroRates()[0] = 9;
    assertThat(copied).isEqualTo(new ZeroCurve(new double[] {1, 2}, new double[] {0.1, 0.2}));
  }

  @Test
  void curvesWithTheSameNodesAreEqual() {
    assertThat(curve)
        .isEqualTo(new ZeroCurve(TIMES, RATES))
        .hasSameHashCodeAs(new ZeroCurve(TIMES, RATES))
        .isNotEqualTo(new ZeroCurve(TIMES, new double[] {0.02, 0.03, 0.05}))
        .isNotEqualTo("a curve");
    assertThat(curve).hasToString("ZeroCurve[times=[0.5, 1.0, 2.0], zeroRates=[0.02, 0.03, 0.04]]");
  }

  @Test
  void aCurveTravelsThroughJavaSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(curve);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(curve);
    }
  }

  @Test
  void timesMustIncrease() {
    assertThatThrownBy(() -> new ZeroCurve(new double[] {1, 1}, new double[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time 1.0 of node 2")
        .hasMessageContaining("above 1.0");
    assertThatThrownBy(() -> new ZeroCurve(new double[] {0}, new double[] {0}))
        .hasMessageContaining("time 0.0 of node 1");
    assertThatThrownBy(() -> new ZeroCurve(new double[] {Double.NaN}, new double[] {0}))
        .hasMessageContaining("time NaN");
  }

  @Test
  void ratesMustBeFiniteAndAsManyAsTimes() {
    assertThatThrownBy(() -> new ZeroCurve(new double[] {1}, new double[] {Double.NaN}))
        .hasMessageContaining("rate NaN of node 1");
    assertThatThrownBy(() -> new ZeroCurve(new double[] {1}, new double[] {}))
        .hasMessageContaining("1 times and 0 zero rates");
    assertThatThrownBy(() -> new ZeroCurve(new double[] {}, new double[] {}))
        .hasMessageContaining("at least one");
  }

  @Test
  void timesBeforeTodayAndEmptyIntervalsAreRefused() {
    assertThatThrownBy(() -> curve.discount(-0.1)).hasMessageContaining("time -0.1");
    assertThatThrownBy(() -> curve.zeroRate(Double.NaN)).hasMessageContaining("time NaN");
    assertThatThrownBy(() -> curve.forward(1, 1)).hasMessageContaining("from 1.0 to 1.0");
  }
}
