package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import java.util.List;
import java.util.Objects;

/**
 * A template of the work that prepares the noise of a whole path before its first step, such as one
 * number of a quasi-random sequence or one butterfly of a Fourier transform. It reads arrays that
 * were written before, the number of the path, the seed and the stream, and uniform values that
 * each {@linkplain PreparedNoise.Call call} brings along.
 *
 * @param name names the piece in generated source
 * @param inputs the arrays that are read, see {@link #input}
 * @param numbers the names of the uniform doubles, see {@link #number}
 * @param words the names of the uniform 64-bit integers, see {@link #word}
 * @param values what is written: scalars, one an output array; an array may also hold the bits of
 *     64-bit integers
 */
public record Preparation(
    String name, int inputs, List<String> numbers, List<String> words, List<Expr> values) {

  /** Freezes the lists. */
  public Preparation {
    Objects.requireNonNull(name);
    numbers = List.copyOf(numbers);
    words = List.copyOf(words);
    values = List.copyOf(values);
  }

  /** The value of input array number i. */
  public static Expr input(int i) {
    return Expr.leaf(Leaf.LANE, "in[" + i + "]");
  }

  /** A uniform double of the call. */
  public static Expr number(String name) {
    return Expr.leaf(Leaf.STEP, name);
  }

  /** A uniform 64-bit integer of the call. */
  public static Expr word(String name) {
    return Expr.leaf(Leaf.WORD, name);
  }

  /** Where output number i is written. */
  public static Expr output(int i) {
    return Expr.leaf(Leaf.LANE, "out[" + i + "]");
  }
}
