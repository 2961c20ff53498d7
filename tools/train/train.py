#!/usr/bin/env python3
"""Train the table that tells article blocks from the rest of a page.

usage: train.py --set NAME:EXPLAIN.jsonl:GOLD.jsonl[:titled] ... --out scorer.txt
                [--weight NAME=FACTOR ...] [--folds DIR]

EXPLAIN  what `extract --explain` wrote for the pages of the set
GOLD     one JSON object a line: id, url, and text (or with/without: snippets)
titled   the gold texts begin with the title, which is not part of the body
--weight how much a page of the set counts against one of another set (1)
--folds  also writes DIR/fold-K.txt, tables that have not seen the sites of fold K, and
         DIR/fold-K.ids, the pages of that fold ("NAME ID" a line): evaluate.py scores with them

The same input gives the same tables, byte for byte.
"""
import argparse
from pathlib import Path

import lightgbm
import numpy as np

import class_tokens
import data
import trees

FOLDS = 5
THRESHOLD = 0.45
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 40, "max_depth": 7,
    "min_data_in_leaf": 60, "min_sum_hessian_in_leaf": 0.3, "feature_fraction": 0.4,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 3.0, "max_bin": 127,
    "use_missing": False, "seed": 1, "deterministic": True, "force_row_wise": True,
    # More threads than one wait for each other longer than a tree takes to grow, on a busy machine
    # eight times as long.
    "num_threads": 1, "verbosity": -1,
}
TREES = 240
EARLY = (40, -2.4)  # a sum of log-odds this low after so many trees is final: far from any limit
EASY_WORDS = 8


def token_tables(pages):
    """left_out -> tables counted without the folds in the frozenset."""
    counts = [class_tokens.TokenCounts() for _ in range(FOLDS)]
    for page in pages:
        counts[page.fold(FOLDS)].add(page)
    cache = {}

    def tables(left_out):
        if left_out not in cache:
            kept = [c for k, c in enumerate(counts) if k not in left_out]
            cache[left_out] = class_tokens.TokenCounts.merged(kept).table()
        return cache[left_out]
    return tables


def matrix(pages, tables_for, names):
    """Rows of all blocks, the token facts computed with the tables of each page."""
    at = names.index(class_tokens.NAMES[0])
    parts = []
    for page in pages:
        rows = np.array(page.rows, np.float32)
        rows[:, at:at + len(class_tokens.NAMES)] = class_tokens.encode(page, tables_for(page))
        parts.append(rows)
    return np.concatenate(parts)


def flat(pages, member):
    return np.concatenate([np.array(getattr(page, member)) for page in pages])


def fit(pages, rows):
    known = flat(pages, "known").astype(bool)
    weights = flat(pages, "weights")
    # Most blocks are a few words of menu: a third of those says as much, at three times the weight.
    words = np.concatenate([[block["words"] for block in page.blocks] for page in pages])
    easy = (words < EASY_WORDS) & (flat(pages, "labels") == 0)
    known &= ~easy | (np.arange(len(words)) % 3 == 0)
    weights = np.where(easy, 3 * weights, weights)[known]
    train = lightgbm.Dataset(rows[known], flat(pages, "labels")[known],
                             weight=weights / weights.mean(), free_raw_data=True)
    return lightgbm.train(PARAMETERS, train, TREES)


def write_table(path, model, tables, names):
    used = {}
    written = trees.lines(model, used)
    lines = ["copydesk-scorer 1", f"threshold {THRESHOLD}",
             "facts " + " ".join(names[i] for i in used)]
    for scope, table in zip(class_tokens.SCOPES, tables):
        lines += [f"token {scope} {value:g} {token}" for token, value in table.items()]
    lines += ["base 0", f"early {EARLY[0]} {EARLY[1]:g}"]
    Path(path).write_text("\n".join([*lines, *written]) + "\n", encoding="utf-8")


def report(pages, probabilities):
    """Share of wrong words by set, and of blocks, at the threshold."""
    labels, weights, known = flat(pages, "labels"), flat(pages, "weights"), flat(pages, "known")
    sets = np.concatenate([[page.set_name] * len(page.rows) for page in pages])
    guess = probabilities >= THRESHOLD
    for name in sorted(set(sets)):
        here = (sets == name) & known.astype(bool)
        w, y, g = weights[here], labels[here], guess[here]
        kept, right = (w * g).sum(), (w * g * y).sum()
        print(f"{name:12} blocks {here.sum():7} precision {right / kept:.4f} "
              f"recall {right / (w * y).sum():.4f}")


def train_without(fold, pages, tables, names, folder):
    """The model and the table that have not seen the sites of `fold`."""
    inside = [page for page in pages if page.fold(FOLDS) != fold]
    # The token facts of a training page come from pages of other sites, as in use.
    model = fit(inside, matrix(inside, lambda p: tables(frozenset((fold, p.fold(FOLDS)))), names))
    write_table(folder / f"fold-{fold}.txt", model, tables(frozenset((fold,))), names)
    return model


def cross_validate(pages, tables, names, folder):
    probabilities = np.zeros(sum(len(page.rows) for page in pages))
    owner = np.concatenate([[page.fold(FOLDS)] * len(page.rows) for page in pages])
    for fold in range(FOLDS):
        model = train_without(fold, pages, tables, names, folder)
        outside = [page for page in pages if page.fold(FOLDS) == fold]
        if not outside:
            continue  # few sites: none fell into this fold
        rows = matrix(outside, lambda p: tables(frozenset((fold,))), names)
        probabilities[owner == fold] = model.predict(rows)
        print(f"fold {fold}: predicted {len(outside)} pages", flush=True)
    report(pages, probabilities)


def train_on_all(pages, tables, names, path):
    model = fit(pages, matrix(pages, lambda p: tables(frozenset((p.fold(FOLDS),))), names))
    write_table(path, model, tables(frozenset()), names)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", required=True, dest="sets")
    parser.add_argument("--out", required=True)
    parser.add_argument("--weight", action="append", default=[], dest="weights")
    parser.add_argument("--folds", type=Path)
    args = parser.parse_args()
    factors = {name: float(factor) for name, factor in (w.split("=") for w in args.weights)}
    names = data.fact_names()
    pages = []
    for entry in args.sets:
        name, explain, gold, *titled = entry.split(":")
        found = data.read_set(name, explain, gold, bool(titled), names)
        for page in found:
            page.weights = [weight * factors.get(name, 1) for weight in page.weights]
        print(f"{name}: {len(found)} pages of {len({p.site for p in found})} sites", flush=True)
        pages += found
    tables = token_tables(pages)
    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        cross_validate(pages, tables, names, args.folds)
    model = train_on_all(pages, tables, names, args.out)
    gains = model.feature_importance("gain")
    order = np.argsort(-gains)
    print("facts by gain:", ", ".join(f"{names[i]} {gains[i] / gains.sum():.3f}" for i in order[:40]))
    print("facts not used:", ", ".join(names[i] for i in range(len(names)) if gains[i] == 0))


if __name__ == "__main__":
    main()
