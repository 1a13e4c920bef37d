package io.pathwise.spark.run;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * What the tasks of path stages ask for, and no other stage: a share of the GPUs of their executor
 * (stage-level scheduling). Executors have GPUs by {@code spark.executor.resource.gpu.amount} and
 * find them with {@code deploy/gpu/discover.sh}.
 */
final class PathResources {
  private static final String GPU = "gpu";
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";
  private static final String TASK_GPUS = "spark.task.resource.gpu.amount";

  private PathResources() {}

  /** The profile of path stages; nothing where they are stages as all others. */
  static Optional<ResourceProfile> of(SparkContext spark, String backend) {
    return spark.isLocal() || backend.equals(Executors.CPU)
        ? Optional.empty()
        : share(spark.conf())
            .map(
                share -> {
                  TaskResourceRequests tasks =
                      new TaskResourceRequests()
                          .cpus(spark.conf().getInt("spark.task.cpus", 1))
                          .resource(GPU, share);
                  return new ResourceProfileBuilder().require(tasks).build();
                });
  }

  /**
   * GPUs a task: so many that tasks on all cores of an executor share its GPUs. Nothing where
   * executors have none, or where every task asks for one by Spark's own setting.
   */
  static Optional<Double> share(SparkConf conf) {
    int gpus = conf.getInt(EXECUTOR_GPUS, 0);
    if (gpus == 0 || conf.contains(TASK_GPUS)) {
      return Optional.empty();
    }
    int tasks =
        Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
    return Optional.of(gpus >= tasks ? Math.floor((double) gpus / tasks) : shared(gpus, tasks));
  }

  /** A fraction of one GPU, rounded so that Spark finds as many tasks to a GPU as there are. */
  private static double shared(int gpus, int tasks) {
    int perGpu = (tasks + gpus - 1) / gpus;
    return 1.0 / perGpu;
  }
}
