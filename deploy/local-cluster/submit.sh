#!/usr/bin/env bash
# Runs a pathwise command on the cluster of up.sh, as spark-submit does on any.
#   deploy/local-cluster/submit.sh client|cluster [spark-submit's options --] COMMAND ...
set -euo pipefail
# shellcheck source=deploy/local-cluster/settings.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/settings.sh"

mode=${1:-}
if [[ $mode != client && $mode != cluster ]]; then
  echo "usage: deploy/local-cluster/submit.sh client|cluster [spark-submit's options --] COMMAND ..." >&2
  exit 2
fi
shift
options=()
for argument in "$@"; do
  if [[ $argument == -- ]]; then
    while [[ $1 != -- ]]; do
      options+=("$1")
      shift
    done
    shift
    break
  fi
done

ours=("$dist"/lib/spark-jobs-*.jar)
others=$(printf '%s\n' "$dist"/lib/*.jar | grep -Fv "${ours[0]}" | paste -sd,)
jvm=$(grep -v '^#' "$root/conf/jvm-options" | paste -sd' ')
become_java "$spark_jars" org.apache.spark.deploy.SparkSubmit \
  --master "spark://$host:$master_port" --deploy-mode "$mode" \
  --class io.pathwise.spark.Main --jars "$others" --properties-file "${PATHWISE_CLUSTER_PROPERTIES:-$properties}" \
  --conf spark.driver.host=$host --conf "spark.driver.extraJavaOptions=$jvm" --conf "spark.executor.memory=1g" \
  --conf "spark.executor.cores=$worker_cores" --conf "spark.executor.extraClassPath=$dist/lib/*" \
  --conf "spark.driver.extraClassPath=$root/conf:$dist/lib/*" \
  ${options[@]+"${options[@]}"} "${ours[0]}" "$@"
