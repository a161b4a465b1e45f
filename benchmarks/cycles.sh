#!/bin/sh
# A control session over a pseudo-terminal beside its bound on this machine, the same exchange in C for half as long before and after it.
# Arguments: seconds, then rates in Hz. Needs benchmarks.jar and a C compiler.
set -e
here=$(dirname "$0")
seconds=${1:?seconds}
shift
half=$(((seconds + 1) / 2))
bound=$(mktemp)
trap 'rm -f "$bound"' EXIT
cc -O2 -o "$bound" "$here/src/main/c/pty_cycles.c"
for rate in "${@:-1000}"; do
    "$bound" "$half" "$rate"
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "$here/target/benchmarks.jar" \
        dev.limber.benchmarks.SessionCycles "$seconds" "$rate"
    "$bound" "$half" "$rate"
done
