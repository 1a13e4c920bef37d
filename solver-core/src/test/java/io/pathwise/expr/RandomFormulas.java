package io.pathwise.expr;

import java.util.SplittableRandom;

/**
 * Random formulas of the states {@code x}, {@code y} and the parameter {@code a} that are finite
 * everywhere, each with its value by an evaluation of its own.
 */
public final class RandomFormulas {
  private static final String[] ONE = {"sin", "cos", "tanh", "sigmoid", "abs"};

  private final SplittableRandom random;

  /** The formulas of a seed. */
  public RandomFormulas(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * A formula.
   *
   * @param text as a user writes it
   * @param value its value at a point
   */
  public record Sample(String text, Value value) {}

  /** The value of a formula at a point. */
  @FunctionalInterface
  public interface Value {
    /** At states x and y and parameter a; {@code largest} collects the size of what it passes. */
    double at(double x, double y, double a, double[] largest);
  }

  /** The next formula, at most so many operations deep. */
  public Sample next(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf();
    }
    Sample p = next(depth - 1);
    return switch (random.nextInt(10)) {
      case 0 -> two(p, next(depth - 1), '+');
      case 1 -> two(p, next(depth - 1), '-');
      case 2 -> two(p, next(depth - 1), '*');
      case 3 -> {
        Sample q = next(depth - 1);
        yield sample(
            "(" + p.text() + ")/(1 + abs(" + q.text() + "))",
            (x, y, a, m) -> p.value().at(x, y, a, m) / (1 + Math.abs(q.value().at(x, y, a, m))));
      }
      case 4 -> {
        Sample q = next(depth - 1);
        boolean larger = random.nextBoolean();
        yield sample(
            (larger ? "max(" : "min(") + p.text() + ", " + q.text() + ")",
            (x, y, a, m) -> {
              double u = p.value().at(x, y, a, m);
              double v = q.value().at(x, y, a, m);
              return larger ? Math.max(u, v) : Math.min(u, v);
            });
      }
      case 5 ->
          sample(
              "exp(min(" + p.text() + ", 2))",
              (x, y, a, m) -> StrictMath.exp(Math.min(p.value().at(x, y, a, m), 2)));
      case 6 ->
          sample(
              "log(0.5 + abs(" + p.text() + "))",
              (x, y, a, m) -> StrictMath.log(0.5 + Math.abs(p.value().at(x, y, a, m))));
      case 7 ->
          sample(
              "sqrt(1 + (" + p.text() + ")^2)",
              (x, y, a, m) -> {
                double u = p.value().at(x, y, a, m);
                return Math.sqrt(1 + u * u);
              });
      case 8 -> sample("-(" + p.text() + ")", (x, y, a, m) -> -p.value().at(x, y, a, m));
      default -> one(p, ONE[random.nextInt(ONE.length)]);
    };
  }

  private Sample leaf() {
    return switch (random.nextInt(4)) {
      case 0 -> sample("x", (x, y, a, m) -> x);
      case 1 -> sample("y", (x, y, a, m) -> y);
      case 2 -> sample("a", (x, y, a, m) -> a);
      default -> {
        double number = random.nextInt(1, 400) / 100.0;
        yield sample(Double.toString(number), (x, y, a, m) -> number);
      }
    };
  }

  private static Sample two(Sample p, Sample q, char operator) {
    return sample(
        "(" + p.text() + " " + operator + " " + q.text() + ")",
        (x, y, a, m) -> {
          double u = p.value().at(x, y, a, m);
          double v = q.value().at(x, y, a, m);
          return operator == '+' ? u + v : operator == '-' ? u - v : u * v;
        });
  }

  private static Sample one(Sample p, String function) {
    return sample(
        function + "(" + p.text() + ")",
        (x, y, a, m) -> {
          double u = p.value().at(x, y, a, m);
          return switch (function) {
            case "sin" -> StrictMath.sin(u);
            case "cos" -> StrictMath.cos(u);
            case "tanh" -> StrictMath.tanh(u);
            case "sigmoid" -> 1 / (1 + StrictMath.exp(-u));
            default -> Math.abs(u);
          };
        });
  }

  private static Sample sample(String text, Value value) {
    return new Sample(
        text,
        (x, y, a, m) -> {
          double v = value.at(x, y, a, m);
          m[0] = Math.max(m[0], Math.abs(v));
          return v;
        });
  }
}
