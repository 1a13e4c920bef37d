package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fragment cut into loops with a place for every value: the table of arrays that a call passes is
 * the inputs, then the targets, then temporaries, which loops reuse once they are dead.
 *
 * @param fragment what is computed
 * @param inputs the varying leaves read, in table order
 * @param loops the loops in order
 * @param arrays for each stored operation, and each input, its index in the table
 * @param copies targets whose value is an input or uniform: filled after the loops
 * @param tableSize the number of arrays of the table
 * @param numbers uniform doubles read, in the order of the table of uniform values
 * @param words uniform 64-bit integers read, in order
 * @param places for each of those two its index in its table
 */
public record FragmentPlan(
    Fragment fragment,
    List<Expr> inputs,
    List<LoopPlan.Loop> loops,
    Map<Expr, Integer> arrays,
    List<Integer> copies,
    int tableSize,
    List<Expr> numbers,
    List<Expr> words,
    Map<Expr, Integer> places) {

  /** Plans a fragment. */
  public static FragmentPlan of(Fragment fragment) {
    return new Planner(fragment).plan();
  }

  /** The index in the table of the array that target number {@code i} is written to. */
  public int targetIndex(int i) {
    int input = inputs.indexOf(fragment.targets().get(i));
    return input >= 0 ? input : inputs.size() + i;
  }

  /** The index of a uniform value in the table of numbers, or in that of words. */
  public int place(Expr uniform) {
    return places.get(uniform);
  }

  /** The number of temporaries, which stand at the end of the table. */
  public int temporaries() {
    return tableSize - firstTemporary();
  }

  /** The index of the first temporary. */
  public int firstTemporary() {
    return inputs.size() + fragment.targets().size();
  }

  private static final class Planner {
    private final Fragment fragment;
    private final List<Expr> inputs;
    private final List<LoopPlan.Loop> loops;
    private final Map<Expr, Integer> arrays = new HashMap<>();
    private final Map<Expr, Integer> lastLoop = new HashMap<>();
    private final Map<Expr, Expr> roots;
    private int tableSize;

    Planner(Fragment fragment) {
      this.fragment = fragment;
      this.inputs = fragment.inputs();
      LoopPlan.Cut cut = LoopPlan.cut(fragment);
      this.loops = cut.loops();
      this.roots = cut.roots();
      this.tableSize = inputs.size() + fragment.targets().size();
    }

    FragmentPlan plan() {
      for (int i = 0; i < inputs.size(); i++) {
        arrays.put(inputs.get(i), i);
      }
      List<Integer> copies = new ArrayList<>();
      for (int i = 0; i < fragment.values().size(); i++) {
        Expr base = LoopPlan.base(fragment.values().get(i));
        int input = inputs.indexOf(fragment.targets().get(i));
        boolean copied = !base.varying() || base.op() == Op.LEAF || arrays.containsKey(base);
        if (copied) {
          copies.add(i);
        } else {
          arrays.put(base, input >= 0 ? input : inputs.size() + i);
        }
      }
      for (int l = 0; l < loops.size(); l++) {
        Set<Expr> computed = Set.copyOf(loops.get(l).operations());
        for (Expr operation : loops.get(l).operations()) {
          for (Expr arg : operation.args()) {
            if (!computed.contains(arg)) {
              lastLoop.put(LoopPlan.base(arg), l);
              lastLoop.put(root(arg), l);
            }
          }
        }
      }
      placeTemporaries();
      List<Expr> uniforms = fragment.uniforms();
      List<Expr> numbers = uniforms.stream().filter(u -> !u.integral()).toList();
      List<Expr> words = uniforms.stream().filter(Expr::integral).toList();
      Map<Expr, Integer> places = new HashMap<>();
      numbers.forEach(number -> places.put(number, places.size()));
      words.forEach(word -> places.put(word, places.size() - numbers.size()));
      return new FragmentPlan(
          fragment,
          inputs,
          loops,
          Map.copyOf(arrays),
          List.copyOf(copies),
          tableSize,
          numbers,
          words,
          places);
    }

    /** In whose place a value stands. */
    private Expr root(Expr value) {
      Expr base = LoopPlan.base(value);
      return roots.getOrDefault(base, base);
    }

    private void placeTemporaries() {
      Deque<Integer> free = new ArrayDeque<>();
      Map<Integer, List<Integer>> dying = new HashMap<>();
      for (int l = 0; l < loops.size(); l++) {
        for (Expr operation : loops.get(l).operations()) {
          int last = lastLoop.getOrDefault(operation, -1);
          if (last > l && !arrays.containsKey(operation)) {
            Expr root = root(operation);
            if (!arrays.containsKey(root)) {
              int slot = free.isEmpty() ? tableSize++ : free.pop();
              arrays.put(root, slot);
              dying.computeIfAbsent(lastLoop.get(root), k -> new ArrayList<>()).add(slot);
            }
            arrays.put(operation, arrays.get(root));
          }
        }
        dying.getOrDefault(l, List.of()).forEach(free::push);
      }
    }
  }
}
