"""Finds the commands in the documentation.

Markdown: fenced blocks of the kinds `console` and `sh`. Manual pages: text between .EX and .EE that has a line
beginning with "$ ".

A console block is a session: "$ command" (continued by "> " lines), then the output that it gives. In the output a
line "..." stands for any number of lines, and a line that ends in " ..." for any that begins like it. An sh block is
a script. `<!-- not run: reason -->` on the line before a block leaves it out; a test holds the list of these.
`<!-- run in the source tree -->` there runs a block that builds, `<!-- run with the packages of tools/train -->` one
that needs what tests/oracle/install.sh installs.
"""
import dataclasses
import re


@dataclasses.dataclass
class Block:
    """A fenced block: where its first inner line stands, its kind, its text, why it is not run, whether it is run in the
    source tree, whether it needs the packages of tools/train."""
    line: int
    kind: str
    text: str
    not_run: str = ""
    in_source: bool = False
    trains: bool = False


@dataclasses.dataclass
class Step:
    """A command of a session and the lines it is to print."""
    line: int
    command: str
    expected: list


def markdown_blocks(text):
    """Yields the fenced blocks of a Markdown text."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        opening = re.match(r"^(\s*)```(\w*)\s*$", lines[number])
        if not opening:
            number += 1
            continue
        end = number + 1
        while end < len(lines) and lines[end].strip() != "```":
            end += 1
        before = lines[number - 1] if number else ""
        skipped = re.match(r"^<!-- not run: (.*) -->$", before)
        indent = len(opening.group(1))
        body = "\n".join(line[indent:] for line in lines[number + 1:end]) + "\n"
        yield Block(number + 2, opening.group(2), body, skipped.group(1) if skipped else "",
                    before == "<!-- run in the source tree -->", before == "<!-- run with the packages of tools/train -->")
        number = end + 1


def manual_blocks(text):
    """Yields the sessions of a manual page in man(7) macros."""
    for match in re.finditer(r"^\.EX\n(.*?)^\.EE$", text, flags=re.S | re.M):
        body = re.sub(r"@(\w+)@", r"\1", match.group(1)).replace("\\-", "-")
        body = body.replace("\\(aq", "'").replace("\\(dq", '"').replace("\\e", "\\").replace("\\&", "")
        if re.search(r"^\$ ", body, flags=re.M):
            yield Block(text[:match.start()].count("\n") + 2, "console", body)


def steps(block):
    """The commands of a console block with what each prints."""
    found = []
    for offset, line in enumerate(block.text.splitlines()):
        if line.startswith("$ "):
            found.append(Step(block.line + offset, line[2:], []))
        elif line.startswith("> ") and found and not found[-1].expected:
            found[-1].command += "\n" + line[2:]
        elif found:
            found[-1].expected.append(line)
    return found


def matches(expected, actual):
    """Whether the lines printed are the lines expected, with "..." for what is left out."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    if not actual:
        return False
    head = expected[0]
    same = actual[0].startswith(head[:-4]) if head.endswith(" ...") else actual[0].rstrip() == head.rstrip()
    return same and matches(expected[1:], actual[1:])
