"""CPU time of `solieu extract` on one thread for each kind of source, against `wc -m` and `rg -c '[0-9]'` on the same bytes.

usage: sources.py SOLIEU PAGES.jsonl [MEGABYTES]     pages need the key "text"; Parquet only where pyarrow is installed

The archives are made of the same pages. Where one is compressed, the others read what `zcat` gives, and `extract` is also
compared with `zcat` and reading that. Each time is the least of three. Quote the ratios, not the seconds.
"""

import csv
import gzip
import html
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

solieu, source = (os.path.abspath(path) for path in sys.argv[1:3])
megabytes = float(sys.argv[3]) if len(sys.argv) > 3 else 50
TIMES = 3
os.environ["LC_ALL"] = "C.UTF-8"


def pages():
    """The pages of the file, again and again."""
    size = 0
    while size < megabytes * 1e6:
        with open(source, encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                size += len(text.encode())
                yield text
                if size >= megabytes * 1e6:
                    return


def as_html(text):
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title></title></head><body><article>{body}</article></body></html>"


def record(kind, body, n):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def response(text, n):
    body = as_html(text).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return record("response", head.encode() + body, n)


def make():
    """Writes all archives here, and gives name and path of each."""
    texts = list(pages())
    for folder, ending, write in [("text", "txt", str), ("html", "html", as_html)]:
        os.makedirs(folder)
        for n, text in enumerate(texts):
            with open(f"{folder}/{n:07}.{ending}", "w", encoding="utf-8") as out:
                out.write(write(text))
        yield folder, folder
    with open("pages.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    yield "JSON Lines", "pages.jsonl"
    with open("pages.csv", "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["text"], *([text] for text in texts)])
    yield "CSV", "pages.csv"
    with open("pages.warc", "wb") as out:
        out.writelines(response(text, n) for n, text in enumerate(texts))
    yield "WARC", "pages.warc"
    with open("pages.wet", "wb") as out:
        out.writelines(record("conversion", text.encode(), n) for n, text in enumerate(texts))
    yield "WET", "pages.wet"
    with gzip.open("pages.wet.gz", "wb") as out:
        out.write(open("pages.wet", "rb").read())
    yield "WET, gzip", "pages.wet.gz"
    with zipfile.ZipFile("pages.zip", "w", zipfile.ZIP_STORED) as out:
        for name in sorted(os.listdir("text")):
            out.write(f"text/{name}")
    yield "ZIP, stored", "pages.zip"
    with tarfile.open("pages.tar", "w") as out:
        for name in sorted(os.listdir("text")):
            out.add(f"text/{name}")
    yield "tar", "pages.tar"
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return
    pyarrow.parquet.write_table(pyarrow.table({"text": texts}), "pages.parquet", compression="none", use_dictionary=False)
    yield "Parquet", "pages.parquet"


def seconds(command):
    """CPU and wall seconds of a shell command, the least of some runs."""
    runs = []
    for _ in range(TIMES):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
        subprocess.run(command, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.time() - began
        runs.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall))
    return min(cpu for cpu, _ in runs), min(wall for _, wall in runs)


def size(path):
    if os.path.isdir(path):
        return sum(os.path.getsize(f"{path}/{name}") for name in os.listdir(path))
    return os.path.getsize(path)


def main():
    print(f"{'source':<14}{'MB':>6}{'MB/s':>8}{'× wc -m':>9}{'× rg -c':>9}{'2 jobs':>8}{'over zcat':>11}")
    for name, path in make():
        plain = path
        over = ""
        one, wall = seconds(f"{solieu} extract -q --jobs 1 {path}")
        if path.endswith(".gz"):
            plain = path.removesuffix(".gz")
            # `extract` is given what `zcat` makes, as a file: both costs, and none of a pipe.
            apart = seconds(f"zcat {path}")[0] + seconds(f"{solieu} extract -q --jobs 1 {plain}")[0]
            over = f"{one / apart - 1:+.0%}"
        # A folder has too many files for a command line, so all are read from one.
        if os.path.isdir(plain):
            subprocess.run(f"find {plain} -type f -print0 | sort -z | xargs -0 cat > {plain}.all", shell=True)
            plain += ".all"
        count, search = seconds(f"wc -m {plain}")[0], seconds(f"rg -a -j 1 -c '[0-9]' {plain}")[0]
        two = wall / seconds(f"{solieu} extract -q --jobs 2 {path}")[1]
        rate = size(plain) / 1e6 / one
        print(f"{name:<14}{size(plain) / 1e6:>6.0f}{rate:>8.1f}{count / one:>9.3f}{search / one:>9.3f}{two:>8.2f}{over:>11}", flush=True)


with tempfile.TemporaryDirectory() as here:
    os.chdir(here)
    main()
