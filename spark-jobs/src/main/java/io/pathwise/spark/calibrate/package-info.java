/** Calibration over Spark: starts in parallel, stored states, guards, the rows of a fit. */
package io.pathwise.spark.calibrate;
