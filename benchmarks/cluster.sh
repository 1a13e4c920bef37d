#!/usr/bin/env bash
# What the cluster costs: a run of about a minute on one core without Spark, on one executor with one core, and twice
# the paths on two such executors; and what one more task costs the driver. On the cluster of deploy/local-cluster.
#   benchmarks/cluster.sh [PATHS]
#   benchmarks/cluster.sh calibration [STARTS]   a fit from many starts on one executor and on two
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"
mode=paths
if [[ ${1:-} == calibration ]]; then
  mode=calibration
  shift
  starts=${1:-400}
else
  paths=${1:-2000000}
fi
job=$PWD/examples/lynx-hare/job.conf
# shellcheck source=bin/java.sh
source bin/java.sh
scratch=$(mktemp -d)
trap 'deploy/local-cluster/down.sh; rm -rf "$scratch"' EXIT

bin/pathwise --version >/dev/null
if [[ $mode == paths ]]; then
  read -r bare process < <("$java" -cp "target/dist/lib/*:target/dist/spark/*" benchmarks/BareCore.java "$job" "$paths" | tail -1)
fi

addresses=$(deploy/local-cluster/up.sh)
warehouse=${addresses%%$'\n'*}/warehouse

# Runs the job on so many executors with one core each: the run id, executors, paths, more settings. The driver's
# processor time, of Spark's start and end too, goes to a file.
run() {
  local id=$1 executors=$2 count=$3 TIMEFORMAT='%U %S'
  shift 3
  { time submit "$id" "$executors" "$count" "$@"; } 2>"$scratch/driver-$id"
}
submit() {
  local id=$1 executors=$2 count=$3
  shift 3
  deploy/local-cluster/submit.sh client --conf spark.executor.cores=1 --conf "spark.cores.max=$executors" \
    -- run "$job" --quiet --run-id "$id" -D "simulation.paths=$count" -D "pathwise.warehouse=$warehouse" "$@" \
    >/dev/null 2>"$scratch/err" || {
    cat "$scratch/err" >&2
    exit 1
  }
}
query() {
  deploy/local-cluster/submit.sh client query "$1" --format csv -D "pathwise.warehouse=$warehouse" 2>/dev/null | tail -1
}

# A fit of the DAX surface on so many executors with one core each: the run id, executors.
calibrate() {
  deploy/local-cluster/submit.sh client --conf spark.executor.cores=1 --conf "spark.cores.max=$2" \
    -- run "$PWD/examples/dax-calibration/job.conf" --quiet --run-id "$1" -D "calibration.starts=$starts" \
    -D "pathwise.warehouse=$warehouse" >/dev/null 2>"$scratch/err" || {
    cat "$scratch/err" >&2
    exit 1
  }
}

if [[ $mode == calibration ]]; then
  calibrate one 1
  calibrate two 2
  one=$(query "SELECT wall_s FROM runs WHERE run_id = 'one'")
  two=$(query "SELECT wall_s FROM runs WHERE run_id = 'two'")
  same=$(query "SELECT count(DISTINCT value) = count(DISTINCT parameter) FROM calibration WHERE run_id IN ('one', 'two')
    AND std_err IS NOT NULL")
  awk -v starts="$starts" -v one="$one" -v two="$two" -v same="$same" 'BEGIN {
    printf "%d starts, one executor, one core       %6.1f s\n", starts, one
    printf "%d starts, two executors               %6.1f s   %.2f x; the same digits: %s\n", starts, two, one / two, same
  }'
  exit
fi

run one 1 "$paths"
run two 2 $((2 * paths))
small=(-D simulation.shard-size=512 -D simulation.steps-per-year=10 -D simulation.horizon=1 -D "simulation.times=[1]")
run few 2 1024000 "${small[@]}" -D spark.default.parallelism=20
run many 2 1024000 "${small[@]}" -D spark.default.parallelism=2000
one=$(query "SELECT wall_s FROM runs WHERE run_id = 'one'")
two=$(query "SELECT wall_s FROM runs WHERE run_id = 'two'")
few=$(query "SELECT wall_s FROM runs WHERE run_id = 'few'")
many=$(query "SELECT wall_s FROM runs WHERE run_id = 'many'")
driver=$(awk '{ cpu = $1 + $2 - cpu } END { print cpu }' "$scratch/driver-few" "$scratch/driver-many")
tasks=$(query "SELECT concat_ws(' to ', round(min(wall_ms) / 1000, 1), round(max(wall_ms) / 1000, 1)) FROM shard_lineage
  WHERE run_id = 'two'")
spread=$(query "SELECT round(stddev(log(wall_ms / (shard_last - shard_first + 1))), 3) FROM shard_lineage
  WHERE run_id = 'two' AND shard_last - shard_first > 4")
awk -v bare="$bare" -v process="$process" -v one="$one" -v two="$two" -v few="$few" -v many="$many" -v driver="$driver" -v tasks="$tasks" -v spread="$spread" 'BEGIN {
  printf "one core without Spark                 %6.1f s\n", bare
  printf "the same as a process of its own       %6.1f s   reading the job and compilation included\n", process
  printf "one executor, one core                 %6.1f s   overhead %.1f %% of the first, %.1f %% of the second\n", one, 100 * (one / bare - 1), 100 * (one / process - 1)
  printf "two executors, twice the paths         %6.1f s   weak scaling %.2f\n", two, one / two
  printf "one more task (1,980 tasks more)       %6.1f ms on two cores\n", 1000 * (many - few) / 1980
  printf "of which the driver computes           %6.1f ms\n", 1000 * driver / 1980
  printf "tasks of the last run                  %s s; a shard within %.3f (standard deviation of the logarithm)\n", tasks, spread
}'
