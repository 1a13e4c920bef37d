package io.pathwise.spark.cli;

import io.pathwise.solve.ComputeDevice;
import io.pathwise.spark.job.JobRunner;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the commands call; suppliers are asked when a command needs what they supply, so that the
 * others start without Spark.
 *
 * @param runner runs jobs
 * @param queries reads result tables
 * @param explainer shows kernels
 * @param slices reads checkpoints
 * @param publisher publishes and holds calibrations
 * @param accelerators the OpenCL devices that an installed executor finds
 * @param today the date that a run without one takes
 * @param out results
 * @param err logs and progress
 * @param terminal whether a person looks at {@code err}
 */
public record Services(
    Supplier<JobRunner> runner,
    Supplier<Queries> queries,
    Supplier<Explainer> explainer,
    Supplier<Slices> slices,
    Supplier<Publisher> publisher,
    Supplier<List<ComputeDevice>> accelerators,
    Supplier<LocalDate> today,
    PrintWriter out,
    PrintWriter err,
    boolean terminal) {}
