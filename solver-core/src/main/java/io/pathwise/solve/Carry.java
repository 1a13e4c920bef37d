package io.pathwise.solve;

/**
 * Takes what paths carry from one {@link Leg} to the next: a row a state, then a row for each
 * functional of {@link PathRun#carried}, and in a row a value a path of the shard.
 */
public interface Carry {

  /** For a run in one leg, whose paths carry nothing. */
  Carry NONE =
      new Carry() {
        @Override
        public double[][] start(Shard shard) {
          throw new IllegalStateException("nothing was carried to shard " + shard.number());
        }

        @Override
        public void end(Shard shard, double[][] rows) {
          throw new IllegalStateException(
              "nothing takes what shard " + shard.number() + " carries");
        }
      };

  /** What the paths of a shard bring along; asked for unless the leg starts at 0. Not changed. */
  double[][] start(Shard shard);

  /**
   * What the paths of a shard take along; called unless the leg ends with the grid.
   *
   * @param rows longer than needed perhaps, and reused afterwards
   */
  void end(Shard shard, double[][] rows);
}
