package io.pathwise.noise;

/**
 * The law of W and H over the first part r of a unit interval given W and H over the interval, by
 * Gaussian conditioning: the four numbers of both parts are independent, W ~ N(0, r) and H ~ N(0,
 * r/12), and the interval's are W = W' + W'' and H = (1-r)/2 W' - r/2 W'' + r H' + (1-r) H''.
 *
 * @param gain the 2 x 2 matrix that takes the interval's (W, H) to the mean, row by row
 * @param factor the lower triangular factor of the covariance: (0,0), (1,0), (1,1)
 */
record BridgeLaw(double[] gain, double[] factor) {

  /** For a part 0 < r < 1. */
  static BridgeLaw of(double r) {
    double q = 1 - r;
    double varianceW = r;
    double varianceH = r / 12;
    double covWw = r;
    double covWh = varianceW * q / 2;
    double covHh = varianceH * r;
    // The interval's own W and H are independent, with variances 1 and 1/12.
    double[] gain = {covWw, 12 * covWh, 0, 12 * covHh};
    double a = varianceW - gain[0] * covWw - gain[1] * covWh;
    double b = -gain[1] * covHh;
    double d = varianceH - gain[3] * covHh;
    double first = Math.sqrt(Math.max(a, 0));
    double cross = first > 0 ? b / first : 0;
    double second = Math.sqrt(Math.max(d - cross * cross, 0));
    return new BridgeLaw(gain, new double[] {first, cross, second});
  }

  /** W and H over the part, given those of the interval and two normals of its variance. */
  double[] draw(double w, double h, double z1, double z2) {
    return new double[] {
      gain[0] * w + gain[1] * h + factor[0] * z1,
      gain[2] * w + gain[3] * h + factor[1] * z1 + factor[2] * z2
    };
  }
}
