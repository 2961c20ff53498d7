#!/usr/bin/env bash
# Installs what is missing, builds copydesk, and sends the sample crawl through all four programs, with what each of
# them did. Needs no arguments; can be run again; everything it writes goes to build/demo.
set -euo pipefail
cd "$(dirname "$0")/.."

heading() {
  printf '\n== %s\n' "$*"
}

# The lines of standard input, indented.
shown() {
  sed 's/^/   /'
}

# What the jq programs below share: text on one line, cut to fit.
# shellcheck disable=SC2016  # $n is jq's
jq_defs='
  def short($n): gsub("\\s+"; " ") | sub("^ "; "") | sub(" $"; "") | if length > $n then .[:$n - 3] + "..." else . end;
  def words: [splits("\\s+") | select(. != "")] | length;
'

heading "Packages, configuration, build"
tools/setup.sh build demo
mkdir -p build/demo
# Only the programs: the tests are what tests/run.sh builds.
programs=(extract_tool clean_tool dedupe_tool tokenize_tool)
if ! { cmake --preset release && cmake --build --preset release -j "$(nproc)" --target "${programs[@]}"; } \
  > build/demo/build.log 2>&1; then
  tail -n 30 build/demo/build.log
  exit 1
fi
export PATH="$PWD/build/release/bin:$PATH"
extract --version | shown
cd build/demo
crawl=../../samples/crawl.warc.gz

heading "extract: the pages of a crawl become articles with metadata"
extract -j 0 -t jsonl --removed removed-extract.jsonl -o articles.jsonl "$crawl"
jq -r "$jq_defs"' "\(.date // "no date" | .[:10]) \(.lang // "??") \(.text | words) words  \(.site // "?"): \(.title | short(50))"' \
  articles.jsonl | shown
echo "   $(wc -l < articles.jsonl) articles; $(wc -l < removed-extract.jsonl) blocks of the pages dropped, such as:"
jq -r "$jq_defs"' select(.text | test("like|Comment|cookie|Share|Most read|Advert")) | "\(.reason): \(.text | short(70))"' \
  removed-extract.jsonl | head -n 6 | shown

heading "clean: what is not article in the text, and its characters"
clean --removed removed-clean.jsonl -o cleaned.jsonl articles.jsonl
echo "   $(wc -l < removed-clean.jsonl) places in the articles, such as:"
jq -r "$jq_defs"' "\(.rule): \(.text | short(60))"' removed-clean.jsonl | tail -n 4 | shown
echo "   And in a text that another scraper made (samples/scraped.txt):"
clean --removed removed-text.jsonl ../../samples/scraped.txt > cleaned.txt
jq -r "$jq_defs"' "\(.rule): \(.text | short(60))"' removed-text.jsonl | shown

heading "dedupe: $(wc -l < cleaned.jsonl) articles, each story once"
dedupe --removed removed-dedupe.jsonl -o unique.jsonl cleaned.jsonl
jq -rn '[inputs] | (map(select(.url) | {key: .id, value: .url}) | from_entries) as $url | .[] | select(.duplicate_of) |
  "\(.reason), \(.similarity * 100 | round)%: \($url[.id] // .id)\n  repeats \($url[.duplicate_of])"' \
  <(jq -c '{id, url}' cleaned.jsonl) <(jq -c '{id, reason, duplicate_of, similarity}' removed-dedupe.jsonl) | shown
echo "   Left: $(wc -l < unique.jsonl)"

heading "tokenize: sentences and words"
tokenize --unit sentence -t text -o sentences.txt unique.jsonl
tokenize --unit word -t text -o words.txt unique.jsonl
echo "   $(grep -c . sentences.txt) sentences, $(grep -c . words.txt) words. The first sentences:"
head -n 4 sentences.txt | shown

heading "The same as one pipeline"
cat << 'END'
   extract -t text crawl.warc.gz | clean | dedupe | tokenize --unit sentence
END
extract -t text "$crawl" | clean | dedupe | tokenize --unit sentence > pipeline.txt
echo "   $(grep -c . pipeline.txt) sentences. All files are in build/demo."
