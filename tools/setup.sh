#!/usr/bin/env bash
# Installs the Debian packages that copydesk needs, as root or through sudo.
#
#   tools/setup.sh build         what the library and the four programs need
#   tools/setup.sh build test    and what the tests need
#   tools/setup.sh build demo    and what samples/demo.sh needs
#
# Asks dpkg first: where everything is there, nothing is fetched and no network is needed.
set -euo pipefail

# A compiler and the tools around it, then the libraries that README.md lists.
build=(g++ cmake ninja-build pkg-config
  libxml2-dev libpcre2-dev libicu-dev libcli11-dev libfmt-dev libsimdjson-dev zlib1g-dev libzstd-dev
  libuchardet-dev libcld2-dev libxxhash-dev libstemmer-dev libsqlite3-dev)

# What samples/demo.sh shows results with.
demo=(jq)

# The second compiler, the checkers, and the programs that the command-line tests drive or compare with.
test=(libgtest-dev libgmock-dev nlohmann-json3-dev unicode-data ccache
  clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev shellcheck codespell
  python3 python3-venv jq gzip zstd time locales groff-base valgrind parallel)
# For the npm package that tokenize is compared with; any Node.js that is there will do.
command -v npm > /dev/null || test+=(nodejs npm)

usage() {
  echo "usage: tools/setup.sh build|test|demo ..." >&2
  exit 2
}

installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

# The arguments that dpkg does not know as installed, a line each.
missing() {
  local package
  for package in "$@"; do
    installed "$package" || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    echo "setup: run this as root, or install sudo: $*" >&2
    exit 2
  fi
}

# apt-get, quiet unless it fails.
apt() {
  local log
  log=$(mktemp)
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@" > "$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

[ $# -gt 0 ] || usage
wanted=()
for set in "$@"; do
  case $set in
    build) wanted+=("${build[@]}") ;;
    demo) wanted+=("${demo[@]}") ;;
    test) wanted+=("${test[@]}") ;;
    *) usage ;;
  esac
done

if ! command -v dpkg-query > /dev/null; then
  echo "setup: not a Debian system; these packages, or what they are called here, are needed:" >&2
  printf '  %s\n' "${wanted[@]}" >&2
  exit 0
fi

mapfile -t lacking < <(missing "${wanted[@]}")
if [ ${#lacking[@]} -gt 0 ]; then
  echo "setup: installing ${lacking[*]}"
  # The lists of a fresh machine or container are empty or stale: refresh them, then install.
  apt update
  apt install --no-install-recommends "${lacking[@]}"
fi
