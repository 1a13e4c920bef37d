package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrence that runs backward in time over dates before a path starts, such as an encoder of
 * observations: its value at a date is made of what the path brings along for the date and its
 * value at the date after, which is 0 after the last date. Steps, functionals and initial values
 * read it like what the path brings along.
 *
 * @param name names the value
 * @param size the elements of the value
 * @param step the value at a date, a vector: reads {@link #later}, what the path brings along and
 *     parameters
 */
public record Recurrence(String name, int size, Expr step) {

  /** Checks the shape of the value. */
  public Recurrence {
    if (!step.shape().equals(Shape.vector(size))) {
      throw new IllegalArgumentException(
          "recurrence " + name + " is a " + step.shape() + ", expected a vector " + size);
    }
  }

  /** What a path brings along under a name: a vector, as the rest of a program reads it. */
  public static Expr input(String name, int size) {
    return Expr.leaf(Leaf.INPUT, name, Shape.vector(size));
  }

  /** The value at the date after, as the step of a recurrence reads it: a vector. */
  public static Expr later(String name, int size) {
    return Expr.leaf(Leaf.LANE, "later:" + name, Shape.vector(size));
  }

  /** The value, as the rest of a program reads it: a vector. */
  public Expr value() {
    return input(name, size);
  }

  /** The scalars of the value at the date after. */
  public List<Expr> laterElements() {
    return elements(later(name, size));
  }

  /** The scalars of the step. */
  List<Expr> scalars() {
    return Scalarise.scalars(List.of(step));
  }

  /** The scalar leaves of a vector. */
  static List<Expr> elements(Expr vector) {
    List<Expr> elements = new ArrayList<>();
    for (int j = 0; j < vector.shape().size(); j++) {
      elements.add(Scalarise.element(vector, j));
    }
    return elements;
  }
}
