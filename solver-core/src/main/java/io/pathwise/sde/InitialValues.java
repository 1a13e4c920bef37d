package io.pathwise.sde;

import io.pathwise.expr.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The initial values of states as parameters to differentiate in: {@code initial.S} of a state S.
 * One that is a number becomes a parameter of that value. One that is a function of parameters
 * gains a parameter of value 0, so that its derivative is that in the state itself, all parameters
 * held.
 */
public final class InitialValues {
  private static final String PREFIX = "initial.";

  private InitialValues() {}

  /** The parameter that stands for the initial value of a state. */
  public static String parameter(String state) {
    return PREFIX + state;
  }

  /** Whether a name is the initial value of a state, and no parameter that is declared. */
  public static boolean contains(Sde sde, String name) {
    return !sde.parameters().contains(name)
        && sde.states().stream().anyMatch(state -> parameter(state).equals(name));
  }

  /**
   * The equation with the initial values that are named as parameters; as it is where none is.
   *
   * @param names any names, of which those of initial values count
   */
  public static Sde free(Sde sde, List<String> names) {
    if (names.stream().noneMatch(name -> contains(sde, name))) {
      return sde;
    }
    List<String> parameters = new ArrayList<>(sde.parameters());
    List<Expr> initial = new ArrayList<>();
    for (int i = 0; i < sde.states().size(); i++) {
      Expr start = sde.initial().get(i);
      String name = parameter(sde.states().get(i));
      if (names.contains(name) && contains(sde, name)) {
        parameters.add(name);
        start = start.isConst() ? Expr.param(name) : start.plus(Expr.param(name));
      }
      initial.add(start);
    }
    return sde.startingAt(parameters, initial);
  }

  /** The values of the initial values that are named, as {@link #free} makes them parameters. */
  public static Map<String, Double> values(Sde sde, List<String> names) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < sde.states().size(); i++) {
      String name = parameter(sde.states().get(i));
      if (names.contains(name) && contains(sde, name)) {
        Expr start = sde.initial().get(i);
        values.put(name, start.isConst() ? start.value() : 0);
      }
    }
    return values;
  }
}
