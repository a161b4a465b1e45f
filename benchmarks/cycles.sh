#!/bin/sh
# A control session over a pseudo-terminal beside its bound on this machine, the same exchange in C for half as long, a minute at most, before and after it.
# Arguments: seconds, then rates in Hz. Needs benchmarks.jar and a C compiler.
# WORKERS=50 gives the kernel's workers, which pass the bytes of terminals on, that priority meanwhile; only root can.
set -e
here=$(dirname "$0")
seconds=${1:?seconds}
shift
half=$(((seconds + 1) / 2))
[ "$half" -le 60 ] || half=60
bound=$(mktemp)

workers() {
    for pid in $(pgrep '^kworker/u'); do
        chrt "$@" "$pid"
    done
}

end() {
    rm -f "$bound"
    [ -z "$WORKERS" ] || workers -o -p 0
}

trap end EXIT
cc -O2 -o "$bound" "$here/src/main/c/pty_cycles.c"
[ -z "$WORKERS" ] || workers -f -p "$WORKERS"
for rate in "${@:-1000}"; do
    "$bound" "$half" "$rate"
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "$here/target/benchmarks.jar" \
        dev.limber.benchmarks.SessionCycles "$seconds" "$rate"
    "$bound" "$half" "$rate"
done
