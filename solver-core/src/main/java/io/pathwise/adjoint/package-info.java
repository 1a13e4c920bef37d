/** Gradient strategies: how the derivatives of a traced program are computed. */
package io.pathwise.adjoint;
