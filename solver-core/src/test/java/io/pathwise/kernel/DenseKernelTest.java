package io.pathwise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dense layers and their derivatives in kernels: bits, form, and derivatives. */
class DenseKernelTest {
  private static final int LANES = 19;

  private static Scheme scheme(String name) {
    return Schemes.find(name).orElseThrow();
  }

  private static PathProgram program(Perceptron equation, String scheme, Precision precision) {
    return equation
        .solver(scheme(scheme), 4)
        .precision(precision)
        .gradient(equation.sde().parameters())
        .plan()
        .fine()
        .program();
  }

  /** Runs a fragment on random numbers, and compares every target with the interpreter's. */
  private static void hasTheBitsOfTheInterpreter(CompiledProgram compiled, FragmentPlan plan) {
    SplittableRandom random = new SplittableRandom(7);
    Fragment fragment = plan.fragment();
    double[][] table = Lanes.blocks(plan.tableSize());
    for (int i = 0; i < plan.inputs().size(); i++) {
      for (int l = 0; l < LANES; l++) {
        table[i][l] = random.nextDouble(-1, 1);
      }
    }
    double[][] given = new double[plan.inputs().size()][];
    for (int i = 0; i < given.length; i++) {
      given[i] = table[i].clone();
    }
    Map<Expr, Double> uniforms = new HashMap<>();
    double[] numbers =
        new Interpreter(plan.numbers())
            .evaluate(
                leaf -> uniforms.computeIfAbsent(leaf, k -> random.nextDouble(-1, 1)), word -> 3);
    long[] words = new Interpreter(plan.words()).evaluateWords(leaf -> 0, word -> 3);
    int number = compiled.fragments().number(fragment.name());
    compiled.kernel().run(number, table, numbers, 0, words, 0, LANES);
    Interpreter interpreter = new Interpreter(fragment.values());
    for (int l = 0; l < LANES; l++) {
      int lane = l;
      double[] expected =
          interpreter.evaluate(
              leaf ->
                  leaf.varying()
                      ? given[plan.inputs().indexOf(leaf)][lane]
                      : uniforms.computeIfAbsent(leaf, k -> random.nextDouble(-1, 1)),
              word ->
                  word.varying()
                      ? Double.doubleToRawLongBits(given[plan.inputs().indexOf(word)][lane])
                      : 3);
      for (int t = 0; t < expected.length; t++) {
        assertThat(Double.doubleToLongBits(table[plan.targetIndex(t)][l]))
            .as("%s, lane %s, target %s", fragment.name(), l, fragment.targets().get(t).name())
            .isEqualTo(Double.doubleToLongBits(expected[t]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, 32, false, reversible-heun, DOUBLE",
    "4, 8, true, reversible-heun, DOUBLE",
    "3, 5, true, heun, DOUBLE",
    "2, 7, false, slow-rk, DOUBLE",
    "1, 9, false, midpoint, DOUBLE",
    "3, 6, false, heun, SINGLE"
  })
  void everyFragmentOfAnEquationWithLayersHasTheBitsOfTheInterpreter(
      int states, int hidden, boolean deep, String scheme, Precision precision) {
    PathProgram program = program(new Perceptron(states, hidden, deep), scheme, precision);
    CompiledProgram compiled = KernelCache.shared().get(program);
    for (FragmentPlan plan : compiled.fragments().plans()) {
      hasTheBitsOfTheInterpreter(compiled, plan);
    }
  }

  @Test
  void theCodeOfLargerLayersHasHardlyMoreLoops() {
    assertThat(methods(new Perceptron(4, 32, false)))
        .isLessThan(methods(new Perceptron(4, 16, false)) + 10)
        .isLessThan(100);
  }

  private static long methods(Perceptron equation) {
    String source =
        new ProgramFragments(program(equation, "reversible-heun", Precision.DOUBLE)).javaSource();
    return source.lines().filter(line -> line.startsWith("  static void loop")).count();
  }

  @Test
  void aLayerAndItsTransposeAreComputedInTiles() {
    ProgramFragments fragments =
        new ProgramFragments(program(new Perceptron(4, 32, false), "heun", Precision.DOUBLE));
    // Two stages: a tile of a row of 4 weights, 4 rows in tiles of 2 factors.
    assertThat(new DenseRows(fragments.plan("step").fragment()).tiles(1)).hasSize(32);
    assertThat(new DenseRows(fragments.plan("step").fragment()).tiles(2)).hasSize(4 + 14);
    assertThat(new Accumulations(fragments.plan("stepReverse").fragment()).tiles())
        .hasSize(2 * 4 * 32 + 32 + 4);
  }

  @Test
  void theGradientInEveryWeightIsThatOfFiniteDifferencesOnTheSameNoise() {
    Perceptron equation = new Perceptron(2, 6, true);
    List<String> names = equation.sde().parameters();
    Solver solver = equation.solver(scheme("reversible-heun"), 5).threads(1);
    Solution solution = solver.gradient(names).solve(64);
    Map<String, Double> at = solver.plan().fine().parameters();
    for (String name : names) {
      double h = 1e-4;
      double up = value(equation, at, name, h);
      double down = value(equation, at, name, -h);
      double wide = (value(equation, at, name, 2 * h) - value(equation, at, name, -2 * h)) / 4 / h;
      double slope = (4 * (up - down) / 2 / h - wide) / 3;
      assertThat(solution.derivative("end", name).mean())
          .as(name)
          .isCloseTo(slope, within(1e-6 * Math.max(1e-3, Math.abs(slope))));
    }
  }

  private static double value(
      Perceptron equation, Map<String, Double> at, String name, double bump) {
    return equation
        .solver(scheme("reversible-heun"), 5)
        .threads(1)
        .parameters(at)
        .parameters(Map.of(name, at.get(name) + bump))
        .solve(64)
        .value("end")
        .mean();
  }

  @Test
  void theNameOfAMatrixStandsForItsElementsRowByRow() {
    Perceptron equation = new Perceptron(2, 3, false);
    Solver solver =
        equation.solver(scheme("heun"), 4).parameters("fw1", new double[] {1, 2, 3, 4, 5, 6});
    PathProgram program = solver.gradient("fw1", "b").plan().fine().program();
    assertThat(program.gradient())
        .containsExactly(
            "fw1[0]", "fw1[1]", "fw1[2]", "fw1[3]", "fw1[4]", "fw1[5]", "b[0]", "b[1]");
    assertThat(solver.plan().fine().parameters()).containsEntry("fw1[2]", 3.0);
    assertThatThrownBy(() -> solver.parameters("fw1", new double[5]))
        .hasMessage("perceptron: 5 values for parameter fw1, expected 6");
  }
}
