"""`extract_batch` against the program on the same pages.

usage: python_batch.py SOLIEU PAGES.jsonl [ROUNDS]      in an environment with the package and pyarrow
Both have as many threads as there are cores, and take turns; each has its best round.
"""

import os
import resource
import subprocess
import sys
import time

import pyarrow
import pyarrow.json
import solieu

program, pages, rounds = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 5
options = pyarrow.json.ReadOptions(block_size=256 << 20)
table = pyarrow.json.read_json(pages, read_options=options).select(["text"])
size = sum(len(text) for text in table.column("text").cast("binary").to_pylist()) / 1e6
extractor = solieu.Extractor()
extractor.extract_batch(table.slice(0, 500))  # the rules are compiled, as they are when pages come in batches


def measured(who, work):
    before, began = resource.getrusage(who), time.time()
    work()
    after = resource.getrusage(who)
    return time.time() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def command():
    subprocess.run([program, "extract", "--quiet", pages], check=True, stdout=subprocess.DEVNULL)


print(f"load before: {os.getloadavg()[0]:.1f}")
found = {"program": [], "extract_batch": []}
for _ in range(rounds):
    found["program"].append(measured(resource.RUSAGE_CHILDREN, command))
    found["extract_batch"].append(measured(resource.RUSAGE_SELF, lambda: extractor.extract_batch(table)))
wall, cpu = ({name: min(times[i] for times in rows) for name, rows in found.items()} for i in (0, 1))
for name in found:
    print(f"{name:<14}{size / wall[name]:7.1f} MB/s wall, {size / cpu[name]:6.1f} MB per second of processor time")
print(f"extract_batch has {wall['program'] / wall['extract_batch']:.2f} of the program's throughput by wall time, "
      f"{cpu['program'] / cpu['extract_batch']:.2f} by processor time")
