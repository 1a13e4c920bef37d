import io.pathwise.solve.Solver;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import java.nio.file.Path;
import java.util.Map;

/**
 * Simulates the states of a job on one thread without Spark and prints two times in seconds (see cluster.sh): of the
 * simulation alone once everything is compiled, and of a process that does it once, reading the job and compiling included.
 */
public final class BareCore {
  /** The job file and the number of paths. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    JobSpec job = JobFile.load(Path.of(arguments[0]), Map.of());
    long paths = Long.parseLong(arguments[1]);
    solve(job, paths);
    long begun = System.nanoTime();
    solve(job, paths);
    System.out.printf("%.2f %.2f%n", (System.nanoTime() - begun) * 1e-9, (begun - start) * 1e-9);
  }

  private static void solve(JobSpec job, long paths) {
    double[] times = job.simulation().times().stream().mapToDouble(Double::doubleValue).toArray();
    Solver solver =
        Solver.of(job.model().sde())
            .parameters(job.model().parameters())
            .scheme(job.simulation().scheme())
            .step(job.simulation().step())
            .seed(job.simulation().seed())
            .companion()
            .threads(1);
    job.model().sde().observables().keySet().forEach(name -> solver.observe(name, times));
    solver.solve(paths);
  }
}
