"""Article extractors of the Python world behind one contract (adapter.py)."""
import re
import warnings

from adapter import decode, run

warnings.filterwarnings("ignore")


def html_to_text(element):
    """Text of an lxml tree with a line break at every block boundary."""
    block = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section",
             "article", "figure", "figcaption", "dt", "dd", "br"}
    parts = []
    for event, node in _walk(element):
        if not isinstance(node.tag, str):
            text = node.tail if event == "end" else None
        elif event == "start":
            if node.tag in block:
                parts.append("\n")
            text = node.text
        else:
            if node.tag in block:
                parts.append("\n")
            text = node.tail
        if text:
            parts.append(text)
    return re.sub(r"[ \t\r\f\v]*\n\s*", "\n", "".join(parts)).strip()


def _walk(root):
    from lxml import etree
    return etree.iterwalk(root, events=("start", "end", "comment", "pi"))


def trafilatura(fast, metadata):
    from trafilatura import bare_extraction

    def work(data):
        document = bare_extraction(data, fast=fast, with_metadata=metadata, include_comments=False)
        if document is None:
            return {}
        return {"text": document.text, "title": document.title, "date": document.date, "site": document.sitename,
                "author": (document.author or "").split("; ") if document.author else None}
    return work


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    def work(data):
        tree = HTMLTree.parse(bytes_to_str(data, detect_encoding(data)))
        return {"text": extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False),
                "title": tree.title}
    return work


def readability_lxml():
    from lxml import html
    from readability import Document

    def work(data):
        document = Document(data)
        summary = document.summary(html_partial=True)
        return {"text": html_to_text(html.fromstring(summary)) if summary else "", "title": document.short_title()}
    return work


def newspaper4k():
    from newspaper import Article, Config
    config = Config()
    config.fetch_images = False
    config.memorize_articles = False

    def work(data):
        article = Article("http://page.example/", config=config)
        article.download(input_html=decode(data))
        article.parse()
        date = article.publish_date
        return {"text": article.text, "title": article.title, "author": article.authors,
                "date": date.isoformat() if hasattr(date, "isoformat") else date}
    return work


def news_please():
    from newsplease import NewsPlease

    def work(data):
        article = NewsPlease.from_html(decode(data), url=None, fetch_images=False)
        date = article.date_publish
        return {"text": article.maintext, "title": article.title, "author": article.authors,
                "date": date.isoformat() if hasattr(date, "isoformat") else date}
    return work


def justext():
    import justext as library
    by_code = {"bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
               "fi": "Finnish", "fr": "French", "hu": "Hungarian", "it": "Italian", "nl": "Dutch", "no": "Norwegian_Bokmal",
               "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sv": "Swedish",
               "tr": "Turkish", "uk": "Ukrainian"}
    lists = {}

    def stop_words(data):
        found = re.search(rb"<html[^>]*\blang\s*=\s*[\"']?([a-zA-Z]{2})", data[:4096], re.I)
        language = by_code.get(found.group(1).decode().lower() if found else "en", "English")
        if language not in lists:
            lists[language] = library.get_stoplist(language)
        return lists[language]

    def work(data):
        paragraphs = library.justext(data, stop_words(data))
        return {"text": "\n".join(p.text for p in paragraphs if not p.is_boilerplate)}
    return work


def boilerpy3():
    from boilerpy3 import extractors
    extractor = extractors.ArticleExtractor(raise_on_failure=False)

    def work(data):
        document = extractor.get_doc(decode(data))
        return {"text": document.content, "title": document.title}
    return work


def goose3():
    from goose3 import Goose
    goose = Goose({"enable_image_fetching": False})

    def work(data):
        article = goose.extract(raw_html=data)
        return {"text": article.cleaned_text, "title": article.title, "author": article.authors, "date": article.publish_date}
    return work


run({
    "trafilatura": lambda: trafilatura(fast=False, metadata=False),
    "trafilatura-fast": lambda: trafilatura(fast=True, metadata=False),
    "trafilatura-metadata": lambda: trafilatura(fast=False, metadata=True),
    "resiliparse": resiliparse,
    "readability-lxml": readability_lxml,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "justext": justext,
    "boilerpy3": boilerpy3,
    "goose3": goose3,
})
