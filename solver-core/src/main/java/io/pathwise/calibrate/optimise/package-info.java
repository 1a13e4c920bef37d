/**
 * Optimisers of few parameters that advance one iteration at a time, from a state that can be
 * written, read and resumed with the same result to the last bit.
 */
package io.pathwise.calibrate.optimise;
