#!/usr/bin/env bash
# CPU time of the command line from start to finished table, median of several runs; writes bench/RESULTS-cli.md.
#   bench/cli.sh [RUNS]          21 runs of each command unless told otherwise
# With Rscript on the machine its bare start, and its start with metafor, are measured in the same run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

runs=${1:-21}
rid=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
out=artifacts/publish/cli-$rid
result=bench/RESULTS-cli.md
dotnet publish src/Cli -c Release -r "$rid" -o "$out" -v q -nologo -clp:"ErrorsOnly;NoSummary"

# "cpu wall" in milliseconds: medians of the runs, one with cold files before them.
median() {
    local times
    "$@" >/dev/null 2>&1
    times=$(for ((i = 0; i < runs; i++)); do
        { TIMEFORMAT='%U %S %R'; time "$@" >/dev/null 2>&1; } 2>&1
    done)
    echo "$(awk '{printf "%.0f\n", 1000 * ($1 + $2)}' <<<"$times" | sort -n | sed -n "$(((runs + 1) / 2))p") $(awk '{printf "%.0f\n", 1000 * $3}' <<<"$times" | sort -n | sed -n "$(((runs + 1) / 2))p")"
}

rows=
row() {
    local name=$1 cpu wall
    shift
    read -r cpu wall < <(median "$@")
    rows+="| $name | $cpu | $wall |"$'\n'
    echo "$name: $cpu ms CPU, $wall ms"
}

plumbline=$out/plumbline
row '`plumbline --version`' "$plumbline" --version
row '`plumbline consensus samples/pcb28.json`' "$plumbline" consensus samples/pcb28.json
row '`plumbline consensus samples/gauge-block.csv --json`' "$plumbline" consensus samples/gauge-block.csv --json
row '`plumbline consensus samples/gauge-block.csv --method hierarchical-laplace`' "$plumbline" consensus samples/gauge-block.csv --method hierarchical-laplace
row '`plumbline consensus samples/pcb28.json --chart out.svg`' "$plumbline" consensus samples/pcb28.json --chart /tmp/plumbline-bench.svg
row '`plumbline decision-tree samples/pcb28.json`' "$plumbline" decision-tree samples/pcb28.json
row '`plumbline scores samples/wine-lead.csv`' "$plumbline" scores samples/wine-lead.csv
row '`plumbline precision samples/glucose.csv`' "$plumbline" precision samples/glucose.csv
rm -f /tmp/plumbline-bench.svg
if command -v Rscript >/dev/null; then
    row '`Rscript -e 1` (R alone, nothing computed)' Rscript -e 1
    ! Rscript -e 'library(metafor)' >/dev/null 2>&1 || row '`Rscript -e "library(metafor); rma(...)"`, the same six results' Rscript -e 'suppressMessages(library(metafor)); print(rma(yi=c(34.3,32.9,34.53,32.42,31.9,35.8), sei=c(1.03,.69,.83,.29,.4,.38), method="DL"))'
fi

{
    echo "# The command line, from start to finished table"
    echo
    echo "Written by \`bench/cli.sh\`: medians of $runs runs in milliseconds, CPU time of user and system together. Published with ReadyToRun; target: under 150 ms of CPU for \`plumbline consensus\`."
    echo
    echo "$(grep -m1 'model name' /proc/cpuinfo 2>/dev/null | cut -d: -f2 | xargs || uname -m), $(nproc) cores, $(. /etc/os-release && echo "$PRETTY_NAME"), .NET $(dotnet --list-runtimes | awk '$1 == "Microsoft.NETCore.App" {v = $2} END {print v}')"
    echo
    echo "| command | CPU / ms | wall / ms |"
    echo "|---|---:|---:|"
    printf '%s' "$rows"
} >"$result"
