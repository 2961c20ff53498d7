#!/usr/bin/env python3
"""Writes crawl.warc.gz from crawl.tsv and pages/: what a crawler would have stored of the sample pages.

WARC 1.1, one gzip member a record: a warcinfo record, then a request and a response for each line of crawl.tsv,
and between them an image and a page that was not there, which readers must pass over. Bodies are stored as they
came over the wire, with their chunked and gzip codings. The same input gives the same bytes.

    make_warc.py           write crawl.warc.gz
    make_warc.py --check   exit with 1 if crawl.warc.gz is not what would be written
"""
import gzip
import pathlib
import sys
import uuid
import zlib

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "crawl.warc.gz"
# Any fixed UUID serves: record ids are derived from it, so that they stay the same from run to run.
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def gzip_member(data):
    """One gzip member without a time stamp or a name in its header."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    return compressor.compress(data) + compressor.flush()


def chunked(data, size=1500):
    """The body in HTTP/1.1 chunked transfer coding."""
    parts = [data[i:i + size] for i in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def record(kind, url, date, content_type, body, concurrent_to=None):
    """One WARC record, not yet compressed, and its id."""
    identifier = f"<urn:uuid:{uuid.uuid5(NAMESPACE, f'{kind} {date} {url}')}>"
    headers = [("WARC-Type", kind), ("WARC-Record-ID", identifier), ("WARC-Date", date)]
    if url:
        headers.append(("WARC-Target-URI", url))
    if concurrent_to:
        headers.append(("WARC-Concurrent-To", concurrent_to))
    headers += [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + body + b"\r\n\r\n", identifier


def response(status, content_type, body, transfer="-", coding="-"):
    """An HTTP response as it came over the wire."""
    headers = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", "Server: presses/2.4"]
    if coding == "gzip":
        body = gzip_member(body)
        headers.append("Content-Encoding: gzip")
    if transfer == "chunked":
        body = chunked(body)
        headers.append("Transfer-Encoding: chunked")
    else:
        headers.append(f"Content-Length: {len(body)}")
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def capture(url, date, http):
    """The response record and the request record of one fetch."""
    answer, identifier = record("response", url, date, "application/http; msgtype=response", http)
    host, _, path = url.removeprefix("https://").partition("/")
    asked = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    request, _ = record("request", url, date, "application/http; msgtype=request", asked, identifier)
    return [answer, request]


def records():
    """All records of the file, in order."""
    about = b"software: samples/make_warc.py\r\nformat: WARC File Format 1.1\r\n"
    yield record("warcinfo", None, "2026-03-18T08:00:00Z", "application/warc-fields", about)[0]
    rows = [line.split("\t") for line in (HERE / "crawl.tsv").read_text().splitlines() if not line.startswith("#")]
    for number, (page, url, date, content_type, transfer, coding) in enumerate(rows):
        body = (HERE / page).read_bytes()
        yield from capture(url, date, response("200 OK", content_type, body, transfer, coding))
        if number == 4:
            pixel = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
            yield from capture("https://media.dailyledger.example/pixel.gif", date, response("200 OK", "image/gif", pixel))
            gone = b"<html><body><h1>Not found</h1><p>The page has moved or never was.</p></body></html>"
            yield from capture("https://dailyledger.example/gone", date, response("404 Not Found", "text/html", gone))


def main():
    wanted = list(records())
    if sys.argv[1:] == ["--check"]:
        # Another zlib may compress to other bytes: what counts is what is inside.
        if gzip.decompress(TARGET.read_bytes()) != b"".join(wanted):
            sys.exit("crawl.warc.gz is out of date: run samples/make_warc.py")
        return
    TARGET.write_bytes(b"".join(gzip_member(item) for item in wanted))


if __name__ == "__main__":
    main()
