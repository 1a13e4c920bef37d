/**
 * What a model declares: calculus, noise type, parameters, states, drift, diffusion, observables.
 */
package io.pathwise.sde;
