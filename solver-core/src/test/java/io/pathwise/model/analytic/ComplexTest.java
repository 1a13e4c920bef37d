package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class ComplexTest {

  @Property(tries = 300)
  void squareRootSquaredIsTheNumberAndLiesInTheRightHalfPlane(
      @ForAll @Scale(6) @DoubleRange(min = -100, max = 100) double re,
      @ForAll @Scale(6) @DoubleRange(min = -100, max = 100) double im) {
    Complex z = new Complex(re, im);
    Complex root = z.sqrt();
    assertThat(root.re()).isNotNegative();
    close(root.square(), z, 1e-15 * z.modulus());
  }

  @Property(tries = 300)
  void logarithmUndoesTheExponential(
      @ForAll @Scale(6) @DoubleRange(min = -5, max = 5) double re,
      @ForAll @Scale(6) @DoubleRange(min = -3.1, max = 3.1) double im) {
    Complex z = new Complex(re, im);
    close(z.exp().plus(-1).log1p(), z, 1e-13);
    close(z.expm1(), z.exp().plus(-1), 1e-13);
  }

  @Property(tries = 300)
  void divisionUndoesMultiplication(
      @ForAll @Scale(6) @DoubleRange(min = -9, max = 9) double re,
      @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 9) double im) {
    Complex z = new Complex(re, im);
    Complex w = new Complex(2, -3);
    close(w.times(z).over(z), w, 1e-14);
    close(w.plus(z).minus(z), w, 1e-14);
    close(z.timesI(), z.times(new Complex(0, 1)), 0);
  }

  @Test
  void smallArgumentsLoseNoDigits() {
    Complex tiny = new Complex(1e-20, -2e-20);
    close(tiny.expm1(), tiny, 1e-36);
    close(tiny.log1p(), tiny, 1e-36);
  }

  @Test
  void squareRootOfZeroIsZeroAndOfANegativeNumberIsImaginary() {
    assertThat(Complex.ZERO.sqrt()).isEqualTo(Complex.ZERO);
    close(Complex.real(-4).sqrt(), new Complex(0, 2), 1e-15);
  }

  private static void close(Complex actual, Complex expected, double tolerance) {
    assertThat(actual.minus(expected).modulus()).isLessThanOrEqualTo(tolerance);
  }
}
