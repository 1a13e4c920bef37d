#!/usr/bin/env bash
# Measures what docs/gpu.md shows on an OpenCL device of this machine, against the CPU kernels on all
# cores, in one run.
#   benchmarks/gpu.sh [DEVICE]    a number or a part of a name (see bin/pathwise devices); default: 0
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"
libraries=benchmarks/target/classpath
mvn -q -B -ntp -pl solver-core,gpu-bridge,benchmarks -Dmaven.test.skip=true compile \
  dependency:build-classpath -Dmdep.outputFile="$root/$libraries" >&2
classes=benchmarks/target/classes:solver-core/target/classes:gpu-bridge/target/classes
# shellcheck source=bin/java.sh
source "$root/bin/java.sh"
exec "$java" -cp "$classes:$(cat "$libraries")" \
  io.pathwise.benchmarks.GpuReport "$@"
