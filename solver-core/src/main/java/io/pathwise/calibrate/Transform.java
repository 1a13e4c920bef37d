package io.pathwise.calibrate;

/** How a parameter of a model becomes an unbounded coordinate z of an optimiser. */
public enum Transform {
  /** z = p: for parameters without bounds, or optimisers that know the box. */
  IDENTITY {
    @Override
    double coordinate(double value, double lower, double upper) {
      return value;
    }

    @Override
    double value(double z, double lower, double upper) {
      return z;
    }

    @Override
    double slope(double z, double lower, double upper) {
      return 1;
    }
  },
  /** z = ln(p - lower): above the lower bound, whatever the upper one. */
  LOG {
    @Override
    double coordinate(double value, double lower, double upper) {
      return StrictMath.log(value - lower);
    }

    @Override
    double value(double z, double lower, double upper) {
      return lower + StrictMath.exp(z);
    }

    @Override
    double slope(double z, double lower, double upper) {
      return StrictMath.exp(z);
    }
  },
  /** z = ln((p - lower) / (upper - p)): between the bounds. */
  LOGIT {
    @Override
    double coordinate(double value, double lower, double upper) {
      return StrictMath.log((value - lower) / (upper - value));
    }

    @Override
    double value(double z, double lower, double upper) {
      return z >= 0 ? upper - (upper - lower) * share(-z) : lower + (upper - lower) * share(z);
    }

    @Override
    double slope(double z, double lower, double upper) {
      double share = share(-Math.abs(z));
      return (upper - lower) * share * (1 - share);
    }

    /** exp(z) / (1 + exp(z)) for z of at most 0. */
    private static double share(double z) {
      double growth = StrictMath.exp(z);
      return growth / (1 + growth);
    }
  };

  /** The coordinate of a value inside the bounds. */
  abstract double coordinate(double value, double lower, double upper);

  /** The value of a coordinate. */
  abstract double value(double z, double lower, double upper);

  /** dp/dz. */
  abstract double slope(double z, double lower, double upper);
}
