import io.pathwise.solve.Solver;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import java.nio.file.Path;
import java.util.Map;

/** Simulates the states of a job on one thread without Spark and prints the seconds: see cluster.sh. */
public final class BareCore {
  /** The job file and the number of paths. */
  public static void main(String[] arguments) {
    JobSpec job = JobFile.load(Path.of(arguments[0]), Map.of());
    solve(job, 8 * 4096L); // compiles
    long begun = System.nanoTime();
    solve(job, Long.parseLong(arguments[1]));
    System.out.printf("%.2f%n", (System.nanoTime() - begun) * 1e-9);
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
