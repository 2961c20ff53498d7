#!/usr/bin/env bash
# Installs what is missing, builds copydesk, and sends the sample crawl through all four programs, with what each of
# them did. Needs no arguments; can be run again; everything it writes goes to build/demo.
set -euo pipefail
cd "$(dirname "$0")/.."

heading() {
  printf '\n== %s\n' "$*"
}

# The lines of standard input, each cut to the width of a terminal and indented.
shown() {
  cut -c 1-"${1:-96}" | sed 's/^/   /'
}

heading "Packages, configuration, build"
tools/setup.sh build demo
mkdir -p build/demo
if ! { cmake --preset release && cmake --build --preset release -j "$(nproc)"; } > build/demo/build.log 2>&1; then
  tail -n 30 build/demo/build.log
  exit 1
fi
export PATH="$PWD/build/release/bin:$PATH"
extract --version | shown
cd build/demo
crawl=../../samples/crawl.warc.gz

heading "extract: $(zcat "$crawl" | grep -ac '^WARC-Type: response') responses of a crawl become articles with metadata"
extract -j 0 -t jsonl --removed removed-extract.jsonl -o articles.jsonl "$crawl"
jq -r '"\(.date // "no date"       | .[:10]) \(.lang // "??") \(.site // "?"): \(.title) (\(.text | split("\\s+"; null) | length) words)"' \
  articles.jsonl | shown
echo "   Dropped: $(wc -l < removed-extract.jsonl) blocks of the pages, by reason:"
jq -r .reason removed-extract.jsonl | sort | uniq -c | sort -rn | shown

heading "clean: boilerplate that stands in the text, and characters"
clean --removed removed-clean.jsonl -o cleaned.jsonl articles.jsonl
jq -r '"\(.reason): \(.text // .removed // "" | gsub("\\s+"; " "))"' removed-clean.jsonl | sort | uniq -c | sort -rn | head -n 12 | shown
echo "   And of a text that another scraper made (samples/scraped.txt):"
clean --removed removed-text.jsonl ../../samples/scraped.txt > cleaned.txt
jq -r '"- \(.reason): \(.text // .removed // "" | gsub("\\s+"; " "))"' removed-text.jsonl | shown

heading "dedupe: $(wc -l < cleaned.jsonl) articles, each story once"
dedupe --removed removed-dedupe.jsonl -o unique.jsonl cleaned.jsonl
jq -rn '[inputs] | (map({key: .id, value: .url}) | from_entries) as $url |
  .[] | select(.duplicate_of) | "\(.reason) (\(.similarity * 100 | round)%): \($url[.id] // .url // .id)\n  repeats \($url[.duplicate_of])"' \
  cleaned.jsonl removed-dedupe.jsonl | shown 110
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
