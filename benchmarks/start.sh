#!/bin/sh
# How long it takes from typing to the answer: whole processes, five times each, seconds.
#
#   benchmarks/start.sh
#
# `train` takes one iteration (256 steps) and writes its checkpoints, so it is an upper bound of the time to the first
# training step.
set -eu
limber=$(dirname "$0")/../limber
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
"$limber" --version >/dev/null # builds, where that is needed

seconds() {
    begin=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    awk "BEGIN { printf \"%7.2f\", ($end - $begin) / 1e9 }"
}

for command in --help list train; do
    printf '%-8s' "$command"
    for i in 1 2 3 4 5; do
        case $command in
            train) seconds "$limber" train CartPole-v1 a2c --steps 1 --run "$runs/$i" ;;
            *) seconds "$limber" "$command" ;;
        esac
    done
    echo
done
