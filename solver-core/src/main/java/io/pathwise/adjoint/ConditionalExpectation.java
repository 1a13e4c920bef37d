package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.kernel.PathProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mean of payoffs given all but one normal z of the step before they are read (Glasserman 2003,
 * section 7.2.3): more states carry, for the step just taken, what a state is as a function of z,
 * location + scale z or shift + factor exp(scale z). A payoff of it then has Bachelier's or Black's
 * formula in these, which is twice differentiable.
 */
public final class ConditionalExpectation {
  private final PathProgram program;
  private final List<String> names;
  private final List<Expr> initial;
  private final List<Expr> step;
  private final Map<Integer, Map<Expr, NormalLaw>> laws = new LinkedHashMap<>();

  /** Of the payoffs of a program. */
  public ConditionalExpectation(PathProgram program) {
    this.program = program;
    this.names = new ArrayList<>(program.stateNames());
    this.initial = new ArrayList<>(program.initial());
    this.step = new ArrayList<>(program.step());
  }

  /**
   * A payoff's mean, or why it has none here.
   *
   * @param value what an output of {@link #program} may deliver; null where there is a problem
   * @param problem empty where there is none
   */
  public record Result(Expr value, String problem) {
    /** Whether there is a mean. */
    public boolean found() {
      return problem.isEmpty();
    }
  }

  /** The program with what the means read. */
  public PathProgram program() {
    return program.withStates(names, initial, step);
  }

  /**
   * The mean of a payoff.
   *
   * @param value what an output of the program delivers
   */
  public Result mean(Expr value) {
    String problem =
        "no normal of a step enters its price as location + scale z or as exp of it, with a payoff"
            + " of options, digitals and forwards on that";
    for (int channel = 0; channel < program.channels(); channel++) {
      Map<Integer, NormalLaw> read = read(value, channel);
      if (read == null || read.isEmpty()) {
        continue;
      }
      Map<Expr, NormalLaw> trial = new HashMap<>();
      read.forEach((i, law) -> trial.put(PathProgram.state(i), law));
      if (NormalLaw.of(value, trial).isEmpty() || kinked(value, trial)) {
        continue;
      }
      Optional<Expr> still =
          read.values().stream().flatMap(law -> vanishing(law).stream()).findFirst();
      if (still.isPresent()) {
        problem =
            "the scale of its price in the last normal vanishes where "
                + still.get()
                + " does, and what happens there would be missed";
        continue;
      }
      Map<Expr, NormalLaw> leaves = carry(channel, read);
      return new Result(NormalLaw.of(value, leaves).orElseThrow().mean(), "");
    }
    return new Result(null, problem);
  }

  /** The laws of the states that a value reads, those that do not depend on z left out. */
  private Map<Integer, NormalLaw> read(Expr value, int channel) {
    Map<Expr, NormalLaw> z =
        Map.of(PathProgram.normalLeaf(0, channel), new NormalLaw.Affine(Expr.ZERO, Expr.ONE));
    List<Expr> leaves = Graph.leaves(List.of(value));
    Map<Integer, NormalLaw> read = new LinkedHashMap<>();
    for (int i = 0; i < program.states(); i++) {
      if (leaves.contains(PathProgram.state(i))) {
        Optional<NormalLaw> law = NormalLaw.of(program.step().get(i), z);
        if (law.isEmpty() || law.get() instanceof NormalLaw.Mean) {
          return null;
        }
        if (!(law.get() instanceof NormalLaw.Free)) {
          read.put(i, law.get());
        }
      }
    }
    return read;
  }

  /** Whether a value keeps a kink that is not averaged over z. */
  private static boolean kinked(Expr value, Map<Expr, NormalLaw> laws) {
    return Graph.topological(List.of(value)).stream()
        .filter(node -> kink(node.op()) && node.varying())
        .anyMatch(
            node ->
                node.args().stream()
                    .allMatch(
                        arg ->
                            NormalLaw.of(arg, laws)
                                .filter(NormalLaw.Free.class::isInstance)
                                .isPresent()));
  }

  private static boolean kink(Op op) {
    return switch (op) {
      case MAX, MIN, ABS, POSITIVE, RINT, SELECT -> true;
      default -> false;
    };
  }

  /** What of a scale may make it 0 with a probability above 0. */
  private static Optional<Expr> vanishing(NormalLaw law) {
    Expr scale =
        law instanceof NormalLaw.Affine a ? a.scale() : ((NormalLaw.Exponential) law).scale();
    return Graph.topological(List.of(scale)).stream()
        .filter(node -> kink(node.op()) && node.varying())
        .findFirst();
  }

  /** Carries the laws as states; what an event then reads of them. */
  private Map<Expr, NormalLaw> carry(int channel, Map<Integer, NormalLaw> read) {
    Map<Expr, NormalLaw> known = laws.computeIfAbsent(channel, c -> new HashMap<>());
    Map<Expr, NormalLaw> leaves = new HashMap<>();
    read.forEach(
        (i, law) -> {
          String name = program.stateNames().get(i) + "/z" + channel;
          leaves.put(
              PathProgram.state(i),
              known.computeIfAbsent(PathProgram.state(i), state -> carried(name, law)));
        });
    return leaves;
  }

  private NormalLaw carried(String name, NormalLaw law) {
    if (law instanceof NormalLaw.Affine a) {
      return new NormalLaw.Affine(
          state(name + " location", a.location()), state(name + " scale", a.scale()));
    }
    NormalLaw.Exponential e = (NormalLaw.Exponential) law;
    return new NormalLaw.Exponential(
        state(name + " shift", e.shift()),
        state(name + " factor", e.factor().times(e.location().exp())),
        Expr.ZERO,
        state(name + " scale", e.scale()));
  }

  /** A state that is what the last step made it; constants need none. */
  private Expr state(String name, Expr value) {
    if (value.isConst()) {
      return value;
    }
    names.add(name);
    initial.add(Expr.ZERO);
    step.add(value);
    return PathProgram.state(names.size() - 1);
  }
}
