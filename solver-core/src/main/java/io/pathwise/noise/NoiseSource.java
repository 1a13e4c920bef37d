package io.pathwise.noise;

/** Where the normals of the paths come from; part of the identity of a run. */
public sealed interface NoiseSource {

  /** Independent pseudo-random normals: the plain Monte Carlo method. */
  NoiseSource PSEUDO = new Pseudo();

  /** Independent pseudo-random normals: the plain Monte Carlo method. */
  record Pseudo() implements NoiseSource {}

  /**
   * Scrambled Sobol points ({@link SobolDirections}, {@link OwenScramble}), one a path; the error
   * is estimated from independent randomisations of the point set (Owen 1997, "Scrambled net
   * variance for integrals of smooth functions": N^-3 for smooth integrands where plain sampling
   * has N^-1).
   *
   * @param randomisations how many, at least 2; the paths are split evenly over them, a power of
   *     two each
   * @param bridge whether a Brownian bridge gives the leading coordinates to the coarsest features
   *     of the path (Caflisch, Morokoff and Owen 1997); without, they follow time
   */
  record Sobol(int randomisations, boolean bridge) implements NoiseSource {

    /** Checks the number. */
    public Sobol {
      if (randomisations < 2) {
        throw new IllegalArgumentException(
            "randomisations = "
                + randomisations
                + ", expected at least 2: the error is estimated"
                + " from them");
      }
    }
  }

  /**
   * The terminal value of the first Brownian channel in equally likely strata, the same number of
   * paths in each; the rest of the path follows by a Brownian bridge (Glasserman 2003, section
   * 4.3.2).
   *
   * @param strata how many, a power of two from 2 to 2^20; the paths are split evenly over them
   */
  record Stratified(int strata) implements NoiseSource {

    /** Checks the number. */
    public Stratified {
      if (strata < 2 || strata > 1 << 20 || Integer.bitCount(strata) != 1) {
        throw new IllegalArgumentException(
            "strata = " + strata + ", expected a power of two from 2 to " + (1 << 20));
      }
    }
  }
}
