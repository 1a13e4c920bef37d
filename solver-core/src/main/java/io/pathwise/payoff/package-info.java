/** What a path pays: path functionals and payoffs over them, as templates and as claims. */
package io.pathwise.payoff;
