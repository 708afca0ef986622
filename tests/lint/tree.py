"""tree.py - which files are ours, and how a lint says what is wrong with them."""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOT_OURS = re.compile(r"^(build[^/]*|\.git|\.fresh|\.cache|__pycache__)$")


def files(*endings, under=""):
    """Paths relative to ROOT of every file below `under` with one of these endings (all, when none is given)."""
    found = []
    for folder, folders, names in os.walk(os.path.join(ROOT, under)):
        folders[:] = sorted(name for name in folders if not NOT_OURS.match(name))
        for name in names:
            if not endings or name.endswith(endings):
                found.append(os.path.relpath(os.path.join(folder, name), ROOT))
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def blank(match):
    """As many line ends as the match had: so that line numbers stay true."""
    return "\n" * match.group(0).count("\n")


def code_of(text, keep_strings=False):
    """C without comments and, unless kept, with every string literal emptied."""
    token = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', re.S)

    def replace(match):
        if match.group(0)[0] in "\"'":
            return match.group(0) if keep_strings else match.group(0)[0] * 2
        return blank(match) or " "

    return token.sub(replace, text)


def finish(complaints, praise):
    """Print the complaints and leave with 1, or print the praise and leave with 0."""
    for complaint in complaints:
        print(complaint)
    if not complaints:
        print(praise)
    sys.exit(1 if complaints else 0)
