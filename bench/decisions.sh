#!/usr/bin/env bash
# CPU time of conformity and sampling on one thread against scipy, in the same run; writes bench/RESULTS-decisions.md.
#   bench/decisions.sh [PYTHON]       a Python with scipy, python3 unless told
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-python3}
"$python" -c 'import scipy' || { echo "scipy is needed: apt-get install python3-scipy" >&2; exit 1; }

dotnet build bench/Decisions -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
ours=$(taskset -c 0 artifacts/bin/BenchDecisions/release/Plumbline.BenchDecisions)
theirs=$(taskset -c 0 "$python" bench/peers/decisions.py)
{
    echo "# Conformity and sampling"
    echo
    echo "\`bench/decisions.sh\`, $(date -u +%F). $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), one thread, CPU time, median of nine; .NET $(dotnet --version), $("$python" -c 'import scipy, sys; print("Python", sys.version.split()[0] + ", scipy", scipy.__version__)')."
    echo
    echo "| work | seconds | scipy | times as fast | same result |"
    echo "|---|--:|--:|--:|---|"
    awk '
        NR == FNR { peer[$1] = $2; figure[$1] = $3; next }
        { d = $3 - figure[$1]; same = d * d <= 1e-16 * $3 * $3 ? "yes" : "differs: " $3 " and " figure[$1]
          print "| " $1 " | " $2 " | " peer[$1] " | " sprintf("%.1f", peer[$1] / $2) " | " same " |" }
    ' <(echo "$theirs") <(echo "$ours")
    echo
    echo "- \`conformance\`: probability of conformity of 10⁴ values, normal and t; the peer works on whole arrays. \`global-risk\`: false acceptance over a normal process by adaptive quadrature; ours gives false rejection, the accepted and the nonconforming shares besides. \`guard-band\`: the guard band at which it is 0.1 %."
    echo "- \`oc\`: operating characteristic at 200 qualities of a single plan (500, 14), binomial and from a lot of 20 000, and with the average sample number of a double plan (315, 315; 7/11, 18/19). \`design\`: the smallest plans that accept 1 % with 95 % and 3 % with at most 10 %, by attributes (peer: the search of R's AcceptanceSampling, written in Python) and by variables with an estimated standard deviation."
} > bench/RESULTS-decisions.md
cat bench/RESULTS-decisions.md
