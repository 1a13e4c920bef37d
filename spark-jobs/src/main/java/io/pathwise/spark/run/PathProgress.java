package io.pathwise.spark.run;

import io.pathwise.solve.Leg;
import io.pathwise.spark.checkpoint.ShardRange;
import io.pathwise.spark.job.Progress;

/**
 * Turns finished tasks into progress. Where the grid is cut, a part of a path counts as that part:
 * the paths that are told are never more than the steps that were taken are worth.
 */
final class PathProgress {
  private final ShardWork work;
  private final Progress progress;
  private double done;
  private long told;

  /** Of a run; what it began with is told at once. */
  PathProgress(ShardWork work, Start start, Progress progress) {
    this.work = work;
    this.progress = progress;
    if (start.step() < work.steps()) {
      done = (double) work.paths() * start.step() / work.steps();
    } else {
      start.finished().forEach(range -> done += work.paths(range));
    }
    tell(0);
  }

  /** How far the run was at a moment. */
  record Mark(double done) {}

  synchronized Mark mark() {
    return new Mark(done);
  }

  /** Work since a mark was lost: it is told again only once it is made up for. */
  synchronized void back(Mark mark) {
    done = mark.done();
  }

  /** Shards have finished a leg. */
  synchronized void advance(ShardRange shards, Leg leg) {
    long paths = work.paths(shards);
    done += (double) paths * (leg.to() - leg.from()) / work.steps();
    tell(
        leg.equals(work.whole())
            ? work.plan().pathSteps(paths)
            : work.plan().over(leg).pathSteps(paths));
  }

  private void tell(long pathSteps) {
    long now = Math.min(work.paths(), (long) (done + 1e-6));
    long more = Math.max(0, now - told);
    told += more;
    if (more > 0 || pathSteps > 0) {
      progress.advance(more, pathSteps);
    }
  }
}
