#!/bin/sh
# Trains and evaluates over several seeds, one after the other, and prints a table.
#
#   benchmarks/seeds.sh ENV ALGO "SEEDS" [options of train...]
#   benchmarks/seeds.sh CartPole-v1 a2c "1 2 3 4 5 6 7 8 9 10"
#
# `return` is the mean of the last 100 training episodes, `evaluation` that of 100 greedy episodes after training.
set -eu
[ $# -ge 3 ] || { sed -n '4,5s/^# *//p' "$0" >&2; exit 2; }
environment=$1 algorithm=$2 seeds=$3
shift 3
limber=$(dirname "$0")/../limber
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT

# The value of "name" in the JSON object $1.
value() { printf '%s' "$1" | sed "s/.*\"$2\":\([^,}]*\).*/\1/"; }

printf '%4s  %9s  %9s  %10s  %12s  %7s  %9s\n' seed steps return evaluation to-threshold seconds steps/s
for seed in $seeds; do
    trained=$("$limber" train "$environment" "$algorithm" --seed "$seed" --run "$runs/$seed" --json "$@" 2>/dev/null | tail -n 1)
    played=$("$limber" evaluate "$runs/$seed" --episodes 100 --seed 1000 --json 2>/dev/null | tail -n 1)
    printf '%4s  %9s  %9.1f  %10.1f  %12s  %7.2f  %9.0f\n' "$seed" "$(value "$trained" steps)" \
        "$(value "$trained" meanReturn)" "$(value "$played" meanReturn)" "$(value "$trained" stepsToThreshold)" \
        "$(value "$trained" seconds)" "$(value "$trained" stepsPerSecond)"
done
