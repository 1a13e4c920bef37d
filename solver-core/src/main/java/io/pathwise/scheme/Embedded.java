package io.pathwise.scheme;

import io.pathwise.expr.Expr;

/**
 * Another state after a step, at little more cost, whose distance from the step's tells its error.
 *
 * @param state a vector of n, one element a state of the equation
 * @param order the power of the step size with which the distance falls, in mean square: half an
 *     order more than the less accurate of the two has strongly
 */
public record Embedded(Expr state, double order) {}
