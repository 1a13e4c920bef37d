package io.pathwise.expr;

/** Placeholder replaced by the elementary functions in primitive operations. */
final class Elementary {
  private Elementary() {}

  static Expr exp(Expr x) { throw new UnsupportedOperationException(); }
  static Expr log(Expr x) { throw new UnsupportedOperationException(); }
  static Expr sin(Expr x) { throw new UnsupportedOperationException(); }
  static Expr cos(Expr x) { throw new UnsupportedOperationException(); }
  static Expr tanh(Expr x) { throw new UnsupportedOperationException(); }
  static Expr sigmoid(Expr x) { throw new UnsupportedOperationException(); }
  static Expr softplus(Expr x) { throw new UnsupportedOperationException(); }
  static Expr erf(Expr x) { throw new UnsupportedOperationException(); }
  static Expr normalCdf(Expr x) { throw new UnsupportedOperationException(); }
  static Expr inverseNormalCdf(Expr x) { throw new UnsupportedOperationException(); }
  static Expr pow(Expr x, Expr y) { throw new UnsupportedOperationException(); }
}
