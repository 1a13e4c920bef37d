package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices and derivatives against high-precision computations and published values. */
class HestonReferenceValuesTest {

  /**
   * Calls at F = 1, discount factor 1. Computed with mpmath at 34 digits from another formula than
   * the library's: Heston's two probabilities, F P1 - K P2 (Heston 1993, equations 10 and 17 to
   * 18), on the real line by 28-point Gauss-Legendre panels; derivatives are central differences of
   * that price with relative steps of 1e-7 (fourth order in the forward). Columns: K, T, v0, kappa,
   * theta, xi, rho; price, delta, gamma; derivatives in v0, kappa, theta, xi, rho.
   */
  @ParameterizedTest(name = "K {0}, T {1}, v0 {2}, kappa {3}, theta {4}, xi {5}, rho {6}")
  @CsvSource({
    "1, 1, 0.04, 1.5, 0.06, 0.5, -0.7,"
        + "0.080061606011563086956, 0.63142276069735358607, 1.9983651078305,"
        + "0.442660159021548774, 0.00712788692275121258, 0.460037526339642558, -0.0257441260208667506, 0.00605889362410006709",
    "0.5, 10, 0.04, 0.5, 0.04, 1, -0.9,"
        + "0.53092922869292371002, 0.97527091357601009724, 0.058395227054584,"
        + "0.131949305892149074, 0.0224758029001301374, 0.596818815737034839, -0.013998764985433728, 0.000776384932816105505",
    "2, 10, 0.04, 0.5, 0.04, 1, -0.9,"
        + "0.000029849623983516704892, 0.00037946972791559428059, 0.0045650214444702,"
        + "0.000484725809121402473, 0.0000116421087130130655, 0.00227732104470973659, -0.0000193577661238897402, 0.00186807241873039348",
    "1, 10, 0.09, 2, 0.09, 1, -0.3,"
        + "0.34211685533485332518, 0.69525434019772042469, 0.42652236113657,"
        + "0.0928356229740388031, 0.0142044335552225334, 1.77910865501883981, -0.0297797307680057704, 0.0364378612949003169",
    "1.02, 0.01, 0.1, 1.6, 0.07, 0.5, -0.75,"
        + "0.0049390683043800420901, 0.27609020062896805493, 11.011761754225,"
        + "0.0525599988673717548, -7.24189415555852848e-6, 0.000427300700478024188, -0.000439722868020836655, 0.000275277108485182559",
    "0.97, 0.01, 0.01, 6.21, 0.019, 0.61, -0.7,"
        + "0.030035921041683527516, 0.99338738287061349874, 1.1687374686538,"
        + "0.0088996810083345475, 1.80957804648585129e-7, 0.000237499274172760839, 0.0000831914376990034491, -0.0000501094063166518815",
    "1.3, 0.25, 0.04, 0.3, 0.04, 1.2, 0.5,"
        + "0.00421666297055535585, 0.032978341868066789443, 0.22578701241409,"
        + "0.110195065420141373, -0.000349402681203615946, 0.00286567337163327533, 0.00287692610573359832, 0.00502203972242763943",
    "0.8, 0.25, 0.09, 3, 0.03, 0.2, -0.2,"
        + "0.20278203673312381211, 0.9561404495963701788, 0.64862902029751,"
        + "0.0606899812505637127, -0.000424903528947809429, 0.0250194735515942909, 0.0021514705627441041, -0.00144973455553728156",
    "0.5, 1, 0.1, 1.6, 0.07, 0.5, -0.75,"
        + "0.50406283714384437277, 0.98407559492434385839, 0.076574748342797,"
        + "0.0387045885216567075, -0.00135129819840450763, 0.0311696877616657062, 0.00752113673001580171, -0.00372276383481816977",
    "2, 1, 0.1, 1.6, 0.07, 0.5, -0.75,"
        + "0.000011034989291427525827, 0.00022257891243637410756, 0.0042082627401519,"
        + "0.000445732017432473518, -7.64078130931254842e-6, 0.00050698685725809644, -8.96888192877696339e-6, 0.00026833491056360555",
    "1.5, 5, 0.01, 0.2, 0.2, 2, 0.8,"
        + "0.11362075145594941427, 0.1385548077832095574, 0.080202115207726,"
        + "0.627222668187733101, 0.431604995856693801, 0.494537960123514349, -0.0329500246797633101, 0.103302286682503302",
    "1, 0.01, 0.04, 1, 0.04, 2, -0.95,"
        + "0.0076882850351669955742, 0.60290952526467695196, 18.269769929019,"
        + "0.102875786147562589, 1.18858114180384244e-6, 0.000518924582399496201, -0.000301070427619260639, -0.000153123660222302159",
    "0.9, 3, 0.16, 0.1, 0.16, 0.05, 0.0,"
        + "0.30984805056966543155, 0.69098118647705162252, 0.51104480721611,"
        + "0.659811415129037593, 0.000896312793495508503, 0.104103392149030656, -0.0167805716422320704, 0.00231220648642521453",
    "0.7, 0.1, 0.25, 4, 0.25, 3, -0.6,"
        + "0.30407437301158770908, 0.97434285335041584997, 0.18510124849023,"
        + "0.0175214453387473952, -0.000116449108392661091, 0.00286048221704966083, 0.00114865278602624635, -0.00389323423680319512",
    "1.05, 2, 0, 1.5, 0.06, 0.5, -0.7,"
        + "0.077140809607677968734, 0.55613624179851199986, 1.8201651458907,"
        + "0.40338085188210588, 0.0220386584635094197, 0.986395548041349988, -0.0392663344779316445, 0.0166752993284077939",
    "0.95, 0.5, 0.04, 0, 0.06, 0.8, 0.3,"
        + "0.07206138722780169484, 0.74890191302206969551, 4.2021867333541,"
        + "0.574500261264236483, 0.00600844925036714158, 0.0, -0.0125885734004556889, -0.0110309118047372635",
    "1.2, 1, 0.04, 1.5, 0.06, 0.001, -0.7,"
        + "0.028268482032689953022, 0.23983412289841920713, 1.3960102835444,"
        + "0.361105440552152102, 0.0027490346662912128, 0.336244494796002805, -0.0313098111494588811, 0.0000447083347773527369"
  })
  void priceAndDerivativesMatchTheTwoProbabilityFormula(
      double strike,
      double expiry,
      double v0,
      double kappa,
      double theta,
      double xi,
      double rho,
      double price,
      double delta,
      double gamma,
      double byV0,
      double byKappa,
      double byTheta,
      double byXi,
      double byRho) {
    HestonPrice actual =
        new HestonAnalytic(v0, kappa, theta, xi, rho)
            .price(EuropeanOption.call(strike), 1, 1, expiry);
    assertThat(actual.price()).isCloseTo(price, within(1e-14));
    assertThat(actual.delta()).isCloseTo(delta, within(1e-13));
    assertThat(actual.gamma()).isCloseTo(gamma, within(1e-12));
    assertThat(actual.v0()).isCloseTo(byV0, within(1e-13));
    assertThat(actual.kappa()).isCloseTo(byKappa, within(1e-13));
    assertThat(actual.theta()).isCloseTo(byTheta, within(1e-13));
    assertThat(actual.xi()).isCloseTo(byXi, within(1e-13));
    assertThat(actual.rho()).isCloseTo(byRho, within(1e-13));
  }

  /**
   * Alan Lewis's reference prices (Wilmott forum, 30 May 2012; again in "Heston model reference
   * prices", financepress.com, 2019): S 100, r 1 %, q 2 %, v0 0.04, kappa 4, theta 0.25, xi 1, rho
   * -0.5, T 1.
   */
  @ParameterizedTest(name = "strike {0}")
  @CsvSource({
    " 80,  7.958878113256768285213263077598987193482161301733,"
        + " 26.774758743998854221382195325726949201687074848341",
    " 90, 12.017966707346304987709573290236471654992071308187,"
        + " 20.933349000596710388139445766564068085476194042256",
    "100, 17.055270961270109413522653999411000974895436309183,"
        + " 16.070154917028834278213466703938231827658768230714",
    "110, 23.017825898442800538908781834822560777763225722188,"
        + " 12.132211516709844867860534767549426052805766831181",
    "120, 29.811026202682471843340682293165857439167301370697,"
        + "  9.024913483457835636553375454092357136489051667150"
  })
  void lewisReferencePricesAreReproduced(double strike, double put, double call) {
    HestonAnalytic model = new HestonAnalytic(0.04, 4, 0.25, 1, -0.5);
    assertThat(model.priceAtSpot(EuropeanOption.put(strike), 100, 0.01, 0.02, 1).price())
        .isCloseTo(put, within(1e-12));
    assertThat(model.priceAtSpot(EuropeanOption.call(strike), 100, 0.01, 0.02, 1).price())
        .isCloseTo(call, within(1e-12));
  }

  /**
   * Broadie and Kaya, "Exact simulation of stochastic volatility and other affine jump diffusion
   * processes", Operations Research 54 (2006): S = K = 100. Both violate Feller's condition.
   */
  @ParameterizedTest
  @CsvSource({
    "0.010201, 6.21, 0.019, 0.61, -0.70, 0.0319, 1,  6.8061",
    "0.09,     2.00, 0.09,  1.00, -0.30, 0.05,   5, 34.9998"
  })
  void broadieKayaTruePricesAreReproduced(
      double v0,
      double kappa,
      double theta,
      double xi,
      double rho,
      double r,
      double expiry,
      double expected) {
    double price =
        new HestonAnalytic(v0, kappa, theta, xi, rho)
            .priceAtSpot(EuropeanOption.call(100), 100, r, 0, expiry)
            .price();
    assertThat(price).isCloseTo(expected, within(5.1e-5));
  }

  /**
   * A moment explosion next to the strip's edge: T 10, xi 3, rho 0.95. mpmath, 34 digits, Lewis's
   * mid-strip integral on the real line.
   */
  @ParameterizedTest
  @CsvSource({"1.1, 0.095726311653343998947"})
  void heavyTailsDoNotCostAccuracy(double strike, double expected) {
    double price =
        new HestonAnalytic(0.02, 0.05, 0.3, 3, 0.95)
            .price(EuropeanOption.call(strike), 1, 1, 10)
            .price();
    assertThat(price).isCloseTo(expected, within(1e-14));
  }
}
