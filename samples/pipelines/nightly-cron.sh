#!/usr/bin/env bash
# Nightly: the day's pages become cleaned articles; what was seen on an earlier night is not written again.
#
#   nightly-cron.sh INCOMING_DIR ARCHIVE_DIR [DAY]
#
# crontab:  15 3 * * *  /usr/local/bin/nightly-cron.sh /var/spool/crawl /srv/articles
#
# Writes ARCHIVE_DIR/articles-DAY.jsonl.zst, beside it removed-DAY-*.jsonl.zst (all that was dropped, and why) and
# stats-DAY-*.json, and keeps what has been seen in ARCHIVE_DIR/seen for 90 days. A night that is run again replaces what
# it did before. Prints nothing on a good night, so that cron sends mail only when there is something to say.
set -uo pipefail

[ $# -eq 2 ] || [ $# -eq 3 ] || {
  echo "usage: nightly-cron.sh INCOMING_DIR ARCHIVE_DIR [DAY]" >&2
  exit 2
}
incoming=$1
archive=$2
day=${3:-$(date -u +%F)}
mkdir -p "$archive" || exit 2

# A night that takes longer than a day must not meet the next one.
exec 9> "$archive/lock"
flock -n 9 || {
  echo "nightly-cron.sh: the run before this one has not ended" >&2
  exit 2
}

# -o keeps the old file until the new one is whole.
find "$incoming" -type f -name '*.html' -print0 | LC_ALL=C sort -z |
  extract --files-from - -0 -t jsonl -j 0 --removed "$archive/removed-$day-extract.jsonl.zst" \
    --stats="$archive/stats-$day-extract.json" |
  clean -j 0 --removed "$archive/removed-$day-clean.jsonl.zst" --stats="$archive/stats-$day-clean.json" |
  dedupe --index "$archive/seen" --run "$day" --expire 90d -o "$archive/articles-$day.jsonl.zst" \
    --removed "$archive/removed-$day-dedupe.jsonl.zst" --stats="$archive/stats-$day-dedupe.json"
status=("${PIPESTATUS[@]}")

# 1: some pages could not be read, and were named. 2 and above: a stage stopped, the night is not whole.
worst=0
for code in "${status[@]}"; do
  [ "$code" -le "$worst" ] || worst=$code
done
exit "$worst"
