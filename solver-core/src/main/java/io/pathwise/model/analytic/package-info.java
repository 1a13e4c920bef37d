/**
 * Closed-form and semi-analytic prices: the numbers that simulations are held against.
 *
 * <p>Times are in years, rates and yields are continuously compounded per year, volatilities are
 * per square root of a year and variances per year. A price is in the unit of the spot or forward.
 */
package io.pathwise.model.analytic;
