/** Small tables for people: the result of a query or a run, as text, CSV or JSON. */
package io.pathwise.spark.report;
