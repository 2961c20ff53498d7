#!/usr/bin/env python3
"""Memory: what `clean --memory` takes away on sites with many pages, and what it costs.

usage: clean_memory.py BENCH CLEAN NOISY [--set daniel] [--least 10] [--level news] [--show N]

The set: pages of --set whose site has at least --least pages there, in the texts that other
extractors gave (NOISY: what noisy_extract.py wrote), each extractor with a memory of its own. Two pages
a day, or a fiftieth of all, are fed, in the order of the set; then all are cleaned once with that memory and once without.
Of the difference: noise, words in lines of which less than half of the 4-grams stand in gold, as a
share of the noise that is left without memory; and gold, words of the other lines, as a share of
gold. Then every page is fed twice more, under other URLs, a day each, and cleaned again: nothing
more of gold may go.
"""
import argparse, collections, glob, json, os, re, subprocess, sys, tempfile
from datetime import date, timedelta
from urllib.parse import urlsplit

sys.dont_write_bytecode = True


def lines_of(text):
    return [line for line in text.split("\n") if line.strip()]


class Bench:
    def __init__(self, args):
        sys.path.insert(0, args.bench)
        import score
        self.score, self.args = score, args
        with open(os.path.join(args.bench, args.set, "gold.jsonl"), encoding="utf-8") as lines:
            golds = [g for g in map(json.loads, lines) if g.get("text")]
        sites = collections.Counter(self.host(g) for g in golds)
        self.gold = {g["id"]: score.shingles(g["text"]) for g in golds
                     if sites[self.host(g)] >= args.least}
        self.gold_lines = {g["id"]: {self.fold(line) for line in lines_of(g["text"])} for g in golds}
        self.lost = collections.Counter()  # lines of gold that went
        self.sites = [s for s, n in sites.items() if n >= args.least]

    @staticmethod
    def host(g):
        return urlsplit(g.get("url") or "").hostname or ""

    @staticmethod
    def fold(line):
        return " ".join(line.lower().split())

    def clean(self, records, *options):
        data = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()
        done = subprocess.run([self.args.clean, "-q", "--level", self.args.level, *options],
                              input=data, stdout=subprocess.PIPE, check=True)
        return [json.loads(line)["text"] for line in done.stdout.decode().split("\n") if line]

    def is_gold(self, key, line):
        if len(self.score.tokens(line)) < 4:
            return self.fold(line) in self.gold_lines[key]
        pieces = self.score.shingles(line)
        return 2 * sum((pieces & self.gold[key]).values()) >= sum(pieces.values())

    def words(self, key, lines):
        """Words of noise and of gold."""
        count = [0, 0]
        for line in lines:
            count[self.is_gold(key, line)] += len(self.score.tokens(line))
        return count

    def repeated(self, records, texts):
        """Words of noise in lines that three pages of the site bear: what a memory can know."""
        pages = collections.defaultdict(set)
        known = lambda record, line: (record["url"].split("/")[2],
                                      re.sub(r"\d+", "0", self.fold(line)))
        for record, text in zip(records, texts):
            for line in lines_of(text):
                pages[known(record, line)].add(record["id"])
        return sum(self.words(record["id"], [line for line in lines_of(text)
                                             if len(pages[known(record, line)]) >= 3])[0]
                   for record, text in zip(records, texts))

    def compare(self, records, without, with_memory):
        total, gone = [0, 0], [0, 0]
        for record, a, b in zip(records, without, with_memory):
            before = collections.Counter(lines_of(a))
            removed = (before - collections.Counter(lines_of(b))).elements()
            removed = list(removed)
            self.lost.update((record["id"], line) for line in removed
                             if self.is_gold(record["id"], line))
            for sums, lines in ((total, lines_of(a)), (gone, removed)):
                noise, gold = self.words(record["id"], lines)
                sums[0] += noise
                sums[1] += gold
        return total, gone

    def run(self, path):
        with open(path, encoding="utf-8") as lines:
            records = [r for r in map(json.loads, lines) if r["id"] in self.gold]
        for record in records:  # the set knows only each page's site
            record["url"] += record["id"] + ".html"
        without = self.clean(records)
        with tempfile.TemporaryDirectory() as folder:
            memory = os.path.join(folder, "memory.db")
            day = date(2024, 1, 1)
            step = max(2, -(-len(records) // 50))  # all within the 60 days that are remembered
            for first in range(0, len(records), step):
                self.clean(records[first:first + step], "--memory", memory, "--today", day.isoformat())
                day += timedelta(days=1)
            options = ("--memory", memory, "--today", day.isoformat())
            once = self.clean(records, *options)
            for again in ("?second", "?third"):
                day += timedelta(days=1)
                self.clean([dict(r, url=r["url"] + again) for r in records],
                           "--memory", memory, "--today", day.isoformat())
            thrice = self.clean(records, "--memory", memory, "--today", day.isoformat())
        return (self.repeated(records, without), self.compare(records, without, once),
                self.compare(records, without, thrice))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("clean")
    parser.add_argument("noisy")
    parser.add_argument("--least", type=int, default=10)
    parser.add_argument("--set", default="daniel", help="whose pages")
    parser.add_argument("--level", default="news")
    parser.add_argument("--show", type=int, default=0, help="gold lines that went")
    args = parser.parse_args()
    bench = Bench(args)
    print(f"{len(bench.sites)} sites with {args.least} pages or more: {', '.join(sorted(bench.sites))}")
    for path in sorted(glob.glob(os.path.join(args.noisy, args.set + ".*.jsonl"))):
        repeated, (total, once), (_, thrice) = bench.run(path)
        print(f"{os.path.basename(path)[len(args.set) + 1:-6]:<16} noise left {total[0]:>6}  of it on three pages "
              f"{100 * repeated / max(1, total[0]):5.1f}%  gone "
              f"{once[0]:>6} {100 * once[0] / max(1, total[0]):5.1f}%  gold {total[1]:>6}  lost {once[1]:>4} "
              f"{100 * once[1] / max(1, total[1]):.3f}%  fed three times: gone "
              f"{100 * thrice[0] / max(1, total[0]):5.1f}%  lost {100 * thrice[1] / max(1, total[1]):.3f}%",
              flush=True)
    for (key, line), times in bench.lost.most_common(args.show):
        print(f"  {times} {key} {line[:100]!r}")


if __name__ == "__main__":
    main()
