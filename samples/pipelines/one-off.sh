#!/usr/bin/env bash
# One-off: scraped pages in, the sentences of their articles out, each story once.
#
#   one-off.sh PAGE.html ... > sentences.txt
#
# Every stage says on standard error what it could not read; the exit status is 1 if any did, 2 if one stopped.
set -uo pipefail

[ $# -gt 0 ] || {
  echo "usage: one-off.sh PAGE.html ..." >&2
  exit 2
}

extract "$@" | clean | dedupe | tokenize --unit sentence
