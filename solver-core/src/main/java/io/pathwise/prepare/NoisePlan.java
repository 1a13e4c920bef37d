package io.pathwise.prepare;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.PreparedNoise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Collects the templates, calls and arrays that prepare the noise of a path. */
final class NoisePlan {
  /** The array elements that one linear call adds up. */
  private static final int TERMS = 6;

  private static final double[] NO_NUMBERS = {};
  private static final long[] NO_WORDS = {};

  private static final Preparation ZERO =
      new Preparation("Zero", 0, List.of(), List.of(), List.of(Expr.ZERO));

  private static final Preparation LINEAR = linearTemplate();

  private final List<Preparation> templates = new ArrayList<>();
  private final List<PreparedNoise.Call> calls = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int arrays;
  private int zero = -1;

  private static Preparation linearTemplate() {
    List<String> weights = new ArrayList<>();
    Expr sum = Preparation.input(0);
    for (int i = 1; i <= TERMS; i++) {
      weights.add("w" + i);
      sum = Preparation.input(i).fma(Preparation.number("w" + i), sum);
    }
    return new Preparation("Linear", TERMS + 1, weights, List.of(), List.of(sum));
  }

  /** Adds a call that reads some arrays; returns the arrays that it writes. */
  int[] call(Preparation template, double[] numbers, long[] words, int... inputs) {
    int number = templates.indexOf(template);
    if (number < 0) {
      number = templates.size();
      templates.add(template);
    }
    int[] outputs = new int[template.values().size()];
    requireArrays(arrays + outputs.length);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = free.isEmpty() ? arrays++ : free.pop();
    }
    calls.add(new PreparedNoise.Call(number, numbers, words, inputs, outputs));
    return outputs;
  }

  /**
   * Refuses what no thread could hold.
   *
   * @throws IllegalArgumentException if so many arrays take more than a block of paths may
   */
  static void requireArrays(long count) {
    long bytes = count * Lanes.WIDTH * Double.BYTES;
    if (bytes > Lanes.LIMIT_BYTES) {
      throw new IllegalArgumentException(
          "noise that is prepared for a whole path takes "
              + count
              + " arrays or more, over "
              + (Lanes.LIMIT_BYTES >> 20)
              + " MiB a thread: use fewer steps or channels");
    }
  }

  /** A call without uniform integers. */
  int[] call(Preparation template, double[] numbers, int... inputs) {
    return call(template, numbers, NO_WORDS, inputs);
  }

  /** A call without uniform doubles. */
  int[] call(Preparation template, long[] words, int... inputs) {
    return call(template, NO_NUMBERS, words, inputs);
  }

  /** Gives an array back: later calls may write it. */
  void free(int... dead) {
    for (int array : dead) {
      free.push(array);
    }
  }

  /** An array of zeros, always the same. */
  int zero() {
    if (zero < 0) {
      zero = call(ZERO, NO_NUMBERS)[0];
    }
    return zero;
  }

  /** The sum of some arrays times uniform weights, in their order. */
  int linear(double[] weights, int[] terms) {
    int sum = zero();
    for (int from = 0; from < terms.length; from += TERMS) {
      double[] w = new double[TERMS];
      int[] inputs = new int[TERMS + 1];
      inputs[0] = sum;
      for (int i = 0; i < TERMS; i++) {
        boolean has = from + i < terms.length;
        w[i] = has ? weights[from + i] : 0;
        inputs[i + 1] = has ? terms[from + i] : zero();
      }
      int next = call(LINEAR, w, inputs)[0];
      if (sum != zero()) {
        free(sum);
      }
      sum = next;
    }
    return sum;
  }

  List<Preparation> templates() {
    return List.copyOf(templates);
  }

  PreparedNoise noise(int[][] normals, PreparedNoise.Grouping grouping, int groups) {
    return new PreparedNoise(arrays, calls, normals, grouping, groups);
  }
}
