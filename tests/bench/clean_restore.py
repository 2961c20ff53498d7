#!/usr/bin/env python3
"""Property: restore(clean(x)) == x byte for byte, and clean(clean(x)) == clean(x), at every level.

usage: clean_restore.py CLEAN FILE.jsonl ...

Each file goes through as records, and its texts as one text stream. Exit status 1 on a difference.
"""
import json, os, subprocess, sys, tempfile


def run(arguments, data):
    return subprocess.run(arguments, input=data, stdout=subprocess.PIPE, check=True).stdout


def main():
    clean, files = sys.argv[1], sys.argv[2:]
    bad = 0
    for path in files:
        with open(path, "rb") as f:
            records = b"".join(line for line in f if json.loads(line).get("text") is not None)
        texts = [json.loads(line)["text"] for line in records.splitlines()]
        stream = "\f".join(t.replace("\f", " ").strip("\n") + "\n" for t in texts if t.strip()).encode()
        for name, data in (("records", records), ("text", stream)):
            for level in ("safe", "news", "full-page"):
                with tempfile.TemporaryDirectory() as folder:
                    removed = os.path.join(folder, "removed")
                    once = run([clean, "-q", "--level", level, "--removed", removed], data)
                    back = run([clean, "--restore", removed], once)
                    twice = run([clean, "-q", "--level", level], once)
                a, b = once.split(b"\n" if name == "records" else b"\f"), twice.split(b"\n" if name == "records" else b"\f")
                differ = sum(x != y for x, y in zip(a, b)) + abs(len(a) - len(b))
                print(f"{os.path.basename(os.path.dirname(path))}/{os.path.basename(path)} {name} {level}: "
                      f"{len(a)} documents, restored {'byte for byte' if back == data else 'OTHERWISE'}, "
                      f"{differ} change when cleaned again")
                bad += (back != data) + (differ > 0)
                for x, y in [(x, y) for x, y in zip(a, b) if x != y][:2]:
                    i = next((i for i in range(min(len(x), len(y))) if x[i] != y[i]), min(len(x), len(y)))
                    print("    at", i, x[max(0, i - 80):i + 80], "->", y[max(0, i - 80):i + 80])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
