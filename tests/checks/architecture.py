#!/usr/bin/env python3
"""Holds the sources to the floors and the house rules of docs/design.md.

    architecture.py [TOP]      prints a line for each breach; exits with 1 if there is one

Checked: which room may include which, which room may see which C library, what a public header may show,
that the library neither prints nor ends the program, and the form of a file (ASCII, @file, length).
"""
import pathlib
import re
import sys

# Which rooms a room may include besides itself, include/copydesk and text.
ARROWS = {
    "text": set(), "data": set(), "stream": set(), "html": set(), "rules": set(), "trees": set(), "tokenize": set(),
    "dedupe": set(), "pipeline": set(), "extract": {"html", "rules", "trees"}, "clean": {"rules", "trees"},
    "tools": {"pipeline", "common"},
}
ANY_ROOM = {"text", "data", "copydesk"}

# Which rooms may see a library's headers.
LIBRARIES = [
    (r"libxml/", {"html"}),
    (r"pcre2", {"rules"}),
    (r"unicode/", {"text", "tokenize"}),
    (r"simdjson", {"text", "stream"}),
    (r"sqlite3", {"clean"}),
    (r"CLI/", {"tools"}),
    (r"xxhash", {"dedupe", "clean"}),
    (r"cld2|compact_lang_det", {"text"}),
    (r"libstemmer", {"tokenize"}),
    (r"uchardet|iconv", {"stream"}),
    (r"zlib|zstd", {"stream"}),
    (r"fmt/", {"text", "stream", "html", "rules", "tokenize", "dedupe", "pipeline", "extract", "clean", "tools"}),
]

# What the library must not do: speak to the user, end the program, depend on the locale.
FORBIDDEN = re.compile(
    r"\b(?:std::)?(?:cout|cerr|clog|printf|fprintf|vfprintf|puts|putchar|perror|exit|_exit|quick_exit|abort|terminate|"
    r"setlocale|rand|srand|system|popen|getenv|strtok)\b\s*(?=\(|<<)|\bstd::locale\b|\bfmt::print\b|\bstd::random_device\b")

LONGEST = 600  # lines; a file that needs more holds two ideas


def without_comments(text):
    """The code with comments and the insides of literals blanked, line breaks kept."""
    def blank(match):
        token = match.group(0)
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + re.sub(r"[^\n]", " ", token[1:-1]) + token[-1]
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text,
                  flags=re.S)


def room_of(path):
    """The room that a file stands in: a folder of src, or tools, or include."""
    return path.parts[1] if path.parts[0] == "src" and len(path.parts) > 2 else path.parts[0]


def check_include(room, name):
    """What is wrong with `#include name` in that room, or None."""
    for pattern, rooms in LIBRARIES:
        if re.match(pattern, name):
            return None if room in rooms else f"{room} must not see the library of <{name}>"
    target, slash, _ = name.partition("/")
    if not slash or target not in ARROWS and target != "copydesk":
        return None
    if room == "include":
        return None if target == "copydesk" else f"a public header must not include {name}"
    if target == room or target in ANY_ROOM or target in ARROWS.get(room, ()):
        return None
    return f"there is no arrow from {room} to {target} ({name})"


def check_file(top, path):
    """Yields (line, message) for each breach in one source file."""
    raw = (top / path).read_bytes()
    text = raw.decode("utf-8", "replace")
    lines = text.splitlines()
    room = room_of(path)
    for number, line in enumerate(lines, 1):
        include = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if include:
            message = check_include(room, include.group(1))
            if message:
                yield number, message
        if not line.isascii():
            yield number, "a character that is not ASCII"
    if path.suffix == ".h":
        if "#pragma once" not in text:
            yield 1, "no #pragma once"
        if "/// @file" not in text:
            yield 1, "no /// @file saying what the header is for"
    if len(lines) > LONGEST:
        yield len(lines), f"longer than {LONGEST} lines"
    # A generator is a program of its own that the build runs: it may print.
    if room not in ("tools", "include") and not path.name.startswith("generate_"):
        for number, line in enumerate(without_comments(text).splitlines(), 1):
            found = FORBIDDEN.search(line)
            if found:
                yield number, f"the library must not use {found.group(0).strip()}"


def breaches(top):
    """Yields file:line: message for the whole tree, in order."""
    for folder in ("include", "src", "tools"):
        for path in sorted((top / folder).rglob("*")):
            if path.suffix in (".h", ".cpp") and path.is_file():
                relative = path.relative_to(top)
                for line, message in check_file(top, relative):
                    yield f"{relative}:{line}: {message}"


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
    found = list(breaches(top))
    print("\n".join(found) if found else "architecture: no breach")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
