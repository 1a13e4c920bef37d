/** What the commands do: the services of the command line, on Spark. */
package io.pathwise.spark.run;
