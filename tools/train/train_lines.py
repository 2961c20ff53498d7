#!/usr/bin/env python3
"""Train the table that tells article lines from the rest of a text.

usage: train_lines.py BENCH FACTS --out TABLE [--limits 'drop -2 ...'] [--names gold,a,b,...]
                      [--every-text] [--hold-out K] [--predictions FILE]

BENCH   the folder with wcxb, naeb and daniel: gold.jsonl, and score.py
FACTS   SET.NAME.jsonl files: what `clean --explain-lines` wrote for the texts of a set, as an
        extractor NAME gave them, the gold texts themselves (gold), or our own extract
--limits       the table's lines that say when a line goes (line_scorer.h); chosen by hand from
               --predictions, so that harm on gold stays under its bars
--every-text   for a table that judges texts without evidence of rules, too (full_page.txt): the facts
               of what rules took are left out, since cleaned again a text has none of it
--hold-out K   leaves the sites of fold K (of 4) out of training and writes their scores to
               --predictions: one JSON object a line (set, id, name, words, share in gold, score)

A line is article if half of its 4-grams stand in the gold text. A line of an extractor's text weighs
what its going would change in the text's precision and recall, one of a gold text by its words, as
harm is counted. A quarter of the texts is trained without the table's words, so that the rest of the
facts learns to do without. The same input gives the same table.
"""
import argparse
import collections
import glob
import json
import os
import re
import sys
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy as np

import line_words
import trees

sys.dont_write_bytecode = True
FOLDS = 4
TREES = 250
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 63, "max_depth": 9,
    "extra_trees": True, "min_data_in_leaf": 60, "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 2.0, "max_bin": 127, "use_missing": False, "seed": 1, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbosity": -1,
}
CAREFUL = ("gold", "extract")  # texts that must not be harmed
CAREFUL_WEIGHT = 0.05  # of a word of such a text; of another's text the whole weighs 100
SECOND_LEVEL = {"ac", "co", "com", "edu", "gov", "net", "org"}  # of a country: bbc.co.uk
FACT_NAMES = Path(__file__).resolve().parents[2] / "src" / "clean" / "fact_names.inc"
NAMES = re.findall(r"^COPYDESK_FACT\((\w+)\)", FACT_NAMES.read_text(), re.M)
AT = {name: i for i, name in enumerate(NAMES)}

def site_of(url):
    """The registered domain, near enough."""
    parts = (urlsplit(url).hostname or "").split(".")
    size = 3 if len(parts) > 2 and parts[-2] in SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-size:])


class Gold:
    def __init__(self, record, score):
        text = record["text"]
        self.shingles = score.shingles(text)
        self.folded = " ".join(text.lower().split())
        self.site = site_of(record.get("url") or "") or record["id"]
        self.language = record.get("lang") or "en"
        self.words = len(score.tokens(text))
        self.fold = zlib.crc32(self.site.encode()) % FOLDS


class Text:
    """The lines of one text: facts, words, and what share of each stands in gold."""

    def __init__(self, corpus, key, name, gold, records, score):
        self.corpus, self.key, self.name, self.gold = corpus, key, name, gold
        self.rows = np.array([r["facts"] for r in records], np.float32)
        self.lines = [line_words.words_of(r["line"]) for r in records]
        shares, sizes = [], []
        for line in (r["line"] for r in records):
            pieces, size = score.shingles(line), len(score.tokens(line))
            if not pieces:
                share = 0.5
            elif size < 4:
                share = float(" ".join(line.lower().split()) in gold.folded)
            else:
                share = sum((pieces & gold.shingles).values()) / sum(pieces.values())
            shares.append(share)
            sizes.append(size)
        self.shares, self.sizes = np.array(shares), np.array(sizes, np.float32)

    def weights(self):
        """By what a line's going would change: of noise the precision, of the article recall, too."""
        if self.name in CAREFUL:
            return (np.minimum(self.sizes, 60) + 0.5) * CAREFUL_WEIGHT
        sizes = np.minimum(self.sizes, 80) + 0.3
        words = max(self.sizes.sum(), 20)
        precision = np.clip(self.shares @ self.sizes / words, 0.02, 1)
        recall = sizes / max(self.gold.words, 60)
        weights = np.where(self.shares >= 0.5, recall + (1 - precision) * sizes / words,
                           precision * sizes / words) * 100 + 0.02
        unsure = (self.shares > 0.25) & (self.shares < 0.6)
        return np.where(unsure, 0.2 * weights, weights)


def read_texts(bench, facts, names, score):
    golds, texts = {}, []
    for corpus in ("wcxb", "naeb", "daniel"):
        with open(os.path.join(bench, corpus, "gold.jsonl"), encoding="utf-8") as lines:
            for g in map(json.loads, lines):
                if g.get("text"):
                    golds[corpus, g["id"]] = Gold(g, score)
    for path in sorted(glob.glob(os.path.join(facts, "*.jsonl"))):
        corpus, name = os.path.basename(path)[:-6].split(".")
        if names and name not in names:
            continue
        by_page = collections.defaultdict(list)
        with open(path, encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                by_page[record["id"]].append(record)
        texts += [Text(corpus, key, name, golds[corpus, key], records, score)
                  for key, records in by_page.items()]
    return texts


TOKEN_FACTS = [name for name in NAMES if "token" in name]
GONE_FACTS = [AT[name] for name in NAMES if name.startswith("gone_")]


def encode(text, table):
    """The rows with the token facts as `table` makes them: what facts.cpp computes."""
    rows = text.rows.copy()
    for name in TOKEN_FACTS:
        rows[:, AT[name]] = 0
    if table is None:
        return rows
    count = len(text.lines)
    sums, least, head, mean = (np.zeros(count, np.float32) for _ in range(4))
    for i, line in enumerate(text.lines):
        values = [table.get(word, 0) for word in line]
        sums[i], head[i] = sum(values), sum(values[:3])
        least[i] = min([0, *values])
        mean[i] = sums[i] / (len(values) + 4)
    totals = np.concatenate([[0], np.cumsum(sums)])
    words = np.concatenate([[0], np.cumsum(rows[:, AT["words"]])])
    first = np.maximum(0, np.arange(count) - 3)
    last = np.minimum(count, np.arange(count) + 4)
    rows[:, AT["token_sum"]], rows[:, AT["token_mean"]] = sums, mean
    rows[:, AT["token_least"]], rows[:, AT["token_head"]] = least, head
    rows[1:, AT["before1_tokens"]] = mean[:-1]
    rows[:-1, AT["behind1_tokens"]] = mean[1:]
    rows[:, AT["near_tokens"]] = (totals[last] - totals[first]) / (words[last] - words[first] + 4)
    rows[:, AT["all_before_tokens"]] = totals[:-1] / (rows[:, AT["words_before"]] + 4)
    rows[:, AT["all_behind_tokens"]] = (totals[-1] - totals[1:]) / (rows[:, AT["words_behind"]] + 4)
    return rows


def thin(rows, labels, weights):
    """A quarter of the lines inside running text says as much, at four times the weight."""
    easy = ((rows[:, AT["prose_before"]] >= 4) & (rows[:, AT["prose_behind"]] >= 4) & labels
            & (rows[:, AT["prose_distance_before"]] <= 1))
    kept = ~easy | (np.arange(len(labels)) % 4 == 0)
    return rows[kept], labels[kept], np.where(easy, 4 * weights, weights)[kept]


def fit(texts, table_for):
    without_words = np.random.RandomState(1).rand(len(texts)) < 0.25
    rows = np.concatenate([encode(text, None if bare else table_for(text))
                           for text, bare in zip(texts, without_words)])
    labels = np.concatenate([text.shares >= 0.5 for text in texts])
    weights = np.concatenate([text.weights() for text in texts])
    rows, labels, weights = thin(rows, labels, weights)
    print(f"{len(texts)} texts, {len(labels)} lines", flush=True)
    data = lightgbm.Dataset(rows, labels.astype(np.float32), weight=weights / weights.mean())
    return lightgbm.train(PARAMETERS, data, TREES)


def words_without(folds, left_out):
    lines = line_words.Lines()
    for k, fold in enumerate(folds):
        if k not in left_out:
            lines += fold
    return line_words.fit(lines)


def write_table(path, model, words, limits):
    used = {}
    written = trees.lines(model, used, limit_digits=6, leaf_digits=4)
    lines = ["copydesk-lines 1", *(limit.strip() for limit in limits.split(",")),
             "facts " + " ".join(NAMES[i] for i in used)]
    lines += [f"token {value:g} {word.decode()}" for word, value in words.items()]
    Path(path).write_text("\n".join([*lines, "base 0", *written]) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("facts")
    parser.add_argument("--out", required=True)
    parser.add_argument("--limits", default="languages el en pl ru zh, drop-with some -0.7 -1, drop-with sure 0 0, keep-head 1, early 16 1.3")
    parser.add_argument("--every-text", action="store_true")
    parser.add_argument("--names", default="")
    parser.add_argument("--hold-out", type=int, choices=range(FOLDS))
    parser.add_argument("--predictions")
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    import score  # the bench's scorer, so that words are the same

    names = [name for name in args.names.split(",") if name]
    texts = read_texts(args.bench, args.facts, names, score)
    if args.every_text:
        for text in texts:
            text.rows[:, GONE_FACTS] = 0
    folds = [line_words.Lines() for _ in range(FOLDS)]
    for text in texts:
        folds[text.gold.fold].add(text)
    learnt = [k for k in range(FOLDS) if k != args.hold_out]
    # The words of a training text are judged by texts of other sites, as in use.
    tables = {k: words_without(folds, [args.hold_out, k]) for k in learnt}
    model = fit([text for text in texts if text.gold.fold != args.hold_out],
                lambda text: tables[text.gold.fold])
    words = words_without(folds, [args.hold_out])
    write_table(args.out, model, words, args.limits)
    if args.hold_out is None or not args.predictions:
        return
    with open(args.predictions, "w", encoding="utf-8") as out:
        for text in texts:
            if text.gold.fold != args.hold_out:
                continue
            scores = model.predict(encode(text, words), raw_score=True)
            out.write(json.dumps({
                "set": text.corpus, "id": text.key, "name": text.name,
                "words": text.sizes.astype(int).tolist(),
                "share": [round(float(s), 3) for s in text.shares],
                "score": [round(float(s), 3) for s in scores]}) + "\n")


if __name__ == "__main__":
    main()
