/**
 * Neural networks as graph functions: what they compute is differentiated, fused and sharded like
 * any drift or payoff.
 */
package io.pathwise.learn;
