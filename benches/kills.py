"""Kills runs of `solieu extract` at random moments, goes on, and compares with an undisturbed run.

usage: kills.py SOLIEU INPUT [KILLS]      a file, a compressed file, SQLite and all of them with CSV in turn; exit status 1
                                          where a byte of a file or a row of a table differs
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

solieu, source = (os.path.abspath(path) for path in sys.argv[1:3])
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 50
WAYS = [
    ["-o", "out.jsonl"],
    ["-o", "out.jsonl.zst"],
    ["--to", "sqlite:out.db"],
    ["-o", "out.jsonl", "--to", "csv:out.csv", "--to", "sqlite:out.db"],
]


def content():
    """What stands in the files and tables here, without the moments of runs."""
    found = {}
    for name in sorted(os.listdir()):
        if name.endswith(".db"):
            with sqlite3.connect(name) as database:
                tables = ["documents", "facts", "history", "metrics", "entities"]
                found[name] = [database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
                found[name].append(database.execute("SELECT id, name, progress FROM runs").fetchall())
        elif "db" not in name and not name.endswith(".journal"):  # a journal tells how far each run came
            found[name] = open(name, "rb").read()
    return found


def run(way, *more):
    command = [solieu, "extract", "--quiet", "--jobs", "2", source, *way, *more]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


random.seed(1)
bad = 0
with tempfile.TemporaryDirectory() as folder:
    whole = []
    for i, way in enumerate(WAYS):
        os.makedirs(f"{folder}/whole{i}")
        os.chdir(f"{folder}/whole{i}")
        began = time.time()
        run(way).wait()
        whole.append((time.time() - began, content()))
    for n in range(kills):
        way, (took, expected) = WAYS[n % len(WAYS)], whole[n % len(WAYS)]
        os.makedirs(f"{folder}/run")
        os.chdir(f"{folder}/run")
        # Twice, so that what goes on is killed as well.
        for more in ([], ["--resume"]):
            killed = run(way, *more)
            time.sleep(random.random() * took)
            killed.send_signal(signal.SIGKILL)
            killed.wait()
        run(way, "--resume").wait()
        same = content() == expected
        bad += not same
        print(f"{n + 1}: {'same' if same else 'DIFFERENT'}  {' '.join(way)}", flush=True)
        os.chdir(folder)
        shutil.rmtree(f"{folder}/run")
print(f"{kills - bad} of {kills} the same")
sys.exit(bad > 0)
