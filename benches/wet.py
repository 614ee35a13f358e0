"""Writes WET files for measurements: the pages of a JSON Lines file again and again, each time in another order and with
other numbers, so that no page is like another.

usage: wet.py PAGES.jsonl FOLDER MEGABYTES FILES [gz]      deterministic; pages need the key "text"
"""

import gzip
import json
import os
import random
import re
import sys

source, folder, megabytes, files = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
packed = sys.argv[5:] == ["gz"]
rng = random.Random(7)
with open(source, encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
os.makedirs(folder, exist_ok=True)


def record(kind, headers, body):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{headers}Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def page(n):
    if n % len(texts) == 0:
        rng.shuffle(texts)
    # Other digits of the same length: as many facts, but not the same ones.
    text = re.sub(r"\d{2,3}", lambda digits: str(rng.randint(10 ** (len(digits[0]) - 1), 10 ** len(digits[0]) - 1)),
                  texts[n % len(texts)])
    uri = f"WARC-Target-URI: http://example.vn/{n}.html\r\nWARC-Date: 20{rng.randint(10, 24)}-0{n % 9 + 1}-15T00:00:00Z\r\n"
    return record("conversion", uri, text.encode())


n = written = 0
for part in range(files):
    opened = gzip.open if packed else open
    with opened(os.path.join(folder, f"{part:03}.warc.wet" + (".gz" if packed else "")), "wb") as out:
        out.write(record("warcinfo", "", b""))
        while written < (part + 1) * megabytes * 1e6 / files:
            one = page(n)
            out.write(one)
            n, written = n + 1, written + len(one)
print(f"{n} pages, {written / 1e6:.0f} MB in {files} files")
