/** Stored slices of runs: written, verified, listed and resumed from (docs/checkpoints.md). */
package io.pathwise.spark.checkpoint;
