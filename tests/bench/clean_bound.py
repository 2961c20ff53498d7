#!/usr/bin/env python3
"""Upper bounds of clean_gain.py: what a cleaner that knew the gold texts could gain by whole lines.

usage: clean_bound.py BENCH NOISY

A line is noise if less than half of its 4-grams stand in gold. Change of shingle_f1 per extractor, in points, if
  all      every line of noise went
  guard    the same, but a text of which more than 70% of the words would go stays whole (--max-removed 70%)
  edges    as guard, and only runs of noise at the head and the tail of a text
  tail     as guard, and only the run at the tail
and, behind it, where the words of noise are: in texts over the guard, in texts without any gold, at
the head, at the tail, in the middle of the others.
"""
import argparse, collections, glob, json, os, sys

sys.dont_write_bytecode = True
GUARD = 0.7


def f1(pairs):
    p = sum(x[0] for x in pairs) / len(pairs)
    r = sum(x[1] for x in pairs) / len(pairs)
    return 200 * p * r / (p + r) if p + r else 0.0


def run_of(noise, order):
    """The lines of noise that stand before the first other one, in that order."""
    run = set()
    for i in order:
        if not noise[i]:
            break
        run.add(i)
    return run


class Text:
    def __init__(self, text, gold, score):
        self.gold, self.score = gold, score
        self.lines = [line for line in text.split("\n") if score.tokens(line)]
        self.words = [len(score.tokens(line)) for line in self.lines]
        self.noise = [self.share(line) < 0.5 for line in self.lines]
        self.before = score.overlap(gold[0], score.shingles(text))

    def share(self, line):
        if len(self.score.tokens(line)) < 4:
            return float(" ".join(line.lower().split()) in self.gold[1])
        pieces = self.score.shingles(line)
        return sum((pieces & self.gold[0]).values()) / sum(pieces.values())

    def over(self, gone):
        return len(gone) == len(self.lines) or sum(self.words[i] for i in gone) > GUARD * sum(self.words)

    def without(self, gone, guard=True):
        if not gone or len(gone) == len(self.lines) or (guard and self.over(gone)):
            return self.before
        left = "\n".join(line for i, line in enumerate(self.lines) if i not in gone)
        return self.score.overlap(self.gold[0], self.score.shingles(left))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("noisy")
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    import score

    gold = {}
    for name in ("wcxb", "naeb", "daniel"):
        with open(os.path.join(args.bench, name, "gold.jsonl"), encoding="utf-8") as lines:
            for g in map(json.loads, lines):
                if g.get("text"):
                    gold[name, g["id"]] = score.shingles(g["text"]), " ".join(g["text"].lower().split())
    files = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(args.noisy, "*.jsonl"))):
        files[os.path.basename(path)[:-6].split(".")[1]].append(path)
    means = collections.Counter()
    for name, paths in files.items():
        rows, words = collections.defaultdict(list), collections.Counter()
        for path in paths:
            corpus = os.path.basename(path).split(".")[0]
            with open(path, encoding="utf-8") as lines:
                for record in map(json.loads, lines):
                    text = Text(record["text"], gold[corpus, record["id"]], score)
                    everything = {i for i, noise in enumerate(text.noise) if noise}
                    head = run_of(text.noise, range(len(text.lines)))
                    tail = run_of(text.noise, reversed(range(len(text.lines))))
                    rows["before"].append(text.before)
                    rows["all"].append(text.without(everything, guard=False))
                    rows["guard"].append(text.without(everything))
                    rows["edges"].append(text.without(head | tail))
                    rows["tail"].append(text.without(tail))
                    for i in everything:
                        place = ("no gold" if text.before[1] == 0 else "over" if text.over(everything)
                                 else "tail" if i in tail else "head" if i in head else "middle")
                        words[place] += text.words[i]
        before = f1(rows.pop("before"))
        gains = {key: f1(row) - before for key, row in rows.items()}
        means.update(gains)
        total = sum(words.values())
        print(f"{name:<16} {before:6.2f}  " + "  ".join(f"{key} {gain:+.2f}" for key, gain in gains.items())
              + "   noise: " + ", ".join(f"{key} {100 * n / total:.0f}%" for key, n in words.most_common()), flush=True)
    print("mean                     " + "  ".join(f"{key} {gain / len(files):+.2f}" for key, gain in means.items()))


if __name__ == "__main__":
    main()
