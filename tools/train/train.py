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
import sys
import zlib
from collections import Counter
from pathlib import Path

import lightgbm
import numpy as np

import class_tokens
import data
import score_facts
import trees

FOLDS = 5
THRESHOLD = 0.45
# Limits of splits are drawn at random and the best of the facts is taken (extremely randomised trees: Geurts, Ernst
# and Wehenkel, 2006). Fitted limits belong to the training pages' sites: random ones lose nothing on pages like
# these, and gain a lot on those of other languages and times.
PARAMETERS = {
    "objective": "binary", "extra_trees": True, "min_data_in_leaf": 60, "min_sum_hessian_in_leaf": 0.3,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 3.0, "max_bin": 127,
    "use_missing": False, "seed": 1, "deterministic": True, "force_row_wise": True,
    # More threads than one wait for each other longer than a tree takes to grow, on a busy machine
    # eight times as long.
    "num_threads": 1, "verbosity": -1,
}
FIRST = {"learning_rate": 0.08, "num_leaves": 63, "max_depth": 9, "trees": 300}
SECOND = {"learning_rate": 0.08, "num_leaves": 31, "max_depth": 7, "trees": 200}
# (trees, limit): a sum of log-odds this low after so many trees is final: far from what is article in the end.
EARLY = ((20, -1.5), (40, -2.4))
EARLY_SCORE = -5.0  # what such a block gets
AGAIN = -2.5  # blocks with a first score over this get a second look
EASY_WORDS = 8
BARE = 4  # one page in so many is learned from without what its class names say


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


def is_bare(page):
    return zlib.crc32(f"{page.set_name} {page.id}".encode()) % BARE == 0


def matrix(pages, tables_for, names):
    """The first look's rows of all blocks, the token facts computed with the tables of each page."""
    at = names.index(class_tokens.NAMES[0])
    parts = []
    for page in pages:
        rows = np.array(page.rows, np.float32)[:, :-len(score_facts.NAMES)]
        rows[:, at:at + len(class_tokens.NAMES)] = class_tokens.encode(page, tables_for(page))
        parts.append(rows)
    return np.concatenate(parts)


def flat(pages, member):
    return np.concatenate([np.array(getattr(page, member)) for page in pages])


def weights_of(pages):
    """Pages of one site say much the same: n of them count as the root of n."""
    sites = Counter(page.site for page in pages)
    return np.concatenate([np.array(page.weights) / sites[page.site] ** 0.5 for page in pages])


def without_tokens(pages, rows, names):
    """The rows, those of some pages as if no table knew their class names: the trees must not lean on these alone."""
    rows = rows.copy()
    bare = np.concatenate([np.full(len(page.rows), is_bare(page)) for page in pages])
    at = names.index(class_tokens.NAMES[0])
    rows[bare, at:at + len(class_tokens.NAMES)] = class_tokens.UNKNOWN * len(class_tokens.SCOPES)
    return rows


def boost(rows, labels, weights, look):
    parameters = {**PARAMETERS, **look}
    trees_wanted = parameters.pop("trees")
    train = lightgbm.Dataset(rows, labels, weight=weights / weights.mean(), free_raw_data=True)
    return lightgbm.train(parameters, train, trees_wanted)


def fit_first(pages, rows, names):
    known, labels, weights = flat(pages, "known").astype(bool), flat(pages, "labels"), weights_of(pages)
    # Most blocks are a few words of menu: a third of those says as much, at three times the weight.
    easy = (rows[:, names.index("words")] < EASY_WORDS) & (labels == 0)
    weights = np.where(easy, 3 * weights, weights)
    known &= ~easy | (np.arange(len(rows)) % 3 == 0)
    rows = without_tokens(pages, rows, names)
    return boost(rows[known], labels[known], weights[known], FIRST)


def fit_second(pages, rows, scores, names):
    known = flat(pages, "known").astype(bool) & (scores > AGAIN)
    rows = np.hstack([without_tokens(pages, rows, names), score_rows(pages, scores, names)])[known]
    return boost(rows, flat(pages, "labels")[known], weights_of(pages)[known], SECOND)


def predict_first(model, rows):
    """As the program does: sums that are low early are not summed to the end."""
    scores = model.predict(rows, raw_score=True)
    for count, limit in reversed(EARLY):
        low = model.predict(rows, raw_score=True, num_iteration=count) <= limit
        scores[low] = EARLY_SCORE
    return scores


def predict_both(second, rows, scores, pages, names):
    """The mean of both looks, where there is a second."""
    again = second.predict(np.hstack([rows, score_rows(pages, scores, names)]), raw_score=True)
    return np.where(scores > AGAIN, (scores + again) / 2, scores)


def score_rows(pages, scores, names):
    """The score facts of all blocks."""
    words, level = names.index("words"), names.index("heading_level")
    parts, at = [], 0
    for page in pages:
        rows = np.array(page.rows, np.float32)
        parts.append(score_facts.encode(scores[at:at + len(rows)], rows[:, words], rows[:, level], page.alike))
        at += len(rows)
    return np.concatenate(parts)


def check_score_facts(pages, names):
    """Ends if the program and score_facts.py disagree on a page that was explained with two looks."""
    first = names.index(score_facts.NAMES[0])
    for page in pages:
        told = np.array(page.rows, np.float32)[:, first:]
        if not told[:, 0].any():
            continue
        words, level = (np.array(page.rows)[:, names.index(name)] for name in ("words", "heading_level"))
        found = score_facts.encode(told[:, 0], words, level, page.alike)
        wrong = np.abs(found - told) > 1e-3 * (1 + np.abs(told))
        if wrong.any():
            block, fact = np.argwhere(wrong)[0]
            sys.exit(f"{page.set_name} {page.id}: block {block}: {score_facts.NAMES[fact]} is {told[block, fact]} by "
                     f"extract, {found[block, fact]} by score_facts.py")


def write_table(path, first, second, tables, names):
    used = {}
    first_trees, second_trees = trees.lines(first, used), trees.lines(second, used)
    lines = ["copydesk-scorer 1", f"threshold {THRESHOLD}",
             "facts " + " ".join(names[i] for i in used)]
    for scope, table in zip(class_tokens.SCOPES, tables):
        lines += [f"token {scope} {value:g} {token}" for token, value in table.items()]
    lines += ["base 0", *(f"early {count} {limit:g} {EARLY_SCORE:g}" for count, limit in EARLY)]
    lines += [*first_trees, f"again {AGAIN:g}", *second_trees]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


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


class Trainer:
    """The looks and tables that have not seen some folds. A first look without two folds serves both."""

    def __init__(self, pages, names):
        self.pages, self.names = pages, names
        self.fold_of = np.array([page.fold(FOLDS) for page in pages])
        self.owner = np.repeat(self.fold_of, [len(page.rows) for page in pages])
        self.tables = token_tables(pages)
        self.firsts = {}

    def inside(self, left_out):
        return [page for page, fold in zip(self.pages, self.fold_of) if fold not in left_out]

    def training_rows(self, left_out):
        # The token facts of a training page come from pages of other sites, as in use.
        return matrix(self.inside(left_out), lambda p: self.tables(left_out | {p.fold(FOLDS)}), self.names)

    def first(self, left_out):
        if not self.inside(left_out):
            sys.exit("the pages are of too few sites to hold some of them apart")
        if left_out not in self.firsts:
            self.firsts[left_out] = fit_first(self.inside(left_out), self.training_rows(left_out), self.names)
            print(f"first look without {sorted(left_out)}", flush=True)
        return self.firsts[left_out]

    def unseen_scores(self, left_out):
        """First scores of the pages outside of `left_out`, each by trees that have not seen its fold either."""
        pages = self.inside(left_out)
        owner = self.owner[~np.isin(self.owner, list(left_out))]
        scores = np.zeros(len(owner))
        for fold in sorted(set(owner)):
            unseen = left_out | {fold}
            rows = matrix([page for page in pages if page.fold(FOLDS) == fold],
                          lambda p, unseen=unseen: self.tables(unseen), self.names)
            scores[owner == fold] = predict_first(self.first(unseen), rows)
        return scores

    def second(self, left_out):
        return fit_second(self.inside(left_out), self.training_rows(left_out), self.unseen_scores(left_out), self.names)

    def write(self, path, left_out):
        """Trains both looks and writes their table."""
        first, second = self.first(left_out), self.second(left_out)
        write_table(path, first, second, self.tables(left_out), self.names)
        return first, second


def cross_validate(trainer, folder):
    probabilities = np.zeros(len(trainer.owner))
    for fold in range(FOLDS):
        left_out = frozenset((fold,))
        first, second = trainer.write(folder / f"fold-{fold}.txt", left_out)
        outside = [page for page, of in zip(trainer.pages, trainer.fold_of) if of == fold]
        if not outside:
            continue  # few sites: none fell into this fold
        rows = matrix(outside, lambda p, unseen=left_out: trainer.tables(unseen), trainer.names)
        scores = predict_both(second, rows, predict_first(first, rows), outside, trainer.names)
        probabilities[trainer.owner == fold] = 1 / (1 + np.exp(-scores))
        print(f"fold {fold}: predicted {len(outside)} pages", flush=True)
    report(trainer.pages, probabilities)


def report_gains(title, model, names):
    gains = model.feature_importance("gain")
    order = np.argsort(-gains)
    print(f"{title}, facts by gain:", ", ".join(f"{names[i]} {gains[i] / gains.sum():.3f}" for i in order[:40]))
    print("not used:", ", ".join(names[i] for i in range(len(gains)) if gains[i] == 0))


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
    check_score_facts(pages, names)
    trainer = Trainer(pages, names)
    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        cross_validate(trainer, args.folds)
    first, second = trainer.write(args.out, frozenset())
    report_gains("first look", first, names)
    report_gains("second look", second, names)


if __name__ == "__main__":
    main()
