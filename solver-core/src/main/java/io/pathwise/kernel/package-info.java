/**
 * Fuses traced graphs into kernels: the backend-independent {@link io.pathwise.kernel.PathProgram},
 * the loop partitioner, the emitters, and compilation.
 */
package io.pathwise.kernel;
