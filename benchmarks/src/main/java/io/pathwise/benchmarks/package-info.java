/** JMH benchmarks of the kernels, and the peers' side of each comparison. */
package io.pathwise.benchmarks;
