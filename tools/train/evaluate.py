#!/usr/bin/env python3
"""Extract every page with a table that has not seen its site.

usage: evaluate.py --extract BIN --folds DIR --set NAME:PAGES_DIR:GOLD.jsonl ... --out DIR [-- OPTION ...]

DIR of --folds is what train.py wrote. Writes DIR/NAME.jsonl for each set, records as `extract`
writes them, to be scored against the gold file. What stands behind -- is handed to extract.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import data
from train import FOLDS


def folds_of(gold_path):
    """page id -> fold, by site as in training."""
    folds = {}
    with open(gold_path, encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            name = str(gold["id"])
            page = data.Page("", name, data.site_of(gold.get("url") or gold.get("site") or name))
            folds[name] = page.fold(FOLDS)
    return folds


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extract", required=True)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--set", action="append", required=True, dest="sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("options", nargs="*")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for entry in args.sets:
        name, pages, gold = entry.split(":")
        folds = folds_of(gold)
        with open(args.out / f"{name}.jsonl", "wb") as out:
            for fold in range(FOLDS):
                files = sorted(str(path) for path in Path(pages).iterdir()
                               if folds.get(data.page_key(path.name)) == fold)
                if not files:
                    continue
                command = [args.extract, "-t", "jsonl", "--scorer",
                           str(args.folds / f"fold-{fold}.txt"), "--files-from", "-", *args.options]
                done = subprocess.run(command, input="\n".join(files).encode(), stdout=out, check=False)
                if done.returncode > 1:  # 1: some pages failed, and were named
                    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
