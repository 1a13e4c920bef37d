/** Numbers of executors for Spark's metrics system. */
package io.pathwise.spark.metrics;
