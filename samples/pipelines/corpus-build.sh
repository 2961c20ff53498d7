#!/usr/bin/env bash
# Corpus: a disk of WARC files becomes one file of unique, clean articles, and a table of its words.
#
#   corpus-build.sh WARC_DIR OUT_DIR
#
# One process a WARC file, as many at a time as there are cores; a file that is done is not done again, so that a
# build that was stopped goes on where it was. Only dedupe looks at all of them together.
set -euo pipefail

[ $# -eq 2 ] || {
  echo "usage: corpus-build.sh WARC_DIR OUT_DIR" >&2
  exit 2
}
crawl=$1
export out=$2
mkdir -p "$out/articles" "$out/removed" "$out/log"

# Exit status 1 of a stage means that it skipped and named bad pages: noted in the log, and no reason to stop.
build_one() {
  local name
  name=$(basename "$1")
  [ ! -e "$out/articles/$name.jsonl.zst" ] || return 0
  extract -t jsonl --removed "$out/removed/$name.extract.jsonl.zst" "$1" 2> "$out/log/$name.extract.log" |
    clean --removed "$out/removed/$name.clean.jsonl.zst" -o "$out/articles/$name.jsonl.zst" 2> "$out/log/$name.clean.log"
  for code in "${PIPESTATUS[@]}"; do
    [ "$code" -lt 2 ] || return "$code"
  done
}
export -f build_one

# shellcheck disable=SC2016  # $1 is for the inner shell
find "$crawl" -type f \( -name '*.warc' -o -name '*.warc.gz' -o -name '*.warc.zst' \) -print0 |
  LC_ALL=C sort -z | xargs -0 -r -n 1 -P "$(nproc)" bash -c 'build_one "$1"' _

# Sorted names, so that the same crawl gives the same corpus.
find "$out/articles" -name '*.jsonl.zst' -print0 | LC_ALL=C sort -z |
  dedupe --files-from - -0 -o "$out/corpus.jsonl.zst" --removed "$out/removed/dedupe.jsonl.zst" ||
  [ $? -eq 1 ]

tokenize --unit word --lower -t counts -o "$out/words.tsv" "$out/corpus.jsonl.zst"
echo "$(zstd -qdc "$out/corpus.jsonl.zst" | wc -l) articles, $(wc -l < "$out/words.tsv") words"
