package io.pathwise.spark.cli;

import io.pathwise.spark.job.JobSpec;
import java.util.Locale;

/** Shows what a job becomes: graph, loops and kernel source. */
public interface Explainer {

  /** The explanation as text. */
  String explain(JobSpec job, Dialect dialect);

  /** The language of the kernel source. */
  enum Dialect {
    /** Java, for the CPU. */
    JAVA,
    /** OpenCL C, for GPUs. */
    OPENCL;

    /** The name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
