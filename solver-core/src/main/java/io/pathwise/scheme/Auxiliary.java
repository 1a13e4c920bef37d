package io.pathwise.scheme;

import io.pathwise.expr.Expr;

/**
 * A number that a scheme carries from step to step beside the states of the equation.
 *
 * @param name names it in messages and generated source
 * @param initial its value at time 0; reads parameters only
 */
public record Auxiliary(String name, Expr initial) {}
