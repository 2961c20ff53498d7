"""What every Python peer shares: the adapter's contract.

An adapter, in any language, is called as

    ADAPTER PEER INPUTS.tsv OUTPUT.jsonl REPORT.json ROUNDS

INPUTS has `id<TAB>path` a line, for tokenizers `id<TAB>path<TAB>language`. The adapter loads its library, then goes ROUNDS times over the inputs, one at a
time: reads it, does the peer's work, forgets it, and adds up the wall time and the processor time of that work alone
(no start-up, no reading, no writing). OUTPUT gets one record an input, REPORT one object: documents and bytes of one
round, errors, and for each round `seconds` and `cpu` (processor seconds of all the process's threads).
"""
import json
import re
import sys
import time

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data):
    """Page bytes as a str, for the peers that take no bytes: BOM, then <meta>, then UTF-8, then windows-1252."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = CHARSET.search(data[:4096])
    for encoding in ([declared.group(1).decode("ascii")] if declared else []) + ["utf-8"]:
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return data.decode("cp1252", errors="replace")


def read_inputs(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, file, *rest = line.rstrip("\n").split("\t")
            with open(file, "rb") as page:
                yield name, page.read(), *rest


def run(peers):
    """main() of an adapter. `peers` maps a name to a function that loads the peer and returns bytes -> record (for
    tokenizers: bytes, language -> record)."""
    name, inputs, output, report, rounds = sys.argv[1:6]
    work = peers[name]()
    seconds, cpu, count, size, errors = [], [], 0, 0, 0
    with open(output, "w", encoding="utf-8") as lines:
        for round_number in range(int(rounds)):
            spent = used = 0.0
            for key, data, *rest in read_inputs(inputs):
                start, begun = time.perf_counter(), time.process_time()
                try:
                    record = work(data, *rest)
                except Exception as error:  # a peer that fails on a page has failed on that page only
                    record = {"error": repr(error)[:300]}
                spent += time.perf_counter() - start
                used += time.process_time() - begun
                if round_number == 0:
                    count, size, errors = count + 1, size + len(data), errors + ("error" in record)
                    record = {"id": key, **{k: v for k, v in record.items() if v}}
                    lines.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
            seconds.append(spent)
            cpu.append(used)
    with open(report, "w", encoding="utf-8") as out:
        json.dump({"documents": count, "bytes": size, "errors": errors, "seconds": seconds, "cpu": cpu}, out)
