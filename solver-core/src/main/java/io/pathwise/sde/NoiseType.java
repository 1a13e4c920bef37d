package io.pathwise.sde;

/** The structure of the diffusion g of an SDE with n states and m Brownian channels. */
public enum NoiseType {
  /** One channel drives all states: g is n x 1. */
  SCALAR,
  /** g does not depend on the state. */
  ADDITIVE,
  /** m = n, and channel i drives state i alone: g is a vector, g_i depends on state i alone. */
  DIAGONAL,
  /** An n x m matrix whose columns commute: (g_i . grad) g_j = (g_j . grad) g_i. */
  COMMUTATIVE,
  /** Any n x m matrix. */
  GENERAL
}
