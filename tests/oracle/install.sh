#!/usr/bin/env bash
# Installs the programs of others that tests use as witnesses, into build/witnesses:
#
#   node_modules/tiktoken   subwords, id for id (tests/oracle)
#   venv                    the packages of tools/train, so that the commands of docs/training.md can be run
#
# Done once: what is there is not fetched again. Where there is no network the tests that need them are skipped.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
place=build/witnesses
mkdir -p "$place"

# once NAME FILE COMMAND...: runs the command unless FILE is what it was when the command last succeeded.
once() {
  local stamp=$place/$1.stamp wanted=$2 log=$place/$1.log
  shift 2
  if cmp -s "$wanted" "$stamp"; then return; fi
  if "$@" > "$log" 2>&1; then
    cp "$wanted" "$stamp"
  else
    tail -n 3 "$log"
    echo "not installed: $(basename "$stamp" .stamp); the tests that need it are skipped"
  fi
}

python_packages() {
  python3 -m venv "$place/venv" && "$place/venv/bin/pip" install -q -r tools/train/requirements.txt
}

node_packages() {
  cp tests/oracle/package.json "$place/" && npm install --prefix "$place" --no-audit --no-fund
}

once python tools/train/requirements.txt python_packages
once node tests/oracle/package.json node_packages
