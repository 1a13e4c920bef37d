package io.pathwise.learn;

import io.pathwise.noise.Threefry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the elements of weights, and the values they start from. */
public final class Weights {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final double UNIT = 0x1p-53;

  private Weights() {}

  /** The names of all elements in order: what an equation declares as parameters. */
  public static String[] names(List<Weight> weights) {
    return weights.stream().flatMap(w -> w.elements().stream()).toArray(String[]::new);
  }

  /**
   * A value for every element. It depends on the seed, the name of the weight and the number of the
   * element alone, not on what else is in the network.
   *
   * @throws IllegalArgumentException if two weights have the same name
   */
  public static Map<String, Double> initial(List<Weight> weights, long seed) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Weight weight : weights) {
      long stream = hash(weight.name());
      List<String> elements = weight.elements();
      for (int i = 0; i < elements.size(); i++) {
        long bits = Threefry.block(seed, stream, i / 2, 0)[i % 2];
        double u = ((bits >>> 11) + 0.5) * UNIT;
        double value = weight.centre() + weight.spread() * (2 * u - 1);
        if (values.put(elements.get(i), value) != null) {
          throw new IllegalArgumentException(
              "two weights are named " + weight.name() + ", expected distinct names");
        }
      }
    }
    return values;
  }

  /** FNV-1a of the characters (Fowler, Noll and Vo), two bytes each. */
  private static long hash(String name) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      hash = (hash ^ (c & 0xFF)) * FNV_PRIME;
      hash = (hash ^ (c >>> 8)) * FNV_PRIME;
    }
    return hash;
  }
}
