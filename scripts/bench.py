"""Training-step ratios against PyTorch, in alternating blocks of one run.

usage: bench.py PROGRAM OUT.json [--blocks 7] [--threads N]

Three kinds of process stand ready at once for each model: the program, PyTorch's eager step, and
the same under jemalloc with huge pages. Each block times a few steps of each, in an order that
turns round every other block; a ratio is the median over blocks of the blocks' own ratios.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

MODELS = {"resnet18": ("train_step_resnet18_64", 12), "unet-plain": ("train_step_unet_128", 4),
          "vit-small": ("train_step_vit_small_64", 6)}
JEMALLOC = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2"
PEER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench_peer.py")


class Contestant:
    """A process that times steps on demand."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})})

    def seconds(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"bench: {self.process.args[0]} ended early")
        return statistics.median(json.loads(answer))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def peer(model, threads, layout, tuned=False):
    environment = {"OMP_NUM_THREADS": str(threads)}
    if tuned:
        environment |= {"LD_PRELOAD": JEMALLOC, "MALLOC_CONF": "thp:always"}
    return Contestant([sys.executable, PEER, model, str(threads), layout], environment)


def faster_layout(model, threads, steps):
    """The memory format in which PyTorch is faster here."""
    if model == "vit-small":
        return "nchw"
    candidates = {layout: peer(model, threads, layout) for layout in ("nchw", "nhwc")}
    for contestant in candidates.values():
        contestant.seconds(2)
    times = {layout: min(contestant.seconds(steps) for _ in range(2))
             for layout, contestant in candidates.items()}
    for contestant in candidates.values():
        contestant.close()
    return min(times, key=times.get)


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
    results = {f"{key}_seconds": statistics.median(times["ours"]),
               f"{key}_peer_seconds": statistics.median(times["plain"])}
    for name, suffix in (("plain", "ratio"), ("tuned", "vs_tuned_ratio")):
        if name in times:
            ratios = [ours / theirs for ours, theirs in zip(times["ours"], times[name])]
            low, middle, high = quartiles(ratios)
            results |= {f"{key}_{suffix}": middle, f"{key}_{suffix}_q1": low,
                        f"{key}_{suffix}_q3": high}
            print(f"{key}_{suffix}: {middle:.3f} ({low:.3f} to {high:.3f}), PyTorch {layout}",
                  flush=True)
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("out")
    parser.add_argument("--blocks", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--models", default=",".join(MODELS))
    options = parser.parse_args()
    results = {}
    if os.path.exists(options.out):
        with open(options.out) as file:
            results = json.load(file)
    results |= json.loads(subprocess.check_output(
        [options.program, "bench", "data", "--threads", str(options.threads)]))
    print(f"data_wait_share: {results['data_wait_share']:.4f}", flush=True)
    for model in options.models.split(","):
        results |= measure(model, options.program, options.threads, options.blocks)
        with open(options.out, "w") as file:
            json.dump(results, file, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
