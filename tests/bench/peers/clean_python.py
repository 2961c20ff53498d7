"""Text cleaners of the Python world behind one contract (adapter.py): an article's text in, the cleaned text out.

The filters of language-model corpora drop whole documents or lines; a dropped document is an empty text.
"""
import html
import warnings

from adapter import run

warnings.filterwarnings("ignore")


def ftfy():
    from ftfy import fix_text
    return lambda data: {"text": fix_text(data.decode("utf-8"))}


def clean_text():
    from cleantext import clean
    return lambda data: {"text": clean(data.decode("utf-8"), lower=False, to_ascii=False)}


def justext_on_text():
    """Every line as a paragraph without links, which is all that text can tell it."""
    import justext
    words = justext.get_stoplist("English")

    def work(data):
        page = "".join(f"<p>{html.escape(line)}</p>\n" for line in data.decode("utf-8").split("\n"))
        return {"text": "\n".join(p.text for p in justext.justext(page, words) if not p.is_boilerplate)}
    return work


def filtered(make):
    """A filter of datatrove: it may shorten the text, and says whether the document stays."""
    def load():
        from datatrove.data import Document
        one = make()

        def work(data):
            document = Document(id="0", text=data.decode("utf-8"))
            verdict = one.filter(document)
            kept = verdict[0] if isinstance(verdict, tuple) else verdict
            return {"text": document.text if kept else ""}
        return work
    return load


def c4():
    from datatrove.pipeline.filters import C4QualityFilter
    return C4QualityFilter()


def gopher_quality():
    from datatrove.pipeline.filters import GopherQualityFilter
    return GopherQualityFilter()


def gopher_repetition():
    from datatrove.pipeline.filters import GopherRepetitionFilter
    return GopherRepetitionFilter()


def fineweb():
    from datatrove.pipeline.filters import FineWebQualityFilter
    return FineWebQualityFilter()


run({"ftfy": ftfy, "clean-text": clean_text, "justext-on-text": justext_on_text, "c4": filtered(c4),
     "gopher-quality": filtered(gopher_quality), "gopher-repetition": filtered(gopher_repetition), "fineweb": filtered(fineweb)})
