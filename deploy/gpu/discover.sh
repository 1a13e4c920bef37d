#!/usr/bin/env bash
# Prints the GPUs of this machine as Spark asks for them (spark.worker.resource.gpu.discoveryScript,
# spark.executor.resource.gpu.discoveryScript): NVIDIA's by nvidia-smi, else the OpenCL devices,
# GPUs alone where there are any. Addresses count them as `pathwise devices` does.
set -euo pipefail

if command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1; then
  indexes=$(nvidia-smi --query-gpu=index --format=csv,noheader)
else
  root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
  types=$("$root/bin/pathwise" devices --format csv 2>/dev/null | awk -F, 'NR > 1 { print $2 }')
  count=$(grep -c '^GPU$' <<<"$types" || true)
  if [[ $count == 0 ]]; then count=$(grep -c . <<<"$types" || true); fi
  indexes=$(seq 0 $((count - 1)))
fi
awk 'BEGIN { printf "{\"name\": \"gpu\", \"addresses\": [" }
  NF { printf "%s\"%s\"", (n++ ? ", " : ""), $1 }
  END { print "]}" }' <<<"$indexes"
