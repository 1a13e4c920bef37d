package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * SOSRI: strong order 1.5 for diagonal and scalar noise with an enlarged region of mean-square
 * stability for mildly stiff drift (Rackauckas and Nie 2020, "Stability-optimized high order
 * methods and stiffness detection for pathwise stiff stochastic differential equations"). Four
 * evaluations of the drift and of the diffusion a step; asks for the space-time area.
 */
public final class Sosri implements Scheme {
  static final SriTableau TABLEAU =
      new SriTableau(
          new double[] {0, -0.04199224421316468, 0.7898405466170333, 3.7504010171562823},
          new double[] {0, 0.26204282091330466, 0.05879875232001766, 0.758661169101175},
          new double[][] {
            {},
            {-0.04199224421316468},
            {2.842612915017106, -2.0527723684000727},
            {4.338237071435815, -2.8895936137439793, 2.3017575594644466}
          },
          new double[][] {
            {},
            {0.26204282091330466},
            {0.20903646383505375, -0.1502377115150361},
            {0.05836595312746999, 0.6149440396332373, 0.08535117634046772}
          },
          new double[][] {
            {},
            {-0.21641093549612528},
            {1.5336352863679572, 0.26066223492647056},
            {-1.0536037558179159, 1.7015284721089472, -0.20725685784180017}
          },
          new double[][] {
            {},
            {-0.5119011827621657},
            {2.67767339866713, -4.9395031322250995},
            {0.15580956238299215, 3.2361551006624674, -1.4223118283355949}
          },
          new double[] {
            1.140099274172029, -0.6401334255743456, 0.4736296532772559, 0.026404498125060714
          },
          new double[] {
            -1.8453464565104432, 2.688764531100726, -0.2523866501071323, 0.40896857551684956
          },
          new double[] {
            0.4969658141589478, -0.5771202869753592, -0.12919702470322217, 0.2093514975196336
          },
          new double[] {
            2.8453464565104425, -2.688764531100725, 0.2523866501071322, -0.40896857551684945
          },
          new double[] {
            0.11522663875443433, -0.57877086147738, 0.2857851028163886, 0.17775911990655704
          });

  @Override
  public String name() {
    return "sosri";
  }

  @Override
  public String description() {
    return "stability-optimised SRI, strong order 1.5 (Rackauckas-Nie 2020)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 1.5;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.5;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.ITO);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.of(NoiseType.DIAGONAL, NoiseType.SCALAR);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return EnumSet.of(LevyTerm.SPACE_TIME);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return TABLEAU.step(sde, step);
  }

  @Override
  public Optional<Embedded> embedded(Sde sde, Step step) {
    return Optional.of(TABLEAU.embedded(sde, step));
  }
}
