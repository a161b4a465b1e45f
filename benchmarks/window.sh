#!/bin/sh
# What training loses to the window: the share of its time in which the thread that trains waits for a core, by the
# scheduler's own account (Linux), without a window and behind one whose live view is drawn, one after the other.
#
#   benchmarks/window.sh [ENVIRONMENT [REPEATS [OPTION=VALUE ...]]]       CartPole-v1 and 3 unless given
#
# The window needs a display; a virtual one will do (Xvfb :1 -screen 0 2400x1400x24 & DISPLAY=:1 benchmarks/window.sh). The
# last picture of the window, which shows its frames per second, is left in window.png.
set -eu
environment=${1:-CartPole-v1}
repeats=${2:-3}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
options=
for each in "$@"; do options="$options --set $each"; done
limber=$(dirname "$0")/../limber
runs=$(mktemp -d)
child=
trap '[ -z "$child" ] || kill "$child" 2>/dev/null || :; rm -rf "$runs"' EXIT
trap 'exit 143' INT TERM
"$limber" --version >/dev/null # builds, where that is needed
name=$(printf '%.15s' "limber-$environment-a2c") # as much of a thread's name as the system has

# Nanoseconds for which the thread that trains in a process has run, and for which it has waited.
account() {
    for each in /proc/"$1"/task/*; do
        if [ "$(cat "$each/comm")" = "$name" ]; then cat "$each/schedstat"; fi
    done
}

# Prints the share waited between the 11th and the 19th second, when compilers are done with most of it.
waited() {
    sleep 11
    before=$(account "$1")
    sleep 8
    echo "$before $(account "$1")" | awk '{ printf "  %5.2f", 100 * ($5 - $2) / ($4 + $5 - $1 - $2) }'
}

without=
with=
i=0
while [ $i -lt "$repeats" ]; do
    i=$((i + 1))
    # shellcheck disable=SC2086 # words
    "$limber" train "$environment" a2c --seed 1 --steps 1e9 --run "$runs/plain-$i" $options >/dev/null 2>&1 &
    child=$!
    without=$without$(waited "$child")
    kill "$child"
    wait "$child" || :
    # shellcheck disable=SC2086 # words
    "$limber" gui --runs "$runs" --run "$runs/seen-$i" --experiment "$environment,a2c" --seed 1 --steps 1e9 $options \
        --show limber.view --size 2300x1300 --screenshot window.png --after 20 >/dev/null 2>&1 &
    child=$!
    with=$with$(waited "$child")
    wait "$child"
done
child=
printf '%s with a2c: share of its time in which training waits [%%], each repeat\n' "$environment"
printf 'without a window%s\n' "$without"
printf 'with its view   %s\n' "$with"
