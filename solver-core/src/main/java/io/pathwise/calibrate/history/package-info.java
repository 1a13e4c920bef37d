/** Parameters of models from histories of prices and rates, with their standard errors. */
package io.pathwise.calibrate.history;
