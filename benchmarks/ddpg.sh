#!/bin/sh
# Steps per second of DDPG, here and in PyTorch, with the same networks, batches and updates: CleanRL's.
#
#   benchmarks/ddpg.sh [REPEATS]       3 unless given
#
# A step acts, steps Pendulum-v1, remembers and updates once. Each figure is the median over windows of 500 steps, the
# first 1000 steps with updates left out. The machine should do nothing else.
set -eu
repeats=${1:-3}
steps=5000
here=$(dirname "$0")
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
"$here/../limber" --version >/dev/null # builds, where that is needed

# The median of what comes in, a number a line.
median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.0f\n", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

limber() {
    "$here/../limber" train Pendulum-v1 ddpg --seed 1 --steps $((1000 + steps)) --run "$runs/$1-$2" --device cpu \
        --set hidden=256,256 --set batch=256 --set lr=3e-4 --set gamma=0.99 --set tau=0.005 --set policyDelay=2 \
        --set noise=0.1 --set warmup=1000 --set learnerThreads="$1" --set logSteps=500 >/dev/null 2>&1
    awk -F, '$1 > 2000 { print 500 / ($2 - before) } { before = $2 }' "$runs/$1-$2/metrics.csv" | median
}

torch=$(python3 -c 'import torch; print(torch.__version__)' 2>/dev/null) || torch=
[ -n "$torch" ] || echo "PyTorch is missing (python3 -c 'import torch' fails): only Limber is measured" >&2
printf '%-24s  %s\n' '' 'steps/s, each repeat'
for threads in 1 2; do
    printf '%-24s' "Limber, threads: $threads"
    i=0
    while [ $i -lt "$repeats" ]; do
        i=$((i + 1))
        printf '  %5s' "$(limber $threads $i)"
    done
    echo
done
[ -n "$torch" ] || exit 0
for threads in 1 2; do
    printf '%-24s' "PyTorch $torch, threads: $threads"
    i=0
    while [ $i -lt "$repeats" ]; do
        i=$((i + 1))
        printf '  %5s' "$(python3 "$here/ddpg.py" $threads $steps)"
    done
    echo
done
