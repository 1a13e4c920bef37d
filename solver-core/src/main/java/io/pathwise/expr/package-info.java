/**
 * Symbolic graphs: what a model, a scheme and a payoff compute, recorded once and then
 * differentiated, lowered and handed to the kernel emitters.
 */
package io.pathwise.expr;
