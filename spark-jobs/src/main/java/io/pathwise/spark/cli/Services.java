package io.pathwise.spark.cli;

import io.pathwise.spark.job.JobRunner;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the commands call.
 *
 * @param runner runs jobs
 * @param queries reads result tables
 * @param explainer shows kernels
 * @param accelerators a line for each OpenCL device that an installed executor offers
 * @param today the date that a run without one takes
 * @param out results
 * @param err logs and progress
 * @param terminal whether a person looks at {@code err}
 */
public record Services(
    JobRunner runner,
    Queries queries,
    Explainer explainer,
    Supplier<List<String>> accelerators,
    Supplier<LocalDate> today,
    PrintWriter out,
    PrintWriter err,
    boolean terminal) {}
