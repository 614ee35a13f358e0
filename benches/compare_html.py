"""Compares the article that Solieu finds in HTML pages with readability-lxml, jusText and trafilatura.

usage: compare_html.py SOLIEU FOLDER [ROUNDS]

FOLDER has NAME.html with NAME.html.json, or NAME/page.html with NAME/expected.json: {"title", "published", "with",
"without"}. All strings of `with` must be in the article, none of `without`. The others are installed from PyPI into a
virtual environment in the folder for temporary files. Speeds are CPU time on one thread, MB of HTML a second; Solieu's
includes reading the facts.
"""

import html
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import venv

HOME = pathlib.Path(tempfile.gettempdir()) / "solieu-compare-html"
PACKAGES = ["readability-lxml", "lxml_html_clean", "justext", "trafilatura"]


def into_environment():
    """Starts this script again with the Python that has the others."""
    python = HOME / "bin" / "python"
    if not (HOME / "complete").exists():
        venv.create(HOME, with_pip=True, clear=True)
        # Some versions of pip stumble over the extras of lxml.
        for packages in (["--upgrade", "pip"], PACKAGES):
            subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        (HOME / "complete").touch()
    os.execv(python, [python, __file__, "--ready", *sys.argv[1:]])


def pages(folder):
    for path in sorted(folder.rglob("*.html")):
        beside = [path.with_name(path.name + ".json"), path.with_name("expected.json")]
        expected = next((json.loads(p.read_text()) for p in beside if p.exists()), None)
        if expected:
            yield path, path.read_bytes(), expected


def squeezed(text):
    return re.sub(r"\s+", " ", html.unescape(text or "")).strip()


def without_tags(markup):
    return re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:b|i|em|strong|span|a|u|font)\b[^>]*>", "", markup))


def others():
    import justext
    import trafilatura
    from readability import Document

    stops = justext.get_stoplist("Vietnamese")

    def readability(page):
        document = Document(page.decode("utf-8", "replace"))
        return document.short_title() + "\n" + without_tags(document.summary()), document.short_title(), None

    def by_justext(page):
        parts = justext.justext(page, stops, length_low=50, length_high=140, stopwords_low=0.05, stopwords_high=0.1)
        return "\n".join(part.text for part in parts if not part.is_boilerplate), None, None

    def by_trafilatura(page):
        found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True)
        found = found.as_dict() if hasattr(found, "as_dict") else (found or {})
        return f"{found.get('title')}\n{found.get('text')}", found.get("title"), found.get("date")

    return {"readability-lxml": readability, "jusText": by_justext, "trafilatura": by_trafilatura}


def score(name, results, seconds, size):
    right = total = titles = dates = 0
    for expected, (text, title, date) in results:
        text = squeezed(text)
        right += sum(squeezed(part) in text for part in expected["with"])
        right += sum(squeezed(part) not in text for part in expected["without"])
        total += len(expected["with"]) + len(expected["without"])
        titles += squeezed(title) == squeezed(expected["title"])
        dates += date == expected["published"]
    speed = f"{size / 1e6 / seconds:8.2f}" if seconds else "       –"
    print(f"{name:18} {right / total:6.3f} of {total}   titles {titles}/{len(results)}  dates {dates}/{len(results)} {speed} MB/s")


def cpu(who=resource.RUSAGE_SELF):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def solieu(program, all_pages, rounds):
    results = []
    for path, _, expected in all_pages:
        article = subprocess.run([program, "strip", "--articles", path], capture_output=True, text=True).stdout
        article = json.loads(article)
        results.append((expected, (f"{article.get('title')}\n{article['text']}", article.get("title"), article.get("published"))))
    with tempfile.TemporaryDirectory() as folder:
        for round in range(rounds):
            for i, (_, page, _) in enumerate(all_pages):
                pathlib.Path(folder, f"{round}-{i}.html").write_bytes(page)
        empty = pathlib.Path(folder, "empty")
        empty.mkdir()
        used = []
        for target in (empty, folder):
            before = cpu(resource.RUSAGE_CHILDREN)
            subprocess.run([program, "extract", "--quiet", "--jobs", "1", target], stdout=subprocess.DEVNULL)
            used.append(cpu(resource.RUSAGE_CHILDREN) - before)
    return results, used[1] - used[0]


def main(program, folder, rounds="60"):
    all_pages = list(pages(pathlib.Path(folder)))
    size = sum(len(page) for _, page, _ in all_pages)
    print(f"{len(all_pages)} pages, {size / 1e6:.2f} MB of HTML")
    results, seconds = solieu(program, all_pages, int(rounds))
    score("Solieu", results, seconds, size * int(rounds))
    for name, read in others().items():
        before = cpu()
        results = [(expected, read(page)) for _, page, expected in all_pages]
        score(name, results, cpu() - before, size)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ready"]:
        main(*sys.argv[2:])
    else:
        into_environment()
