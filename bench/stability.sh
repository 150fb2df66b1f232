#!/usr/bin/env bash
# CPU time of clock statistics on one thread against vectorised numpy, in the same run; writes bench/RESULTS-stability.md.
#   bench/stability.sh [PYTHON]       a Python with numpy, python3 unless told; the naive MTIE takes about a minute
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-python3}
"$python" -c 'import numpy' || { echo "numpy is needed: apt-get install python3-numpy" >&2; exit 1; }

dotnet build bench/Stability -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
ours=$(taskset -c 0 artifacts/bin/BenchStability/release/Plumbline.BenchStability)
theirs=$(taskset -c 0 "$python" bench/peers/stability.py --mtie)
{
    echo "# Clock statistics"
    echo
    echo "\`bench/stability.sh\`, $(date -u +%F). $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), one thread, CPU time, median of several runs; .NET $(dotnet --version), $("$python" -c 'import numpy, sys; print("Python", sys.version.split()[0] + ", numpy", numpy.__version__)')."
    echo
    echo "| work | seconds | numpy | times as fast | target | same result |"
    echo "|---|--:|--:|--:|--:|---|"
    awk '
        NR == FNR { peer[$1] = $2; figure[$1] = $3; next }
        { ratio = $1 in peer ? sprintf("%.1f", peer[$1] / $2) : ""
          same = !($1 in peer) ? "" : (($3 - figure[$1]) ^ 2 <= 1e-18 * $3 ^ 2 ? "yes" : "NO: " figure[$1])
          target = $1 == "oadev-octaves-1e6" ? "3" : $1 == "mtie-octaves-5e5" ? "100" : ""
          print "| " $1 " | " $2 " | " peer[$1] " | " ratio " | " target " | " same " |" }
    ' <(echo "$theirs") <(echo "$ours")
    echo
    echo "- \`oadev-octaves-1e6\`: overlapping Allan deviation of 10⁶ phases at 19 octaves, confidence intervals included; the numpy program takes second differences of prefix sums (allantools itself: about 0.18 s on a similar machine)."
    echo "- \`mtie-octaves-5e5\`: largest time interval error of 5·10⁵ phases at 19 octaves in O(N log N); the numpy program looks through every window."
    echo "- \`oadev-identified-1e6\`: with the noise type identified at every octave. \`mtotdev\`, \`htotdev\`: 1000 points at three averaging times (allantools: 1.2 s and 1.3 s)."
} > bench/RESULTS-stability.md
cat bench/RESULTS-stability.md
