"""Kills runs of `solieu extract` at random moments, goes on, and compares with an undisturbed run.

usage: kills.py SOLIEU INPUT [KILLS]      plain and .zst output in turn; exit status 1 where any byte differs
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time

solieu, source = (os.path.abspath(path) for path in sys.argv[1:3])
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 50
random.seed(1)
bad = 0
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    base = [solieu, "extract", "--quiet", "--jobs", "2", source]
    whole = {}
    for name in ("whole.jsonl", "whole.jsonl.zst"):
        began = time.time()
        subprocess.run([*base, "-o", name], stderr=subprocess.DEVNULL)
        took = time.time() - began
        whole[name] = open(name, "rb").read()
    for n in range(kills):
        name = "run.jsonl" + (".zst" if n % 2 else "")
        run = subprocess.Popen([*base, "-o", name, "--resume"], stderr=subprocess.DEVNULL)
        time.sleep(random.random() * took)
        run.send_signal(signal.SIGKILL)
        run.wait()
        subprocess.run([*base, "-o", name, "--resume"], stderr=subprocess.DEVNULL)
        same = open(name, "rb").read() == whole[name.replace("run", "whole")]
        bad += not same
        print(f"{n + 1}: {'same' if same else 'DIFFERENT'}", flush=True)
        os.remove(name)
print(f"{kills - bad} of {kills} the same")
sys.exit(bad > 0)
