package io.pathwise.solve;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.ExprCodec;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.TreeJumps;
import io.pathwise.kernel.TreeStep;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a plan that runs have whose paths choose their steps, as bytes. */
final class TreeCodec {
  private TreeCodec() {}

  static void write(DataOutput out, PathProgram program) throws IOException {
    out.writeBoolean(program.tree().isPresent());
    if (program.tree().isPresent()) {
      TreeStep tree = program.tree().get();
      List<Expr> roots = new ArrayList<>(tree.attempt());
      roots.addAll(tree.free());
      roots.addAll(tree.embedded());
      ExprCodec.write(out, roots);
      out.writeInt(tree.jumps().map(jumps -> jumps.names().size()).orElse(0));
      if (tree.jumps().isPresent()) {
        write(out, tree.jumps().get());
      }
      out.writeInt(tree.channels());
      out.writeBoolean(tree.third());
      out.writeInt(tree.extra());
      out.writeInt(tree.judged());
      out.writeDouble(tree.order());
      out.writeInt(tree.attempt().size());
      out.writeInt(tree.free().size());
      out.writeInt(tree.embedded().size());
    }
  }

  static Optional<TreeStep> readTree(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    List<Expr> roots = ExprCodec.read(in);
    int terms = in.readInt();
    Optional<TreeJumps> jumps = terms > 0 ? Optional.of(readJumps(in, terms)) : Optional.empty();
    int channels = in.readInt();
    boolean third = in.readBoolean();
    int extra = in.readInt();
    int judged = in.readInt();
    double order = in.readDouble();
    int attempt = in.readInt();
    int free = attempt + in.readInt();
    int embedded = free + in.readInt();
    return Optional.of(
        new TreeStep(
            channels,
            third,
            extra,
            judged,
            order,
            roots.subList(0, attempt),
            roots.subList(attempt, free),
            roots.subList(free, embedded),
            jumps));
  }

  private static void write(DataOutput out, TreeJumps jumps) throws IOException {
    for (int j = 0; j < jumps.names().size(); j++) {
      out.writeUTF(jumps.names().get(j));
      List<Expr> roots =
          new ArrayList<>(List.of(jumps.bounds().get(j), jumps.intensities().get(j)));
      roots.addAll(jumps.after().get(j));
      ExprCodec.write(out, roots);
    }
  }

  private static TreeJumps readJumps(DataInput in, int terms) throws IOException {
    List<String> names = new ArrayList<>();
    List<Expr> bounds = new ArrayList<>();
    List<Expr> intensities = new ArrayList<>();
    List<List<Expr>> after = new ArrayList<>();
    for (int j = 0; j < terms; j++) {
      names.add(in.readUTF());
      List<Expr> roots = ExprCodec.read(in);
      bounds.add(roots.get(0));
      intensities.add(roots.get(1));
      after.add(roots.subList(2, roots.size()));
    }
    return new TreeJumps(names, bounds, intensities, after);
  }

  static void write(DataOutput out, Optional<StepControl> control) throws IOException {
    out.writeBoolean(control.isPresent());
    if (control.isPresent()) {
      StepControl c = control.get();
      out.writeBoolean(c.adaptive());
      for (double number :
          new double[] {
            c.rtol(),
            c.atol(),
            c.dtMin(),
            c.dtMax(),
            c.integral(),
            c.proportional(),
            c.safety(),
            c.least(),
            c.most()
          }) {
        out.writeDouble(number);
      }
    }
  }

  static Optional<StepControl> readControl(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    return Optional.of(
        new StepControl(
            in.readBoolean(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble()));
  }
}
