package io.pathwise.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PathNormalsTest {
  private static final int COUNT = 200_000;

  @ParameterizedTest
  @EnumSource(NormalMethod.class)
  void numberJOfAPathIsMemberJModuloTwoOfBlockJOverTwo(NormalMethod method) {
    PathNormals normals = new PathNormals(method, 7, 1, 3);
    for (int step = 0; step < 10; step++) {
      for (int channel = 0; channel < 3; channel++) {
        int j = step * 3 + channel;
        assertThat(normals.normal(99, step, channel)).isEqualTo(normals.pair(99, j / 2)[j % 2]);
      }
    }
  }

  @Test
  void aNormalDependsOnSeedStreamPathStepAndChannelAlone() {
    PathNormals one = new PathNormals(NormalMethod.BOX_MULLER, 7, 1, 2);
    PathNormals two = new PathNormals(NormalMethod.BOX_MULLER, 7, 1, 2);
    two.normal(5, 100, 1);

    assertThat(two.normal(3, 4, 1)).isEqualTo(one.normal(3, 4, 1));
    assertThat(new PathNormals(NormalMethod.BOX_MULLER, 8, 1, 2).normal(3, 4, 1))
        .isNotEqualTo(one.normal(3, 4, 1));
    assertThat(new PathNormals(NormalMethod.BOX_MULLER, 7, 2, 2).normal(3, 4, 1))
        .isNotEqualTo(one.normal(3, 4, 1));
  }

  /** Pinned bits: a change here changes every result of every user. */
  @Test
  void theNormalsOfAGivenSeedNeverChange() {
    PathNormals boxMuller = new PathNormals(NormalMethod.BOX_MULLER, 1, 0, 1);
    PathNormals inverse = new PathNormals(NormalMethod.INVERSE_CDF, 1, 0, 1);

    assertThat(boxMuller.pair(0, 0)).containsExactly(-0.7730271483610921, 0.39359706637077563);
    assertThat(inverse.pair(0, 0)).containsExactly(0.4857682764499346, 0.4538893433060902);
  }

  /** 5 standard errors: false-alarm rate 6e-7 each. */
  @Test
  void streamsSeedsPathsAndStepsAreUncorrelated() {
    PathNormals base = new PathNormals(NormalMethod.BOX_MULLER, 7, 0, 1);
    PathNormals otherStream = new PathNormals(NormalMethod.BOX_MULLER, 7, 1, 1);
    PathNormals otherSeed = new PathNormals(NormalMethod.BOX_MULLER, 8, 0, 1);
    double stream = 0;
    double seed = 0;
    double path = 0;
    double block = 0;
    for (int i = 0; i < COUNT; i++) {
      double x = base.pair(i, 5)[0];
      stream += x * otherStream.pair(i, 5)[0];
      seed += x * otherSeed.pair(i, 5)[0];
      path += x * base.pair(i + COUNT, 5)[0];
      block += x * base.pair(i, 6)[0];
    }
    double bound = 5 * Math.sqrt(COUNT);
    assertThat(stream).isBetween(-bound, bound);
    assertThat(seed).isBetween(-bound, bound);
    assertThat(path).isBetween(-bound, bound);
    assertThat(block).isBetween(-bound, bound);
  }

  @Test
  void stepsAndChannelsOutsideTheirRangeAreNamed() {
    PathNormals normals = new PathNormals(NormalMethod.BOX_MULLER, 7, 0, 2);

    assertThatThrownBy(() -> new PathNormals(NormalMethod.BOX_MULLER, 7, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channels = 0");
    assertThatThrownBy(() -> normals.normal(0, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel 2");
    assertThatThrownBy(() -> normals.normal(0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step -1");
  }
}
