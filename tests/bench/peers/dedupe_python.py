"""Deduplicators of the Python world. Called as adapter.py says; the one input is a file of records (id, text).

OUTPUT holds a record for every document, with `duplicate_of` where the peer found an earlier one like it. All build on sets
of word 5-grams, lower-cased; making them is part of the work, for these libraries leave it to their users ("shingles-alone"
is that part). What was not the peer's own work (union of links, writing) is not timed.
"""
import gzip
import json
import os
import pathlib
import re
import resource
import struct
import sys
import tempfile
import time

WORD = re.compile(r"\w+")
PERMUTATIONS, BANDS, ROWS, THRESHOLD = 128, 32, 4, 0.5


def shingles(text, n=5):
    words = WORD.findall(text.lower())
    return {" ".join(words[i:i + n]) for i in range(max(1, len(words) - n + 1))}


def documents(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield str(record["id"]), record["text"]


def processor():
    """Processor seconds of this process and of its children that have ended: some peers work in processes of their own."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class Clock:
    """Adds up the wall time and the processor time inside its `with` blocks."""
    seconds = cpu = 0.0

    def __enter__(self):
        self.start, self.begun = time.perf_counter(), processor()

    def __exit__(self, *_):
        self.seconds += time.perf_counter() - self.start
        self.cpu += processor() - self.begun


def streamed(path, clock, find):
    """[(id, earlier ids like it)] by find(number, text) -> earlier numbers, one document at a time."""
    ids, links = [], []
    for number, (key, text) in enumerate(documents(path)):
        ids.append(key)
        with clock:
            earlier = find(number, text)
        links.append(earlier)
    return ids, links


def shingles_alone(path, clock):
    return streamed(path, clock, lambda _, text: [] if shingles(text) else [])


def datasketch(path, clock):
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    kept = {}

    def find(number, text):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([s.encode() for s in shingles(text)])
        found = [n for n in index.query(signature) if kept[n].jaccard(signature) >= THRESHOLD]
        index.insert(number, signature, check_duplication=False)
        kept[number] = signature
        return found
    return streamed(path, clock, find)


def rensa(path, clock):
    from rensa import RMinHash, RMinHashLSH
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    kept = []

    def find(number, text):
        signature = RMinHash(num_perm=PERMUTATIONS, seed=42)
        signature.update(shingles(text))
        found = [n for n in index.query(signature) if kept[n].jaccard(signature) >= THRESHOLD]
        index.insert(number, signature)
        kept.append(signature)
        return found
    return streamed(path, clock, find)


def rensa_bulk(path, clock):
    from rensa import RMinHash, RMinHashLSH
    ids, texts = map(list, zip(*documents(path)))
    with clock:
        signatures = RMinHash.from_token_sets([shingles(text) for text in texts], PERMUTATIONS, 42)
        index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
        index.insert_many(signatures)
        links = [[n for n in near if n < number and signatures[n].jaccard(signatures[number]) >= THRESHOLD]
                 for number, near in enumerate(index.query_all(signatures))]
    return ids, links


def rensa_rho(path, clock):
    """The path of rensa's own headline figure. It gives flags, no pairs: a true pair is counted when both are flagged."""
    from rensa import RMinHash, RMinHashLSH
    ids, texts = map(list, zip(*documents(path)))
    with clock:
        matrix = RMinHash.digest_matrix_from_token_sets_rho([shingles(text) for text in texts], PERMUTATIONS, 42)
        index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
        flags = index.query_duplicate_flags_matrix_one_shot(matrix)
    _, links = rensa_bulk(path, Clock())
    return ids, [[n for n in near if flags[n]] if flags[number] else [] for number, near in enumerate(links)]


def gaoya(path, clock):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(32, THRESHOLD, BANDS, ROWS, None, "word", True, (5, 5))

    def find(number, text):
        found = index.query(text)
        index.insert_document(number, text)
        return found
    return streamed(path, clock, find)


def datatrove(buckets, hashes):
    def run(path, clock):
        from datatrove.data import Document
        from datatrove.executor.local import LocalPipelineExecutor
        from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
        from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
        from datatrove.utils.logging import logger
        logger.remove()
        loaded = [Document(id=key, text=text) for key, text in documents(path)]
        config = MinhashConfig(n_grams=5, num_buckets=buckets, hashes_per_bucket=hashes)
        with tempfile.TemporaryDirectory() as folder, clock:
            def stage(*steps, tasks=1):
                LocalPipelineExecutor(pipeline=list(steps), tasks=tasks, workers=1, skip_completed=False,
                                      logging_dir=f"{folder}/logs{time.perf_counter_ns()}").run()
            stage(loaded, MinhashDedupSignature(output_folder=f"{folder}/signatures", config=config))
            stage(MinhashDedupBuckets(input_folder=f"{folder}/signatures", output_folder=f"{folder}/buckets", config=config),
                  tasks=buckets)
            stage(MinhashDedupCluster(input_folder=f"{folder}/buckets", output_folder=f"{folder}/remove", config=config,
                                      save_cluster_id=True))
            stage(loaded, MinhashDedupFilter(input_folder=f"{folder}/remove"))
            written = pathlib.Path(folder, "remove", "000000.clusters")
            pairs = struct.iter_unpack("<2I", written.read_bytes() if written.exists() else b"")
        first, links = {}, [[] for _ in loaded]
        for number, cluster in pairs:
            links[number] = [first.setdefault(cluster, number)]
        return [document.id for document in loaded], links
    return run


def text_dedup(path, clock):
    """Its command, called inside the process: it loads and saves the records itself, which is in its time."""
    import text_dedup.minhash as library
    ids = [key for key, _ in documents(path)]
    with tempfile.TemporaryDirectory() as folder:
        with clock:
            library.main(["--path", "json", "--data_files", path, "--split", "train", "--column", "text", "--num_proc", os.environ.get("DEDUPE_PROCESSES", "1"),
                          "--cache_dir", f"{folder}/cache", "--output", f"{folder}/output", "--ngram", "5", "--min_length", "1",
                          "--num_perm", str(PERMUTATIONS), "--b", str(BANDS), "--r", str(ROWS), "--hash_func", "xxh3"],
                         standalone_mode=False)
    return ids, [[library.uf.find(number)] for number in range(len(ids))]


PEERS = {"shingles-alone": shingles_alone, "datasketch": datasketch, "rensa": rensa, "rensa-bulk": rensa_bulk,
         "rensa-rho": rensa_rho, "gaoya": gaoya, "datatrove-14x8": datatrove(14, 8), "datatrove-32x4": datatrove(32, 4),
         "text-dedup": text_dedup}


def roots(links):
    """The earliest document that each one hangs together with."""
    parent = list(range(len(links)))

    def find(n):
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n
    for number, earlier in enumerate(links):
        for other in earlier:
            a, b = sorted((find(number), find(other)))
            parent[b] = a
    return [find(n) for n in range(len(links))]


def main():
    name, inputs, output, report, rounds = sys.argv[1:6]
    with open(inputs, encoding="utf-8") as lines:
        path = lines.readline().rstrip("\n").split("\t")[1]
    seconds, cpu = [], []
    for _ in range(int(rounds)):
        clock = Clock()
        ids, links = PEERS[name](path, clock)
        seconds.append(clock.seconds)
        cpu.append(clock.cpu)
    with open(output, "w", encoding="utf-8") as out:
        for number, root in enumerate(roots(links)):
            record = {"id": ids[number]} if root == number else {"id": ids[number], "duplicate_of": ids[root]}
            out.write(json.dumps(record) + "\n")
    with open(report, "w", encoding="utf-8") as out:
        json.dump({"documents": len(ids), "bytes": sum(len(text.encode()) for _, text in documents(path)), "errors": 0,
                   "seconds": seconds, "cpu": cpu}, out)


main()
