# shellcheck shell=bash
# Sourced: sets java to the Java to run, and lets it share its signals with OpenCL drivers.
#   JAVA_HOME   the Java (17 or later)
#
# A compiler inside an OpenCL driver (PoCL's LLVM) installs signal handlers of its own, and signals are how the
# JVM stops its threads: without libjsig it dies by SIGSEGV now and then (docs/gpu.md).
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
chaining=$(dirname "$(dirname "$(readlink -f "$(command -v "$java" || true)")")")/lib/libjsig.so
if [[ -e $chaining ]]; then export LD_PRELOAD=$chaining${LD_PRELOAD:+:$LD_PRELOAD}; fi
