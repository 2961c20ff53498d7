"""Subword tokenizers of the Python world behind one contract (adapter.py): a text in, ids out.

All are given the vocabulary that SUBWORDS_VOCABULARY names (tiktoken ranks of cl100k_base), so that all have to give the same ids.
"""
import base64
import os

from adapter import run

PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def ranks():
    with open(os.environ["SUBWORDS_VOCABULARY"], "rb") as lines:
        return {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, lines)}


def tiktoken():
    from tiktoken import Encoding
    encoding = Encoding("cl100k_base", pat_str=PATTERN, mergeable_ranks=ranks(), special_tokens={})
    return lambda data: {"ids": encoding.encode_ordinary(data.decode("utf-8"))}


def byte_characters():
    """The characters that byte-level vocabularies of Hugging Face write bytes as."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {**{byte: chr(byte) for byte in shown}, **{byte: chr(256 + n) for n, byte in enumerate(hidden)}}


def merges(known):
    """Pairs of tokens in the order in which they merge: the rank of the whole, then those of the parts."""
    found = []
    for token, rank in known.items():
        parts = [(token[:at], token[at:]) for at in range(1, len(token))]
        found += [(rank, known[left], known[right], left, right) for left, right in parts if left in known and right in known]
    return [(left, right) for _, _, _, left, right in sorted(found)]


def hugging_face():
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    characters, known = byte_characters(), ranks()

    def written(token):
        return "".join(characters[byte] for byte in token)
    model = models.BPE(vocab={written(token): rank for token, rank in known.items()},
                       merges=[(written(left), written(right)) for left, right in merges(known)], ignore_merges=True)
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(PATTERN), "isolated"),
                                                       pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    return lambda data: {"ids": tokenizer.encode(data.decode("utf-8"), add_special_tokens=False).ids}


run({"tiktoken": tiktoken, "tokenizers": hugging_face})
