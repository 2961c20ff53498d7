#!/usr/bin/env bash
# Measures copydesk against its peers, on this machine, in one run, and writes docs/benchmarks.md:
#
#   ./tests/bench/run.sh                          every section
#   ./tests/bench/run.sh extract dedupe ...       some: extract clean dedupe tokenize pipeline growth
#   ./tests/bench/run.sh guard [--update]         instruction counts against those in tests/bench/counts
#   ./tests/bench/run.sh extract --quality        no timing
#   ./tests/bench/run.sh extract --peer goose3    one peer (nothing is written)
#   ./tests/bench/run.sh --sample 8 --pages 4 --scale 1000 --print      a rehearsal (nothing is written)
#
# Installs the peers into tests/bench/.peers (git ignores it) on the first run. tests/bench/README.md says more.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec env PYTHONPATH="$here" python3 -m runner "$@"
