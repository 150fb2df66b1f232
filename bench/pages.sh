#!/usr/bin/env bash
# How fast public pages are, as a share of the bare endpoint /health/live of the same server in the same run; writes bench/RESULTS.md.
#   bench/pages.sh [SECONDS]      seconds for each measurement, 8 unless told
# Everything stays on 127.0.0.1: one server on SQLite, then one on a PostgreSQL of its own, sixteen connections of wrk for a bounded time.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-8}
command -v wrk >/dev/null || { echo "wrk is needed: apt-get install wrk" >&2; exit 1; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-bench.XXXXXX")
server=
source tests/postgres.sh
stop_server() {
    [[ -z $server ]] || { kill "$server" 2>/dev/null || true; wait "$server" || true; }
    server=
}
cleanup() {
    trap - EXIT INT TERM
    stop_server
    stop_postgres
    rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

dotnet build src/Web -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary" </dev/null
export ASPNETCORE_ENVIRONMENT=Development Plumbline__Demonstration=true Plumbline__Examples=true Logging__LogLevel__Default=Warning
export Plumbline__Limits__AnonymousPerMinute=1000000000

start_server() {
    local folder=$scratch/site-$1
    mkdir "$folder"
    port=$((20000 + RANDOM % 20000))
    ConnectionStrings__Plumbline=$2 Plumbline__DataDirectory=$folder dotnet artifacts/bin/Web/release/Plumbline.Web.dll --urls "http://127.0.0.1:$port" >"$folder/log" 2>&1 &
    server=$!
    for _ in $(seq 120); do
        curl -fs "http://127.0.0.1:$port/health/ready" >/dev/null 2>&1 && return
        sleep 0.5
    done
    echo "The server did not start:" >&2
    tail -20 "$folder/log" >&2
    exit 1
}

# Long enough for the last of the code to be compiled in its final form: until then the first page to be measured would look slow.
warm_up() { for _ in 1 2 3; do wrk -t1 -c16 -d5s "$@" >/dev/null; done; }

# Requests a second; refuses a run in which anything but the page came back.
rate() {
    local report
    wrk -t1 -c16 -d1s "$@" >/dev/null
    report=$(wrk -t1 -c16 -d"${seconds}s" "$@")
    ! grep -qE 'Non-2xx|Socket errors' <<<"$report" || { echo "$report" >&2; exit 1; }
    awk '/Requests\/sec/ { print $2 }' <<<"$report"
}

row() {
    local what=$1 bare=$2 aim=$3
    shift 3
    local is
    is=$(rate "$@")
    printf '| %s | %.0f | %.0f %% | %s |\n' "$what" "$is" "$(awk "BEGIN { print 100 * $is / $bare }")" "$aim"
}

table() {
    local site=http://127.0.0.1:$port bare comparison page
    comparison=$(curl -fs "$site/comparisons" | grep -oE 'href="/comparisons/[^"/?]+"' | grep -vE '/(new|import)"' | head -1 | cut -d'"' -f2)
    [[ -n $comparison ]] || { echo "The demonstration has no public comparison." >&2; exit 1; }
    for page in /comparisons "$comparison"; do
        warm_up -H 'Cookie: unknown=1' "$site$page"
    done
    warm_up "$site/health/live"
    bare=$(rate "$site/health/live")
    printf '\n## %s\n\n| page | requests/s | of the bare endpoint | aim |\n|---|---|---|---|\n| `/health/live` | %.0f | 100 %% | |\n' "$1" "$bare"
    row 'list, kept copy' "$bare" '≥ 40 %' -H 'Accept-Encoding: br' "$site/comparisons"
    row "comparison, kept copy" "$bare" '≥ 40 %' -H 'Accept-Encoding: br' "$site$comparison"
    # Any cookie that is not the language's makes the server render the page anew, from the facts it has at hand.
    row 'list, rendered' "$bare" '≥ 15 %' -H 'Cookie: unknown=1' "$site/comparisons"
    row 'comparison, rendered' "$bare" '≥ 15 %' -H 'Cookie: unknown=1' "$site$comparison"
}

{
    cat <<HEAD
# How fast public pages are

Requests a second of one page as a share of those of \`/health/live\` (which does nothing) of the same server in the same run; server and load generator share the machine. "Kept copy" is the page as it was last sent; "rendered" is the page made anew from the facts that the server has at hand for a minute.
Made by \`bench/pages.sh $seconds\` on $(date -u +%F), $(git rev-parse --short HEAD): $(nproc) × $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(dotnet --version), 16 connections.
HEAD
    start_server sqlite "Data Source=$scratch/plumbline.db"
    table SQLite
    stop_server
    start_postgres
    start_server postgres "$PLUMBLINE_TEST_POSTGRES;Database=plumbline"
    table "PostgreSQL $(postgres_version)"
    stop_server
} >"$scratch/results.md"
cp "$scratch/results.md" bench/RESULTS.md
cat bench/RESULTS.md
