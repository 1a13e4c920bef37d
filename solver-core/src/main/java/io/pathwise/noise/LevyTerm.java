package io.pathwise.noise;

/** What a step may ask of a Brownian motion beside its increment W over [s, s + h]. */
public enum LevyTerm {
  /** H = 1/h int (W_u - (u/h) W) du, the area between the path and its chord: normal, h/12. */
  SPACE_TIME,
  /** K = 1/h^2 int (W_u - (u/h) W) (h/2 - u) du: normal, variance h/720. */
  SPACE_TIME_TIME,
  /** A_ij = 1/2 int (W_i dW_j - W_j dW_i), the Lévy area of two channels; comes with H. */
  AREA
}
