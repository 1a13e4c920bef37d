/**
 * From market quotes or a history of prices to the parameters of a model, with their uncertainty.
 */
package io.pathwise.calibrate;
