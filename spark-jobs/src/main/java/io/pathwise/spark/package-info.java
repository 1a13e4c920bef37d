/** Pathwise on Spark: the command line, job files, the driver and the result tables. */
package io.pathwise.spark;
