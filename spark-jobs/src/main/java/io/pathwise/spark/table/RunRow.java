package io.pathwise.spark.table;

import java.time.Instant;

/**
 * A row of {@link ResultTables#RUNS} after the common columns. What a run that failed early does
 * not know is null.
 *
 * @param job kind of job
 * @param status how the run ended
 * @param progress fraction of the work that is done
 * @param configSha256 SHA-256 of the resolved job file, hexadecimal
 * @param config the resolved job file
 * @param codeVersion version of Pathwise
 * @param seed seed of the noise
 * @param paths number of paths
 * @param shards number of shards
 * @param backend cpu or gpu
 * @param device processor or OpenCL device
 * @param sparkMaster Spark master URL
 * @param marketSnapshot market data that the run read
 * @param startedAt when the run started
 * @param wallS wall time in seconds
 * @param pathSteps paths times steps
 * @param pathStepsPerS path-steps per second
 * @param error why the run failed, null otherwise
 */
public record RunRow(
    String job,
    RunStatus status,
    Double progress,
    String configSha256,
    String config,
    String codeVersion,
    Long seed,
    Long paths,
    Integer shards,
    String backend,
    String device,
    String sparkMaster,
    String marketSnapshot,
    Instant startedAt,
    Double wallS,
    Long pathSteps,
    Double pathStepsPerS,
    String error) {}
