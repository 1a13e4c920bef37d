package io.pathwise.solve;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.expr.ExprCodec;
import io.pathwise.kernel.Backward;
import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans as bytes, to travel to the machines that run them. */
public final class PlanCodec {
  private static final int VERSION = 5;

  private PlanCodec() {}

  /**
   * The bytes of a plan.
   *
   * @throws IllegalArgumentException if its paths bring something along: that cannot travel yet
   */
  public static byte[] encode(SimulationPlan plan) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (plan.fine().program().brings()) {
      throw new IllegalArgumentException(
          "a plan whose paths bring "
              + plan.fine().program().inputs().stream().map(Expr::name).toList()
              + " along cannot travel: their values are on this machine");
    }
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      write(out, plan.fine());
      out.writeBoolean(plan.coarse().isPresent());
      if (plan.coarse().isPresent()) {
        write(out, plan.coarse().get());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * The plan of bytes.
   *
   * @throws IllegalArgumentException if they are no plan of this version
   */
  public static SimulationPlan decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException("version " + version + ", expected " + VERSION);
      }
      PathRun fine = readRun(in);
      return new SimulationPlan(
          fine, in.readBoolean() ? Optional.of(readRun(in)) : Optional.empty());
    } catch (EOFException e) {
      throw new IllegalArgumentException("not the bytes of a plan: they end early", e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not the bytes of a plan: " + e.getMessage(), e);
    }
  }

  private static void write(DataOutput out, PathRun run) throws IOException {
    write(out, run.program());
    write(out, run.schedule());
    writeValues(out, run.parameters());
    out.writeLong(run.seed());
    out.writeLong(run.stream());
    out.writeUTF(run.onNan().name());
    out.writeInt(run.leg().from());
    out.writeInt(run.leg().to());
    TreeCodec.write(out, run.control());
    out.writeUTF(run.gradient().method().name());
    out.writeUTF(run.gradient().reason());
    out.writeLong(run.gradient().memory());
  }

  private static PathRun readRun(DataInput in) throws IOException {
    return new PathRun(
        readProgram(in),
        readSchedule(in),
        readValues(in),
        in.readLong(),
        in.readLong(),
        OnNan.valueOf(in.readUTF()),
        new Leg(in.readInt(), in.readInt()),
        TreeCodec.readControl(in),
        PathData.NONE,
        new GradientChoice(GradientMethod.valueOf(in.readUTF()), in.readUTF(), in.readLong()));
  }

  private static void write(DataOutput out, PathProgram program) throws IOException {
    List<Expr> roots = new ArrayList<>(program.initial());
    roots.addAll(program.step());
    program.functionals().forEach(f -> roots.addAll(f.update()));
    program.outputs().forEach(o -> roots.add(o.value()));
    program.outputs().forEach(o -> roots.addAll(o.tangents()));
    program.preparations().forEach(p -> roots.addAll(p.values()));
    Backward way = program.backward().orElse(Backward.undoing(List.of()));
    roots.addAll(way.state());
    roots.addAll(way.adjoint());
    roots.addAll(way.bars());
    ExprCodec.write(out, roots);
    out.writeUTF(program.precision().name());
    writeNames(out, program.gradient());
    writeNames(out, program.stateNames());
    out.writeInt(program.channels());
    out.writeInt(program.noiseSets());
    out.writeInt(program.functionals().size());
    for (Functional functional : program.functionals()) {
      out.writeUTF(functional.name());
      writeNumbers(out, functional.initial().stream().mapToDouble(value -> value).toArray());
    }
    out.writeInt(program.outputs().size());
    for (Output output : program.outputs()) {
      out.writeUTF(output.name());
      out.writeInt(output.slots());
      out.writeBoolean(output.differentiated());
      out.writeInt(output.tangents().size());
    }
    out.writeInt(program.preparations().size());
    for (Preparation preparation : program.preparations()) {
      out.writeUTF(preparation.name());
      out.writeInt(preparation.inputs());
      writeNames(out, preparation.numbers());
      writeNames(out, preparation.words());
      out.writeInt(preparation.values().size());
    }
    TreeCodec.write(out, program);
    out.writeInt(program.curves().size());
    for (CurveNodes curve : program.curves()) {
      out.writeUTF(curve.curve());
      out.writeInt(curve.first());
      out.writeInt(curve.nodes());
      out.writeInt(curve.width());
    }
    out.writeBoolean(program.backward().isPresent());
    out.writeInt(way.state().size());
    out.writeInt(way.adjoint().size());
    out.writeInt(way.bars().size());
  }

  private static List<CurveNodes> readCurves(DataInput in) throws IOException {
    List<CurveNodes> curves = new ArrayList<>();
    for (int c = in.readInt(); c > 0; c--) {
      curves.add(new CurveNodes(in.readUTF(), in.readInt(), in.readInt(), in.readInt()));
    }
    return curves;
  }

  private static void writeNodes(DataOutput out, Map<String, int[][]> nodes) throws IOException {
    out.writeInt(nodes.size());
    for (Map.Entry<String, int[][]> curve : new TreeMap<>(nodes).entrySet()) {
      out.writeUTF(curve.getKey());
      out.writeInt(curve.getValue().length);
      for (int[] step : curve.getValue()) {
        writeIndices(out, step);
      }
    }
  }

  private static Map<String, int[][]> readNodes(DataInput in) throws IOException {
    Map<String, int[][]> nodes = new TreeMap<>();
    for (int c = in.readInt(); c > 0; c--) {
      String name = in.readUTF();
      int[][] steps = new int[in.readInt()][];
      for (int k = 0; k < steps.length; k++) {
        steps[k] = readIndices(in);
      }
      nodes.put(name, steps);
    }
    return nodes;
  }

  private static PathProgram readProgram(DataInput in) throws IOException {
    List<Expr> roots = ExprCodec.read(in);
    Precision precision = Precision.valueOf(in.readUTF());
    List<String> gradient = readNames(in);
    List<String> states = readNames(in);
    int channels = in.readInt();
    int noiseSets = in.readInt();
    int next = 2 * states.size();
    List<Functional> functionals = new ArrayList<>();
    for (int f = in.readInt(); f > 0; f--) {
      String name = in.readUTF();
      List<Double> initial = Arrays.stream(readNumbers(in)).boxed().toList();
      functionals.add(new Functional(name, initial, roots.subList(next, next + initial.size())));
      next += initial.size();
    }
    List<Output> outputs = new ArrayList<>();
    int tangent = next + in.readInt();
    for (int end = tangent; next < end; next++) {
      String name = in.readUTF();
      int slots = in.readInt();
      boolean differentiated = in.readBoolean();
      int tangents = in.readInt();
      outputs.add(
          new Output(
              name,
              slots,
              roots.get(next),
              differentiated,
              roots.subList(tangent, tangent + tangents)));
      tangent += tangents;
    }
    next = tangent;
    List<Preparation> preparations = new ArrayList<>();
    for (int p = in.readInt(); p > 0; p--) {
      String name = in.readUTF();
      int inputs = in.readInt();
      List<String> numbers = readNames(in);
      List<String> words = readNames(in);
      int values = in.readInt();
      preparations.add(
          new Preparation(name, inputs, numbers, words, roots.subList(next, next + values)));
      next += values;
    }
    return new PathProgram(
        precision,
        gradient,
        states,
        channels,
        noiseSets,
        roots.subList(0, states.size()),
        roots.subList(states.size(), 2 * states.size()),
        functionals,
        outputs,
        preparations,
        TreeCodec.readTree(in),
        readCurves(in),
        List.of(),
        List.of(),
        readBackward(in, roots, next));
  }

  private static Optional<Backward> readBackward(DataInput in, List<Expr> roots, int from)
      throws IOException {
    boolean present = in.readBoolean();
    int adjoint = from + in.readInt();
    int bars = adjoint + in.readInt();
    int end = bars + in.readInt();
    return present
        ? Optional.of(
            new Backward(
                roots.subList(from, adjoint),
                roots.subList(adjoint, bars),
                roots.subList(bars, end)))
        : Optional.empty();
  }

  private static void write(DataOutput out, Schedule schedule) throws IOException {
    writeNumbers(out, schedule.times());
    out.writeInt(schedule.stepInputs().size());
    for (Map.Entry<String, double[]> input : schedule.stepInputs().entrySet()) {
      out.writeUTF(input.getKey());
      writeNumbers(out, input.getValue());
    }
    writeIndices(out, schedule.fineStep());
    out.writeInt(schedule.functionals().size());
    for (Schedule.FunctionalInstance instance : schedule.functionals()) {
      out.writeInt(instance.template());
      writeIndices(out, instance.events());
      for (Map<String, Double> inputs : instance.inputs()) {
        writeValues(out, inputs);
      }
    }
    out.writeInt(schedule.outputs().size());
    for (Schedule.OutputInstance instance : schedule.outputs()) {
      out.writeInt(instance.template());
      out.writeInt(instance.at());
      writeIndices(out, instance.functionals());
      writeValues(out, instance.inputs());
      out.writeBoolean(instance.captured());
    }
    write(out, schedule.noise());
    writeNodes(out, schedule.nodes());
  }

  private static void write(DataOutput out, PreparedNoise noise) throws IOException {
    out.writeInt(noise.arrays());
    out.writeInt(noise.calls().size());
    for (PreparedNoise.Call call : noise.calls()) {
      out.writeInt(call.template());
      writeNumbers(out, call.numbers());
      out.writeInt(call.words().length);
      for (long word : call.words()) {
        out.writeLong(word);
      }
      writeIndices(out, call.inputs());
      writeIndices(out, call.outputs());
    }
    out.writeInt(noise.normals().length);
    for (int[] step : noise.normals()) {
      writeIndices(out, step);
    }
    out.writeUTF(noise.grouping().name());
    out.writeInt(noise.groups());
  }

  private static PreparedNoise readNoise(DataInput in) throws IOException {
    int arrays = in.readInt();
    List<PreparedNoise.Call> calls = new ArrayList<>();
    for (int c = in.readInt(); c > 0; c--) {
      int template = in.readInt();
      double[] numbers = readNumbers(in);
      long[] words = new long[in.readInt()];
      for (int i = 0; i < words.length; i++) {
        words[i] = in.readLong();
      }
      calls.add(new PreparedNoise.Call(template, numbers, words, readIndices(in), readIndices(in)));
    }
    int[][] normals = new int[in.readInt()][];
    for (int k = 0; k < normals.length; k++) {
      normals[k] = readIndices(in);
    }
    return new PreparedNoise(
        arrays, calls, normals, PreparedNoise.Grouping.valueOf(in.readUTF()), in.readInt());
  }

  private static Schedule readSchedule(DataInput in) throws IOException {
    double[] times = readNumbers(in);
    Map<String, double[]> stepInputs = new TreeMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      stepInputs.put(in.readUTF(), readNumbers(in));
    }
    int[] fineStep = readIndices(in);
    List<Schedule.FunctionalInstance> functionals = new ArrayList<>();
    for (int f = in.readInt(); f > 0; f--) {
      int template = in.readInt();
      int[] events = readIndices(in);
      List<Map<String, Double>> inputs = new ArrayList<>();
      for (int e = 0; e < events.length; e++) {
        inputs.add(readValues(in));
      }
      functionals.add(new Schedule.FunctionalInstance(template, events, inputs));
    }
    List<Schedule.OutputInstance> outputs = new ArrayList<>();
    for (int o = in.readInt(); o > 0; o--) {
      outputs.add(
          new Schedule.OutputInstance(
              in.readInt(), in.readInt(), readIndices(in), readValues(in), in.readBoolean()));
    }
    return new Schedule(
        times, stepInputs, fineStep, functionals, outputs, readNoise(in), readNodes(in), List.of());
  }

  private static void writeNames(DataOutput out, List<String> names) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
  }

  private static List<String> readNames(DataInput in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      names.add(in.readUTF());
    }
    return names;
  }

  private static void writeValues(DataOutput out, Map<String, Double> values) throws IOException {
    out.writeInt(values.size());
    for (Map.Entry<String, Double> value : new TreeMap<>(values).entrySet()) {
      out.writeUTF(value.getKey());
      out.writeDouble(value.getValue());
    }
  }

  private static Map<String, Double> readValues(DataInput in) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      values.put(in.readUTF(), in.readDouble());
    }
    return values;
  }

  private static void writeNumbers(DataOutput out, double[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  private static double[] readNumbers(DataInput in) throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }

  private static void writeIndices(DataOutput out, int[] indices) throws IOException {
    out.writeInt(indices.length);
    for (int index : indices) {
      out.writeInt(index);
    }
  }

  private static int[] readIndices(DataInput in) throws IOException {
    int[] indices = new int[in.readInt()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = in.readInt();
    }
    return indices;
  }
}
