package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Carry;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.NonFinitePathException;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a device cannot do is an error that says so, never another backend's work. */
class DeviceErrorsTest {
  private static final Shard SHARD = new Shard(3, 0, 512);

  private static PathRun run(int steps, boolean gradient) {
    Sde sde =
        Sde.ito("gbm")
            .parameters("mu", "sigma")
            .state("S", Expr.of(100))
            .drift((t, y) -> y.times(Expr.param("mu")))
            .diagonal((t, y) -> y.times(Expr.param("sigma")));
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("mu", 0.03, "sigma", 0.2))
            .step(1.0 / steps)
            .claim(Claim.value("end", sde.observables().get("S"), 1));
    return (gradient ? solver.gradient("sigma").gradientMethod(GradientMethod.STORED) : solver)
        .plan()
        .fine();
  }

  private static OpenClDevice device() {
    return OpenClDevices.select(DeviceRequest.ANY);
  }

  @Test
  void aKernelThatDoesNotCompileShowsThePlatformsMessageAndTheLine() {
    String source = "__kernel void run(__global int *a) {\n  a[0] = undeclared_name;\n}\n";
    assertThatThrownBy(() -> OpenClProgram.of(device(), source))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining(
            "the kernel does not compile on " + device().description().description())
        .hasMessageContaining("undeclared identifier 'undeclared_name'")
        .hasMessageContaining("line 2 of the source: a[0] = undeclared_name;");
  }

  /** A lost device ends a call without having run the kernel: so does one that does nothing. */
  @Test
  void aKernelThatDoesNotRunIsAnErrorAndNotAResult() {
    PathRun run = run(10, false);
    ProgramFragments fragments = new ProgramFragments(run.program());
    Tape tape = Tape.of(run, fragments);
    Geometry geometry = device().geometry(0);
    String source = KernelSource.of(run.program(), fragments, geometry);
    int body = source.indexOf('{', source.indexOf("__kernel"));
    OpenClProgram program = OpenClProgram.of(device(), source.substring(0, body) + "{}");
    ShardRunner runner =
        new DeviceRunner(run, program, tape, geometry, Workload.of(device(), run, tape, geometry));
    assertThatThrownBy(() -> runner.run(SHARD, PathSink.NONE))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.certain()).as("every attempt").isFalse())
        .hasMessageContaining(device().description().name() + " said that it ran the kernel");
  }

  /** Aparapi lets go of more arrays than it holds then: later calls must be as safe as before. */
  @Test
  void aCallThatThePlatformRefusesIsAnErrorAndLaterCallsWork() {
    String source =
        "__kernel void run(__global int *a, __global int *memory, int passid) { a[0] = 3; }";
    OpenClProgram program = OpenClProgram.of(device(), source);
    int[] answer = new int[1];
    List<NativeKernel.Argument> arguments = List.of(NativeKernel.Argument.out(answer));
    int tooManyItems = 1 << 20;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> program.run(1, tooManyItems, arguments, 1))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("did not run the kernel (OpenCL status ");
      answer[0] = 0;
      program.run(1, 1, arguments, 1);
      assertThat(answer[0]).isEqualTo(3);
    }
  }

  @Test
  void aDeviceThatRoundsOtherwiseFailsTheRunWithBothValues() {
    PathRun run = run(10, true);
    ShardRunner wrong =
        new ShardRunner() {
          private final ShardRunner right = new CpuExecutor().open(run);

          @Override
          public int batch() {
            return 1;
          }

          @Override
          public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
            List<ShardResult> results = right.run(shards, sink, carry);
            double[] sums = results.get(0).sums();
            sums[2] = Math.nextUp(sums[2]);
            return results;
          }
        };
    AtomicInteger passed = new AtomicInteger();
    ParityGuard guard = new ParityGuard(run, wrong, "Wave 7", passed::incrementAndGet);
    double right = new CpuExecutor().open(run).run(SHARD, PathSink.NONE).sums()[2];
    assertThatThrownBy(() -> guard.run(SHARD, PathSink.NONE))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.certain()).isTrue())
        .hasMessageContaining(
            "gpu.parity-check: in shard 3 the sum of the derivative in sigma of end")
        .hasMessageContaining(Math.nextUp(right) + " (0x")
        .hasMessageContaining("on Wave 7 and " + right + " (0x");
    assertThat(passed).hasValue(0);
  }

  @Test
  void aDeviceThatComputesTheSameBitsPassesTheGuardOnce() {
    PathRun run = run(10, true);
    ShardRunner guarded =
        new OpenClExecutor()
            .open(
                run, new DeviceRequest(Optional.empty(), Optional.empty(), ParityCheck.EVERY_RUN));
    assertThat(guarded).isInstanceOf(ParityGuard.class);
    double[] first = guarded.run(SHARD, PathSink.NONE).sums();
    assertThat(guarded.run(SHARD, PathSink.NONE).sums()).isEqualTo(first);
    assertThat(new OpenClExecutor().open(run, Parity.UNGUARDED)).isInstanceOf(DeviceRunner.class);
  }

  /** Half a gigabyte for the 512 items of a GPU's work group; tests have a heap of 2 GiB. */
  @Test
  void aGradientThatDoesNotFitSaysWhatItNeeds() {
    PathRun run = run(70_000, true);
    Tape tape = Tape.of(run, new ProgramFragments(run.program()));
    assertThatThrownBy(() -> Workload.of(device(), run, tape, new Geometry(1, 512, false)))
        .isInstanceOf(DeviceException.class)
        .hasMessageMatching(
            "not on GPU: a work group needs 5\\d\\d MiB for the states of all steps.*")
        .hasMessageContaining(
            "use gradient.method = checkpointed, fewer steps or outputs, a larger heap");
  }

  @Test
  void aPathThatIsNotFiniteIsReportedAsOnTheCpu() {
    PathRun run = Fragile.solver().plan().fine();
    String cpu = message(new CpuExecutor().open(run));
    assertThat(message(new OpenClExecutor().open(run, Parity.UNGUARDED))).isEqualTo(cpu);
  }

  private static String message(ShardRunner runner) {
    try {
      runner.run(new Shard(0, 0, 4096), PathSink.NONE);
      return "no error";
    } catch (NonFinitePathException e) {
      return e.getMessage();
    }
  }

  @Test
  void devicesAreTakenByNumberByNameAndByAddress() {
    ComputeDevice first = new OpenClExecutor().devices().get(0);
    String part = first.name().substring(0, 5).toUpperCase(Locale.ROOT);
    OpenClExecutor executor = new OpenClExecutor();
    assertThat(executor.device(request("0", null))).isEqualTo(first);
    assertThat(executor.device(request(part, null))).isEqualTo(first);
    assertThat(executor.device(request(null, "0"))).isEqualTo(first);
    assertThatThrownBy(() -> executor.device(request("Abacus", null)))
        .hasMessageContaining("gpu.device = Abacus: no such device, expected one of 0 ");
    assertThatThrownBy(() -> executor.device(request(null, "97")))
        .hasMessageContaining("Spark has assigned GPU 97, which is none of 0 ");
  }

  private static DeviceRequest request(String device, String address) {
    return new DeviceRequest(
        Optional.ofNullable(device), Optional.ofNullable(address), ParityCheck.OFF);
  }
}
