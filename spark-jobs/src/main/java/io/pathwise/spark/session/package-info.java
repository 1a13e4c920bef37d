/**
 * Spark sessions as Pathwise wants them: settings, serialisation, the catalog of the result tables.
 */
package io.pathwise.spark.session;
