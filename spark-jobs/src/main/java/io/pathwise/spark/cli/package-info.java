/** The command line: one class a command, and the interfaces through which they reach the rest. */
package io.pathwise.spark.cli;
