"""The Spark job on a master and two workers of one core each against the program with two jobs, by processor time.

usage: spark.py SOLIEU FOLDER      in an environment with the package, pyspark and pytest; FOLDER from wet.py
Wall times are printed, too; they mean something on a machine that does nothing else.
"""

import collections
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python" / "tests"))
import pyarrow
import solieu._parts
import solieu.spark
import test_cluster

program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
inputs = solieu.spark.list_inputs([folder])
size = sum(map(os.path.getsize, inputs)) / 1e6
TICK = os.sysconf("SC_CLK_TCK")


class Meter(threading.Thread):
    """Processor time of all processes of some sessions from now on, by the name of the program."""

    def __init__(self, sessions):
        super().__init__(daemon=True)
        self.sessions, self.seen, self.running = sessions, {}, True
        self.look()
        # What the master and the workers took to start is not the job's.
        self.before = dict(self.seen)

    def run(self):
        while self.running:
            self.look()
            time.sleep(0.2)

    def look(self):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                name, rest = pathlib.Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
            except OSError:
                continue
            fields = rest.split()
            if int(fields[3]) in self.sessions:
                self.seen[pid] = (name, (int(fields[11]) + int(fields[12])) / TICK)

    def by_name(self):
        total = collections.Counter()
        for pid, (name, seconds) in self.seen.items():
            seconds -= self.before.get(pid, (name, 0))[1]
            total["python" if name.startswith("python") else name] += seconds
        return total


def single(output):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    command = [program, "extract", "--quiet", "--jobs", "2", folder, "--to", f"parquet:{output}"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.time() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def engine_share(path):
    """The share of a task's processor time in Python that the engine has, from one input."""
    extractor, engine = solieu.Extractor(), 0.0
    before = time.process_time()
    writer = solieu._parts.Writer(tempfile.mkdtemp(), "key", {})
    with open(path, "rb") as stream:
        facts = pyarrow.RecordBatchReader.from_stream(extractor.extract_archive(stream, path=path, jobs=1))
        while True:
            began = time.process_time()
            batch = next(facts, None)
            engine += time.process_time() - began
            if batch is None:
                break
            writer.write(batch)
        writer.finish()
    return engine / (time.process_time() - before)


def cluster(output):
    with tempfile.TemporaryDirectory() as logs:
        cluster = test_cluster.Cluster(pathlib.Path(logs))
        time.sleep(10)  # both workers are there
        environment = {**test_cluster.ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "solieu.spark", "--master", cluster.url, "--input", folder, "--output", output]
        meter = Meter({process.pid for process in cluster.processes})
        meter.start()
        began = time.time()
        job = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.PIPE, text=True)
        meter.sessions.add(job.pid)
        said = job.communicate()[1]
        wall = time.time() - began
        meter.running = False
        meter.join()
        cluster.stop()
        print(said.strip().splitlines()[-1])
        return wall, meter.by_name()


work = tempfile.mkdtemp()
print(f"load before: {os.getloadavg()[0]:.1f}")
one_wall, one = single(f"{work}/one")
wall, spent = cluster(f"{work}/many")
again_wall, again = single(f"{work}/again")
shutil.rmtree(work)
one, one_wall, total = min(one, again), min(one_wall, again_wall), sum(spent.values())
share = engine_share(inputs[0])
print(f"{size:.0f} MB in {len(inputs)} files")
print(f"program, 2 jobs: {one:.1f} s of processor time, {one_wall:.1f} s wall")
print(f"Spark: {total:.1f} s of processor time ({', '.join(f'{k} {v:.1f}' for k, v in spent.items())}), {wall:.1f} s wall")
print(f"Spark has {one / total:.2f} of the program's throughput by processor time, {one_wall / wall:.2f} by wall time")
print(f"outside the engine: {1 - share * spent['python'] / total:.2f} of the processor time "
      f"(of Python's {1 - share:.2f}: Parquet files, and passing batches)")
