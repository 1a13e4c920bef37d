/** The result tables: their declarations, writing a run into them and querying them. */
package io.pathwise.spark.table;
