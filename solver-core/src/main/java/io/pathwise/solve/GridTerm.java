package io.pathwise.solve;

import io.pathwise.expr.Expr;

/** What moves a state on a fixed grid after the step of the scheme, with normals of its own. */
interface GridTerm {

  /** How many standard normals a step takes. */
  int normals();

  /**
   * The state after the term has acted.
   *
   * @param start the state at the start of the step
   * @param before the state before the term acts
   * @param middle the time in the middle of the step, of the whole one where it spans two
   * @param dt the size of the step
   * @param z {@link #normals} standard normals
   */
  Expr after(Expr start, Expr before, Expr middle, Expr dt, Expr z);
}
