package io.pathwise.model.analytic;

/**
 * A European option under Heston with constant rates, with its sensitivities in the spot and in
 * every model parameter.
 *
 * @param price present value
 * @param delta dV/dS
 * @param gamma d2V/dS2
 * @param r dV/dr
 * @param q dV/dq
 * @param v0 dV/dv0
 * @param kappa dV/dkappa
 * @param theta dV/dtheta, in the long-run variance
 * @param xi dV/dxi
 * @param rho dV/drho, in the correlation
 */
public record HestonSpotPrice(
    double price,
    double delta,
    double gamma,
    double r,
    double q,
    double v0,
    double kappa,
    double theta,
    double xi,
    double rho) {

  /**
   * The derivative in a parameter by its usual name.
   *
   * @param parameter one of spot, v0, r, q, kappa, theta, xi, rho
   * @throws IllegalArgumentException for another name
   */
  public double derivative(String parameter) {
    return switch (parameter) {
      case "spot" -> delta;
      case "v0" -> v0;
      case "r" -> r;
      case "q" -> q;
      case "kappa" -> kappa;
      case "theta" -> theta;
      case "xi" -> xi;
      case "rho" -> rho;
      default ->
          throw new IllegalArgumentException(
              "parameter = "
                  + parameter
                  + ", expected one of spot, v0, r, q, kappa, theta, xi, rho");
    };
  }
}
