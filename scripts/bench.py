"""Training-step ratios against PyTorch, in alternating blocks of one run.

usage: bench.py PROGRAM OUT.json [--blocks 7] [--threads N] [--models A,B] [--pool] [--round POOL]

Three kinds of process stand ready at once for each model: the program, PyTorch's eager step, and
the same under jemalloc with huge pages. Each block times a few steps of each, in an order that
turns round every other block; a block's time is its median step, a ratio the median over blocks of
the blocks' own ratios, with quartiles. `_cpu_ratio` compares processor time instead of the clock's.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

MODELS = {"resnet18": ("train_step_resnet18_64", 8), "unet-plain": ("train_step_unet_128", 3),
          "vit-small": ("train_step_vit_small_64", 3)}
JEMALLOC = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2"
PEER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench_peer.py")


CLOCK, PROCESSOR = 0, 1


class Contestant:
    """A process that times steps on demand."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})})

    def seconds(self, steps):
        """Median seconds of that many steps: on the clock, and on a processor."""
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"bench: {self.process.args[0]} ended early")
        return [statistics.median(column) for column in zip(*json.loads(answer))]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def peer(model, threads, layout, tuned=False):
    environment = {"OMP_NUM_THREADS": str(threads)}
    if tuned:
        environment |= {"LD_PRELOAD": JEMALLOC, "MALLOC_CONF": "thp:always"}
    return Contestant([sys.executable, PEER, model, str(threads), layout], environment)


def faster_layout(model, threads, steps):
    """The memory format in which PyTorch is faster here, by the best of three short blocks."""
    if model == "vit-small":
        return "nchw"
    candidates = {layout: peer(model, threads, layout) for layout in ("nchw", "nhwc")}
    for contestant in candidates.values():
        contestant.seconds(2)
    blocks = [{layout: contestant.seconds(steps)[CLOCK]
               for layout, contestant in candidates.items()} for _ in range(3)]
    for contestant in candidates.values():
        contestant.close()
    return min(candidates, key=lambda layout: min(block[layout] for block in blocks))


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def measure(model, program, threads, blocks):
    key, steps = MODELS[model]
    layout = faster_layout(model, threads, steps)
    contestants = {
        "ours": Contestant([program, "bench", "step", "--model", model, "--threads", str(threads)]),
        "plain": peer(model, threads, layout),
    }
    if os.path.exists(JEMALLOC):
        contestants["tuned"] = peer(model, threads, layout, tuned=True)
    for contestant in contestants.values():
        contestant.seconds(3)
    times = {name: [] for name in contestants}
    for block in range(blocks):
        names = list(contestants) if block % 2 == 0 else list(contestants)[::-1]
        for name in names:
            times[name].append(contestants[name].seconds(steps))
    for contestant in contestants.values():
        contestant.close()
    return summary(key, times, layout)


def summary(key, times, layout):
    """Medians, and ratios with their quartiles."""
    def column(name, kind):
        return [time[kind] for time in times[name]]

    results = {f"{key}_seconds": statistics.median(column("ours", CLOCK)),
               f"{key}_peer_seconds": statistics.median(column("plain", CLOCK)),
               f"{key}_peer_channels_last": int(layout == "nhwc")}
    for name, against in (("plain", ""), ("tuned", "_vs_tuned")):
        if name not in times:
            continue
        for kind, suffix in ((CLOCK, "_ratio"), (PROCESSOR, "_cpu_ratio")):
            ratios = [a / b for a, b in zip(column("ours", kind), column(name, kind))]
            low, middle, high = quartiles(ratios)
            of = f"{key}{against}{suffix}"
            results |= {of: middle, f"{of}_q1": low, f"{of}_q3": high}
            print(f"{of}: {middle:.3f} ({low:.3f} to {high:.3f}), PyTorch {layout}", flush=True)
    return results


def measured(command):
    """A process from start to exit: seconds on the clock and on a processor, peak megabytes
    (anonymous and mapped), output."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    answer = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {' '.join(command)} failed")
    return (time.perf_counter() - start, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / 1e6, answer)


def measure_pool(program, folder):
    """A pool of a million items in half a million groups: whole commands, from start to exit."""
    with tempfile.TemporaryDirectory(dir=folder) as parent:
        pool = os.path.join(parent, "pool")
        bench = [program, "bench", "pool"]
        runs = {name: [measured([*bench, name, pool])] for name in ("make", "split", "label")}
        commands = {"status": ["status"], "open": ["list", "--limit", "20"]}
        for name, command in commands.items():
            runs[name] = [measured([program, "pool", *command, "--pool", pool]) for _ in range(5)]
        reading = json.loads(measured([*bench, "read", pool])[3])
    results = {}
    for name, times in runs.items():
        for kind, suffix in ((CLOCK, "s"), (PROCESSOR, "cpu_s")):
            results[f"pool_1m_{name}_{suffix}"] = statistics.median(run[kind] for run in times)
    results |= {"pool_1m_rss_mb": max(run[2] for name in ("split", "status", "open")
                                      for run in runs[name]),
                "pool_1m_cache_open_s": reading["cache_s"],
                "pool_1m_training_mb": sum(
                    value for name, value in reading.items() if name.endswith("_anonymous_mb"))}
    return report(json.dumps(results))


def report(answer):
    """A command's JSON, printed as it comes."""
    values = json.loads(answer)
    for name, value in values.items():
        print(f"{name}: {value:.4g}", flush=True)
    return values


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("out")
    parser.add_argument("--blocks", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--pool", action="store_true", help="measure a pool of a million items")
    parser.add_argument("--round", help="a pool for the labelling system's round")
    options = parser.parse_args()
    results = {}
    if os.path.exists(options.out):
        with open(options.out) as file:
            results = json.load(file)
    bench = [options.program, "bench"]
    threads = ["--threads", str(options.threads)]
    results |= {"threads": options.threads, "blocks": options.blocks}
    results |= report(subprocess.check_output([*bench, "data", *threads]))
    if options.pool:
        results |= measure_pool(options.program, os.path.dirname(options.out) or ".")
    for model in filter(None, options.models.split(",")):
        results |= measure(model, options.program, options.threads, options.blocks)
        save(results, options.out)
    if options.round:
        results |= report(subprocess.check_output(
            [*bench, "round", "--pool", options.round, *threads]))
    save(results, options.out)


def save(results, path):
    with open(path, "w") as file:
        json.dump(results, file, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
