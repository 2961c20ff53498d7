#!/usr/bin/env python3
"""Harm: gold texts as input of `clean`; words of them that are lost, by set and language.

usage: clean_harm.py BENCH CLEAN [--levels safe,news] [--show N] [--half 0|1]

Limits (issue 4): 0.05% of words at level safe, 0.2% at level news, in every language. Words are
score.py's tokens; a word counts as lost if the output has it less often than the gold text.
Bylines and dates that went into author and date are counted as lost and shown apart.
--show lists the removed pieces of the N most harmful rules. Exit status 1 if a limit is passed.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile, unicodedata

sys.dont_write_bytecode = True
LIMITS = {"safe": 0.0005, "news": 0.002}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("clean")
    parser.add_argument("--levels", default="safe,news")
    parser.add_argument("--sets", default="wcxb,naeb,daniel")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--half", type=int, choices=(0, 1), help="only pages of even or odd number")
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    from score import tokens

    gold = []
    for name in args.sets.split(","):
        with open(os.path.join(args.bench, name, "gold.jsonl"), encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                g = json.loads(line)
                if g.get("text") and (args.half is None or number % 2 == args.half):
                    gold.append({"id": f"{name}/{g['id']}", "set": name, "lang": g.get("lang") or "en",
                                 "url": g.get("url") or "", "text": g["text"]})
    failed = False
    for level in args.levels.split(","):
        with tempfile.TemporaryDirectory() as folder:
            path, removed = os.path.join(folder, "gold.jsonl"), os.path.join(folder, "removed.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                for g in gold:
                    out.write(json.dumps(g, ensure_ascii=False) + "\n")
            done = subprocess.run([args.clean, "-q", "--level", level, "--removed", removed, path],
                                  stdout=subprocess.PIPE, check=True)
            cleaned = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
            with open(removed, encoding="utf-8") as lines:
                removals = [r for r in map(json.loads, lines) if "text" in r]
        moved = {r["id"] for r, line in zip(gold, cleaned) if line.get("author") or line.get("date")}
        count = collections.Counter()
        for r in removals:
            if r["id"] in moved and re.search(r"/(byline|date|updated|written)", r["rule"]):
                page = next(g for g in gold if g["id"] == r["id"])
                count[(page["set"], page["lang"]), "moved"] += len(tokens(r["text"]))
        for before, after in zip(gold, cleaned):
            was, now = collections.Counter(tokens(before["text"])), collections.Counter(tokens(after["text"]))
            key = (before["set"], before["lang"])
            lost = sum((was - now).values())
            count[key, "words"] += sum(was.values())
            count[key, "lost"] += lost
            count[key, "pages"] += 1
            count[key, "damaged"] += lost > 0
        for key in sorted({k for k, _ in count}):
            share = count[key, "lost"] / max(1, count[key, "words"])
            failed |= share > LIMITS.get(level, 1)
            print(f"{level:<9} {key[0]:<7} {key[1]:<3} pages {count[key, 'pages']:>4}  damaged {count[key, 'damaged']:>4}  "
                  f"words {count[key, 'words']:>8}  lost {count[key, 'lost']:>6}  {100 * share:.4f}%  bylines and dates that fill author or date {count[key, 'moved']:>3}"
                  f"{'  OVER' if share > LIMITS.get(level, 1) else ''}")
        by_rule = collections.Counter()
        for r in removals:
            by_rule[r["rule"]] += max(0, len(tokens(r["text"])) - len(tokens(r["now"])))
        for rule, words in by_rule.most_common(args.show):
            if not words:
                continue
            print(f"  {rule}: {words} words")
            for r in [r for r in removals if r["rule"] == rule][:args.show]:
                print("     ", r["id"], repr(r["text"][:160]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
