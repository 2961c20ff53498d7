"""From HTML to unique tokenised articles in Python, the best chain of what is measured here.

    pipeline_python.py CHAIN PAGES.txt OUTPUT.jsonl PROCESSES

`careful`: trafilatura (standard, metadata), ftfy, rensa, syntok. `fast`: resiliparse, ftfy, rensa, BlingFire. Pages go through a
multiprocessing pool; the duplicates are found in the parent, in order, as the index is one.
"""
import json
import multiprocessing
import re
import sys

WORD = re.compile(r"\w+")


def extract_careful(data):
    from trafilatura import bare_extraction
    document = bare_extraction(data, with_metadata=True, include_comments=False)
    return (document.title, document.date, document.text) if document and document.text else (None, None, "")


def extract_fast(data):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree
    tree = HTMLTree.parse(bytes_to_str(data, detect_encoding(data)))
    return tree.title, None, extract_plain_text(tree, main_content=True)


def sentences_careful(text):
    from syntok import segmenter
    return [[t.value for t in s] for p in segmenter.process(text) for s in p]


def sentences_fast(text):
    from blingfire import text_to_sentences, text_to_words
    return [text_to_words(s).split(" ") for s in text_to_sentences(text).split("\n")]


def page(task):
    """A page's record and its signature."""
    chain, path = task
    from ftfy import fix_text
    from rensa import RMinHash
    with open(path, "rb") as file:
        title, date, text = (extract_careful if chain == "careful" else extract_fast)(file.read())
    text = fix_text(text)
    words = WORD.findall(text.lower())
    signature = RMinHash(num_perm=128, seed=42)
    signature.update({" ".join(words[i:i + 5]) for i in range(max(1, len(words) - 4))})
    sentences = (sentences_careful if chain == "careful" else sentences_fast)(text)
    return {"id": path, "title": title, "date": date, "text": text, "sentences": sentences}, signature


def main():
    from rensa import RMinHashLSH
    chain, listed, output, processes = sys.argv[1:5]
    with open(listed, encoding="utf-8") as lines:
        tasks = [(chain, line.rstrip("\n")) for line in lines]
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    kept = {}
    with open(output, "w", encoding="utf-8") as out, multiprocessing.Pool(int(processes)) as pool:
        for number, (record, signature) in enumerate(pool.imap(page, tasks, chunksize=8)):
            if any(kept[n].jaccard(signature) >= 0.5 for n in index.query(signature)):
                continue
            index.insert(number, signature)
            kept[number] = signature
            out.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    main()
