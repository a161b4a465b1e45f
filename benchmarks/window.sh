#!/bin/sh
# Steps per second of training without a window, and behind a window whose live view is drawn, one after the other.
#
#   benchmarks/window.sh [ENVIRONMENT [REPEATS [OPTION=VALUE ...]]]       CartPole-v1 and 5 unless given
#
# The window needs a display; a virtual one will do (Xvfb :1 -screen 0 2400x1400x24 & DISPLAY=:1 benchmarks/window.sh). The
# last picture of the window, which shows its frames per second, is left in window.png.
set -eu
environment=${1:-CartPole-v1}
repeats=${2:-5}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
options=
for each in "$@"; do options="$options --set $each"; done
limber=$(dirname "$0")/../limber
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
"$limber" --version >/dev/null # builds, where that is needed

# From the first row after 5 s to the last before 18 s: compilers are busy before, and the end takes time.
rate() {
    awk -F, '$2 > 5 && !t { s = $1; t = $2 } $2 < 18 { e = $1; u = $2 } END { printf "  %7.0f", (e - s) / (u - t) }' \
        "$1/metrics.csv"
}

without=
with=
i=0
while [ $i -lt "$repeats" ]; do
    i=$((i + 1))
    # shellcheck disable=SC2086 # words
    timeout -s INT 20 "$limber" train "$environment" a2c --seed 1 --steps 1e9 --run "$runs/plain-$i" $options \
        >/dev/null 2>&1 || :
    without=$without$(rate "$runs/plain-$i")
    # shellcheck disable=SC2086 # words
    "$limber" gui --runs "$runs" --run "$runs/seen-$i" --experiment "$environment,a2c" --seed 1 --steps 1e9 $options \
        --show limber.view --size 2300x1300 --screenshot window.png --after 19 >/dev/null 2>&1
    with=$with$(rate "$runs/seen-$i")
done
printf '%s with a2c, steps/s, each repeat\n' "$environment"
printf 'without a window%s\n' "$without"
printf 'with its view   %s\n' "$with"
