#!/usr/bin/env bash
# Stops the cluster of up.sh and whatever its workers have started. Logs stay.
set -euo pipefail
# shellcheck source=deploy/local-cluster/settings.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/settings.sh"

running() { for pid in "$@"; do kill -0 "$pid" 2>/dev/null && return; done; return 1; }

pids=()
for file in "$cluster"/pids/*.pid; do
  if [[ -e $file ]]; then pids+=("$(<"$file")"); fi
done
if [[ ${#pids[@]} == 0 ]]; then exit 0; fi
kill "${pids[@]}" 2>/dev/null || true
for ((tenth = 0; tenth < 100; tenth++)); do
  running "${pids[@]}" || break
  sleep 0.1
done
kill -9 "${pids[@]}" 2>/dev/null || true
rm -f "$cluster"/pids/*.pid
