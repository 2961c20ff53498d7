#!/usr/bin/env python3
"""How many edited copies of news texts dedupe recognises: edits.py [--dedupe PROGRAM] [--bench FOLDER] [--seed N]

Takes up to 2,000 bodies of 1.5 KB and more from the Reuters articles, and the Greek, Russian, Polish and Chinese
texts of DAnIEL of that size, edits each in one way, and runs `dedupe --keep first --mark` over the originals followed by the
edited ones. Found: the edited text names its original as the one it duplicates or supersedes. One row an edit, and two
columns a set: the part found, and the part that the rule (Jaccard 0.5, or containment 0.8, or half of each in
passages of the other) accepts by brute force, which no look-up can surpass. Words that are put in are drawn from the whole set. Originals that repeat each
other are left out beforehand.
"""
import argparse
import collections
import gzip
import itertools
import json
import os
import pathlib
import random
import re
import subprocess

HERE = pathlib.Path(__file__).resolve()
LANGUAGES = ("el", "ru", "pl", "zh")


class Words:
    """Filler in the words of a set; for Chinese in its characters."""

    def __init__(self, texts, spaced, rng):
        self.pool = [w for t in texts for w in (t.split() if spaced else re.findall(r"\w", t))]
        self.joint = " " if spaced else ""
        # A character of Chinese says as much as half a word.
        self.factor = 1 if spaced else 2
        self.rng = rng

    def words(self, count):
        return self.joint.join(self.rng.choice(self.pool) for _ in range(count * self.factor))

    def paragraphs(self, count, size=30):
        return [self.words(size) for _ in range(count)]

    def exchange(self, paragraphs, share):
        """Replaces this share of the words of a text, each by another one."""
        parts = [p.split(" ") if self.joint else list(p) for p in paragraphs]
        places = [(i, j) for i, part in enumerate(parts) for j in range(len(part))]
        for i, j in self.rng.sample(places, round(len(places) * share)):
            parts[i][j] = self.rng.choice(self.pool)
        return [self.joint.join(part) for part in parts]


def size_of(paragraphs):
    return sum(map(len, paragraphs))


def truncated(paragraphs, share):
    """The first paragraphs, with the last one cut so that this share of the text is left."""
    left = int(size_of(paragraphs) * share)
    kept = []
    for paragraph in paragraphs:
        if left <= 0:
            break
        kept.append(paragraph[:left])
        left -= len(paragraph)
    return kept


def replace_one(paragraphs, words):
    """Another wording of one paragraph in the middle."""
    at = len(paragraphs) // 2
    new = words.words(max(8, len(paragraphs[at].split()) if words.joint else len(paragraphs[at]) // 2))
    return paragraphs[:at] + [new] + paragraphs[at + 1:]


def insert_three(paragraphs, words):
    out = list(paragraphs)
    for paragraph in words.paragraphs(3):
        out.insert(words.rng.randrange(len(out) + 1), paragraph)
    return out


def replace_quotes(paragraphs, words):
    return [re.sub(r'"[^"]+"', lambda m: '"' + words.words(len(m[0].split())) + '"', p) for p in paragraphs]


def scanned(paragraphs, words, share):
    """Characters misread at this rate."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["".join(words.rng.choice(letters) if words.rng.random() < share else c for c in p) for p in paragraphs]


def shuffled(paragraphs, words):
    return words.rng.sample(paragraphs, len(paragraphs))


EDITS = {
    "dateline, credit": lambda p, w: ["CITY, March 3 (Agency) - " + p[0]] + p[1:] + [w.words(5)],
    "header + footer 110 w": lambda p, w: w.paragraphs(2, 25) + p + w.paragraphs(2, 30),
    "+200 w related links": lambda p, w: p + w.paragraphs(20, 10),
    "1 paragraph updated": replace_one,
    "3 paragraphs added": insert_three,
    "truncated to 70%": lambda p, w: truncated(p, 0.7),
    "truncated to 50%": lambda p, w: truncated(p, 0.5),
    "truncated to 30%": lambda p, w: truncated(p, 0.3),
    "teaser (1 paragraph)": lambda p, w: p[:1],
    "copy-edit 5% of words": lambda p, w: w.exchange(p, 0.05),
    "copy-edit 10% of words": lambda p, w: w.exchange(p, 0.10),
    "quotes replaced": replace_quotes,
    "paragraphs shuffled": shuffled,
    "breaks lost, +40 w": lambda p, w: [" ".join(p) + " " + w.words(40)],
    "OCR 1% of characters": lambda p, w: scanned(p, w, 0.01),
    "OCR 3% of characters": lambda p, w: scanned(p, w, 0.03),
}


def run(program, options, records):
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    done = subprocess.run([program, "--keep", "first", "--mark", *options], input=lines.encode(), check=True,
                          stdout=subprocess.PIPE)
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def distinct(program, records):
    marked = run(program, [], records)
    return [r for r, m in zip(records, marked) if "duplicate_of" not in m and "supersedes" not in m]


def shingles(text, spaced):
    tokens, size = (re.findall(r"\w+", text.lower()), 5) if spaced else (re.findall(r"\w", text.lower()), 6)
    return [tuple(tokens[i:i + size]) for i in range(max(1, len(tokens) - size + 1))]


def in_passages(text, other):
    """How many words of a text, given as its shingles, stand in runs of 16 and more that the other one has too."""
    runs = [len(list(run)) + 4 for shared, run in itertools.groupby(text, other.__contains__) if shared]
    return sum(run for run in runs if run >= 16)


def is_similar(original, copy, spaced):
    """The rule."""
    texts = [shingles(original, spaced), shingles(copy, spaced)]
    a, b = map(set, texts)
    both = len(a & b)
    if both >= 0.5 * len(a | b) or both >= 0.8 * min(len(a), len(b)):
        return True
    words = [in_passages(texts[0], b), in_passages(texts[1], a)]
    return min(words) >= 48 and all(2 * n >= len(text) + 4 for n, text in zip(words, texts))


def accepted(originals, edited, spaced):
    """The share of pairs that the rule accepts, by brute force: no look-up can find more."""
    return sum(is_similar(a["text"], b["text"], spaced) for a, b in zip(originals, edited)) / len(originals)


def edited_copies(originals, edit, words):
    return [{"id": "edited " + r["id"], "text": "\n\n".join(edit(r["text"].split("\n\n"), words))}
            for r in originals]


def found(program, options, originals, edited):
    marked = run(program, options, originals + edited)[len(originals):]
    hits = sum((m.get("duplicate_of") or m.get("supersedes")) == r["id"] for r, m in zip(originals, marked))
    return hits / len(originals)


def reuters(bench):
    with gzip.open(bench / "reuters" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [{"id": r["id"], "text": r["text"]} for r in records if len(r["text"].encode()) >= 1500][:2000]


def daniel(bench):
    sets = collections.defaultdict(list)
    with open(bench / "daniel" / "gold.jsonl", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            paragraphs = [p.strip() for p in record["text"].split("\n") if p.strip()]
            if len(paragraphs) >= 3 and len(record["text"].encode()) >= 1500:
                sets[record["lang"]].append({"id": str(number), "text": "\n\n".join(paragraphs)})
    return {language: sets[language] for language in LANGUAGES}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--dedupe", default=str(HERE.parents[3] / "build" / "release" / "bin" / "dedupe"))
    parser.add_argument("--bench", default=os.environ.get("COPYDESK_BENCH", HERE.parents[4] / "shared" / "bench"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--options", default="", help="further options for dedupe, for example '--shingle char:9'")
    arguments = parser.parse_args()
    bench = pathlib.Path(arguments.bench)
    if not bench.is_dir():
        parser.exit(77, f"skipped: no folder {bench}\n")
    sets = {"en": reuters(bench), **daniel(bench)}
    sets = {name: distinct(arguments.dedupe, records) for name, records in sets.items()}
    print(f"{'edit':24}" + "".join(f"{name:>8}    rule" for name in sets))
    print(f"{'texts':24}" + "".join(f"{len(records):8}        " for records in sets.values()))
    for name, edit in EDITS.items():
        row = []
        for language, records in sets.items():
            words = Words([r["text"] for r in records], language != "zh", random.Random(arguments.seed))
            edited = edited_copies(records, edit, words)
            row.append(found(arguments.dedupe, arguments.options.split(), records, edited))
            row.append(accepted(records, edited, language != "zh"))
        print(f"{name:24}" + "".join(f"{share:8.4f}" for share in row), flush=True)


if __name__ == "__main__":
    main()
