package io.pathwise.spark.run;

import java.util.List;

/**
 * What a run found, as rows of its tables.
 *
 * @param npv the trades
 * @param sensitivity their derivatives
 * @param convergence how estimates came about
 * @param pathSummary the states
 * @param lineage where shards ran
 * @param pathSteps the steps of all paths
 * @param notes what the user should know
 */
record Results(
    List<ResultRows.Npv> npv,
    List<ResultRows.Sensitivity> sensitivity,
    List<ResultRows.Convergence> convergence,
    List<ResultRows.PathSummary> pathSummary,
    List<ResultRows.Lineage> lineage,
    long pathSteps,
    List<String> notes) {}
