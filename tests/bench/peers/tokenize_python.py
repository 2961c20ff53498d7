"""Sentence splitters and tokenizers of the Python world behind one contract (adapter.py): a text in, segments out, a line each."""
import functools
import logging
import re
import warnings

from adapter import run

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
PARAGRAPH = re.compile(r"\n[ \t]*\n")


def paragraphs(data):
    return PARAGRAPH.split(data.decode("utf-8"))


def lines(segments):
    """The record: a segment a line, no line break inside one."""
    return {"text": "\n".join(" ".join(s.split()) for s in segments)}


def blingfire_sentences():
    from blingfire import text_to_sentences
    return lambda data, language: {"text": "\n".join(map(text_to_sentences, paragraphs(data)))}


def blingfire_words():
    from blingfire import text_to_words
    return lambda data, language: {"text": text_to_words(data.decode("utf-8")).replace(" ", "\n")}


def spacy_pipeline(sentences):
    import spacy

    @functools.cache
    def pipeline(language):
        try:
            model = spacy.blank(language)
        except Exception:  # a language whose tokenizer needs a package of its own
            model = spacy.blank("xx")
        model.max_length = 10**8
        if sentences:
            model.add_pipe("sentencizer")
        return model
    return pipeline


def spacy_sentences():
    pipeline = spacy_pipeline(True)
    return lambda data, language: lines(s.text for p in paragraphs(data) for s in pipeline(language)(p).sents)


def spacy_words():
    pipeline = spacy_pipeline(False)
    return lambda data, language: {"text": "\n".join(t.text for p in paragraphs(data) for t in pipeline(language)(p)
                                                     if not t.is_space)}


def nltk_splitter():
    """Punkt learns from text without labels: from the very text it then splits, as no model comes with the package."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    @functools.lru_cache(4)
    def learned(data):
        return PunktSentenceTokenizer(data.decode("utf-8")) if len(data) > 20_000 else PunktSentenceTokenizer()
    return learned


def nltk_sentences():
    learned = nltk_splitter()
    return lambda data, language: lines(s for p in paragraphs(data) for s in learned(data).tokenize(p))


def nltk_words():
    """As its word_tokenize does: sentence by sentence, for only the last full stop of what it is given is a token to it."""
    from nltk.tokenize import NLTKWordTokenizer
    learned, words = nltk_splitter(), NLTKWordTokenizer()

    def work(data, language):
        sentences = (s for p in paragraphs(data) for s in learned(data).tokenize(p))
        return {"text": "\n".join(s[a:b] for s in sentences for a, b in words.span_tokenize(s))}
    return work


def pysbd_sentences():
    import pysbd

    @functools.cache
    def splitter(language):
        known = language if language in pysbd.languages.LANGUAGE_CODES else "en"
        return pysbd.Segmenter(language=known, clean=False)
    return lambda data, language: lines(s for p in paragraphs(data) for s in splitter(language).segment(p))


def syntok_sentences():
    from syntok import segmenter
    return lambda data, language: lines("".join(t.spacing + t.value for t in sentence) for p in paragraphs(data)
                                        for sentence in segmenter.split(_syntok(language).tokenize(p)))


def syntok_words():
    return lambda data, language: {"text": "\n".join(t.value for p in paragraphs(data) for t in _syntok(language).tokenize(p))}


@functools.cache
def _syntok(_):
    from syntok.tokenizer import Tokenizer
    return Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)


def sacremoses_words():
    from sacremoses import MosesTokenizer

    @functools.cache
    def tokenizer(language):
        return MosesTokenizer(lang=language)
    return lambda data, language: {"text": "\n".join(t for p in paragraphs(data) for line in p.split("\n")
                                                     for t in tokenizer(language).tokenize(line, escape=False))}


run({
    "blingfire-sentences": blingfire_sentences, "blingfire-words": blingfire_words,
    "spacy-sentences": spacy_sentences, "spacy-words": spacy_words,
    "nltk-sentences": nltk_sentences, "nltk-words": nltk_words,
    "pysbd-sentences": pysbd_sentences,
    "syntok-sentences": syntok_sentences, "syntok-words": syntok_words,
    "sacremoses-words": sacremoses_words,
})
