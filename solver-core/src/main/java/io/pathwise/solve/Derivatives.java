package io.pathwise.solve;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the derivatives of claims stand among the outputs of a run, and how they are found.
 *
 * @param claims by the number of the claim
 */
public record Derivatives(List<OfClaim> claims) {

  /** No derivatives. */
  public static final Derivatives NONE = new Derivatives(List.of());

  /** Copies the list. */
  public Derivatives {
    claims = List.copyOf(claims);
  }

  /**
   * A mean among the outputs of a run.
   *
   * @param output the number of the output
   * @param parameter the number of the parameter of the program's gradient in which the output is
   *     differentiated, -1 for the output itself
   */
  public record Place(int output, int parameter) {}

  /**
   * The derivatives of a claim.
   *
   * @param method the key of the sensitivity method
   * @param note why it is another one than was asked for, why there is none, or what its bias is;
   *     empty for nothing
   * @param first by parameter
   * @param second by the first and the second parameter
   */
  public record OfClaim(
      String method,
      String note,
      Map<String, Place> first,
      Map<String, Map<String, Place>> second) {
    /** Copies the maps. */
    public OfClaim {
      first = Map.copyOf(first);
      second = Map.copyOf(second);
    }
  }

  /** Where the derivative of a claim in a parameter stands; empty where it was not asked for. */
  public Optional<Place> first(int claim, String parameter) {
    return claim < claims.size()
        ? Optional.ofNullable(claims.get(claim).first().get(parameter))
        : Optional.empty();
  }

  /** Where a second derivative of a claim stands, in either order; empty where not asked for. */
  public Optional<Place> second(int claim, String first, String second) {
    if (claim >= claims.size()) {
      return Optional.empty();
    }
    Map<String, Map<String, Place>> all = claims.get(claim).second();
    Place place = all.getOrDefault(first, Map.of()).get(second);
    return Optional.ofNullable(
        place != null ? place : all.getOrDefault(second, Map.of()).get(first));
  }
}
