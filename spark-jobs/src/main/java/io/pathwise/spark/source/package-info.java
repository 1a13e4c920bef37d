/** Spark's data source {@code pathwise}: simulated paths as rows (docs/data-source.md). */
package io.pathwise.spark.source;
