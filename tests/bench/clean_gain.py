#!/usr/bin/env python3
"""Gain: outputs of other extractors as input of `clean`; score.py's shingle_f1 before and after.

usage: clean_gain.py BENCH CLEAN NOISY [--level news] [--half 0|1] [--rules N] [--memory]

NOISY is the folder that noisy_extract.py wrote. Per extractor: shingle_f1 (F1 of mean precision and
mean recall, as score.py computes it) and mean of the pages' F1, before and after, over all sets
together and each. --rules N: of each rule, the words it removed that gold has not (gain) and has
(harm), the N rules with most.
"""
import argparse, collections, glob, json, os, subprocess, sys, tempfile

sys.dont_write_bytecode = True


def f1(pairs):
    p = sum(x[0] for x in pairs) / len(pairs)
    r = sum(x[1] for x in pairs) / len(pairs)
    return 2 * p * r / (p + r) if p + r else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("clean")
    parser.add_argument("noisy")
    parser.add_argument("--level", default="news")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--rules", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--options", default="", help="more options for clean")
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    from score import overlap, shingles, tokens

    gold = {}
    for name in ("wcxb", "naeb", "daniel"):
        with open(os.path.join(args.bench, name, "gold.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                g = json.loads(line)
                if g.get("text"):
                    gold[name, g["id"]] = (shingles(g["text"]), collections.Counter(tokens(g["text"])))
    extractors = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(args.noisy, "*.jsonl"))):
        corpus, name = os.path.basename(path)[:-6].split(".")
        if not args.only or name in args.only.split(","):
            extractors[name].append((corpus, path))
    gain, harm, examples = collections.Counter(), collections.Counter(), collections.defaultdict(list)
    deltas = []
    for name, files in extractors.items():
        before, after = collections.defaultdict(list), collections.defaultdict(list)
        for corpus, path in files:
            with open(path, encoding="utf-8") as lines:
                records = [json.loads(line) for line in lines]
            if args.half is not None:
                records = [r for r in records if int(r["id"]) % 2 == args.half]
            with tempfile.TemporaryDirectory() as folder:
                removed = os.path.join(folder, "removed.jsonl")
                done = subprocess.run([args.clean, "-q", "--level", args.level, "--removed", removed] + args.options.split(),
                                      input="".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode(),
                                      stdout=subprocess.PIPE, check=True)
                with open(removed, encoding="utf-8") as lines:
                    removals = [r for r in map(json.loads, lines) if "text" in r]
            missing = {}  # shingles of gold that the cleaned text lacks
            for record, line in zip(records, done.stdout.decode().split("\n")[:-1]):
                g = gold[corpus, record["id"]][0]
                b = overlap(g, shingles(record["text"]))
                cleaned = json.loads(line)["text"]
                a = b if cleaned == record["text"] else overlap(g, shingles(cleaned))
                missing[record["id"]] = g - shingles(cleaned)
                before[corpus].append(b)
                after[corpus].append(a)
            for r in removals:
                words = collections.Counter(tokens(r["text"]))
                # A removed piece is harm if gold has its 4-grams and the cleaned text has not.
                pieces = shingles(r["text"])
                held = sum((pieces & missing[r["id"]]).values()) / max(1, sum(pieces.values()))
                n = sum(words.values())
                gain[r["rule"]] += (1 - held) * n
                harm[r["rule"]] += held * n
                if held > .5 and n > 3:
                    examples[r["rule"]].append(f"{corpus}/{r['id']} {r['text'][:150]!r}")
        everything = [x for corpus in before for x in before[corpus]], [x for corpus in after for x in after[corpus]]
        row = [f"{name:<16} {100 * f1(everything[0]):6.2f} -> {100 * f1(everything[1]):6.2f} ({100 * (f1(everything[1]) - f1(everything[0])):+.2f})"]
        deltas.append(f1(everything[1]) - f1(everything[0]))
        for corpus in sorted(before):
            row.append(f"{corpus} {100 * f1(before[corpus]):.2f} {100 * (f1(after[corpus]) - f1(before[corpus])):+.2f}")
        print("  ".join(row), flush=True)
    if deltas:
        print(f"mean gain {100 * sum(deltas) / len(deltas):+.2f} over {len(deltas)} extractors")
    for rule, _ in (gain + harm).most_common(args.rules):
        print(f"  {rule:<32} gain {gain[rule]:9.0f}  harm {harm[rule]:8.0f}")
        for e in examples[rule][:4]:
            print("       ", e)


if __name__ == "__main__":
    main()
