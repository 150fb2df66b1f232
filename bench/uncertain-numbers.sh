#!/bin/bash
# Uncertain numbers against the Python package `uncertainties`, CPU time in one run. Usage: bench/uncertain-numbers.sh
cd "$(dirname "$0")/.." || exit 1
dotnet build bench/UncertainNumbers -c Release -v q -nologo -clp:ErrorsOnly\;NoSummary >/dev/null || exit 1
grep -m1 "model name" /proc/cpuinfo; uname -sr
peer=$(/usr/bin/python3 bench/peers/uncertain_numbers.py) || exit 1
own=$(dotnet artifacts/bin/BenchUncertainNumbers/release/Plumbline.BenchUncertainNumbers.dll) || exit 1
echo "$peer"; echo "$own"
ratio() { awk -v p="$1" -v o="$2" '{ if ($1 == p) a = $2; if ($1 == o) b = $2 } END { printf "%s: %.1f times\n", o, a / b }' <<< "$peer
$own"; }
ratio h1 h1-operators; ratio h1 h1-model; ratio h1 h1-budget
for n in 1000 10000; do ratio mean-$n mean-$n-numbers; ratio mean-$n mean-$n-added; ratio mean-$n mean-$n-array; done
