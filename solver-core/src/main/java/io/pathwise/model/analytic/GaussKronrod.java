package io.pathwise.model.analytic;

/**
 * The 21-point Kronrod rule and the 10-point Gauss rule inside it on [-1, 1] (Piessens et al.,
 * "QUADPACK", 1983, routine QK21; Kronrod 1965).
 */
final class GaussKronrod {
  /** Non-negative nodes, largest first; those of odd index belong to the Gauss rule as well. */
  private static final double[] NODES = {
    0.9956571630258081,
    0.9739065285171717,
    0.9301574913557082,
    0.8650633666889845,
    0.7808177265864169,
    0.6794095682990244,
    0.5627571346686047,
    0.4333953941292472,
    0.2943928627014602,
    0.14887433898163122,
    0
  };

  private static final double[] KRONROD = {
    0.011694638867371874, 0.032558162307964725,
    0.054755896574351995, 0.07503967481091996,
    0.0931254545836976, 0.10938715880229764,
    0.12349197626206584, 0.13470921731147334,
    0.14277593857706009, 0.14773910490133849,
    0.1494455540029169
  };

  private static final double[] GAUSS = {
    0.06667134430868814, 0.1494513491505806,
    0.21908636251598204, 0.26926671930999635,
    0.29552422471475287
  };

  static final int SIZE = 2 * NODES.length - 1;

  private GaussKronrod() {}

  /** Node i of 0 .. 20, in increasing order. */
  static double node(int i) {
    return i < NODES.length ? -NODES[i] : NODES[SIZE - 1 - i];
  }

  /** The Kronrod weight of node i. */
  static double kronrodWeight(int i) {
    return KRONROD[fold(i)];
  }

  /** The Gauss weight of node i; 0 for a node that is Kronrod's alone. */
  static double gaussWeight(int i) {
    int k = fold(i);
    return k % 2 == 1 ? GAUSS[k / 2] : 0;
  }

  private static int fold(int i) {
    return Math.min(i, SIZE - 1 - i);
  }
}
