"""Calls `extract`, `strip` and, every thousandth time, `extract_batch` again and again, and prints what memory is held.

usage: python_memory.py FOLDER [CALLS] [THREADS]      in an environment with the package and pyarrow; FOLDER has pages
Ends with status 1 where the last tenth of the calls holds more than the second did, and 1 % besides.
"""

import pathlib
import sys
import threading

import pyarrow
import solieu

pages = [page.read_bytes() for page in sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))]
# Lines of articles, so that millions of calls end within the hour.
texts = [line for page in pages for line in page.decode().splitlines() if any(map(str.isdigit, line))]
calls = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
extractor = solieu.Extractor()
table = pyarrow.table({"text": texts})


def held():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def work(count):
    for n in range(count):
        facts = extractor.extract(texts[n % len(texts)])
        if n % 10 == 0:
            extractor.strip(texts[n % len(texts)])
            [fact.value for fact in facts]
        if n % 1000 == 0:
            pyarrow.table(extractor.extract_batch(table, jobs=1))


points = []
for tenth in range(10):
    run = [threading.Thread(target=work, args=(calls // 10 // threads,)) for _ in range(threads)]
    [thread.start() for thread in run]
    [thread.join() for thread in run]
    points.append(held())
    print(f"{(tenth + 1) * calls // 10:>10} calls: {points[-1]:.1f} MiB", flush=True)
grown = points[-1] > points[1] * 1.01
print("memory grows" if grown else "memory is flat")
sys.exit(grown)
