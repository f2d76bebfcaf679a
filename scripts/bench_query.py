"""Seconds and memory of every query rule, and ratios against other programs, in the same run.

usage: bench_query.py PROGRAM OUT.json FOLDER [--sizes 10000,100000,1000000] [--blocks 3]
                      [--rules A,B] [--limit 600] [--peers A,B]

FOLDER receives made-up statistics as `.npy` files: embeddings of 1,024 half-precision numbers around
100 centres, probabilities of 10 classes, four members and passes, eight views. Each rule chooses 100
items (`batch-bald` 5) of 10^4, 10^5 and 10^6. A rule's seconds are those of the choice itself, reading
the mapped rows included (`pipeline query --timing`); its memory is the highest anonymous memory of the
process, looked at every 10 milliseconds.

Peers take turns with the program in blocks; a ratio is the median over blocks of their seconds over
ours, on the clock, and as `_cpu_ratio` of all threads on a processor. Both use all cores.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

import numpy as np

from bench import save

WIDTH, CLASSES, CENTRES, MEMBERS, VIEWS = 1024, 10, 100, 4, 8
BUDGETS = {"batch-bald": 5}
BUDGET = 100


def open_array(folder, name, shape, dtype):
    return np.lib.format.open_memmap(
        os.path.join(folder, name + ".npy"), mode="w+", dtype=dtype, shape=shape)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)).astype(np.float32)


def make(folder, count, width=WIDTH):
    """Statistics of a pool. The noise is one block of random numbers, turned anew for each block of
    rows, so that a million rows cost no billion draws and no two rows are alike."""
    os.makedirs(folder, exist_ok=True)
    rng = np.random.default_rng(count)
    classes = rng.integers(0, CENTRES, count)
    centres = rng.standard_normal((CENTRES, width)).astype(np.float32)
    noise = rng.standard_normal((8192, width)).astype(np.float32)
    embeddings = open_array(folder, "embeddings", (count, width), np.float16)
    for number, start in enumerate(range(0, count, 8192)):
        end = min(start + 8192, count)
        turned = np.roll(noise, (37 * number, 101 * number), (0, 1))[: end - start]
        embeddings[start:end] = 0.7 * centres[classes[start:end]] + turned
    logits = rng.standard_normal((count, CLASSES)).astype(np.float32)
    logits[np.arange(count), classes % CLASSES] += 2
    for name, parts, axis in (("member_probabilities", MEMBERS, 0), ("passes", MEMBERS, 0),
                              ("views", VIEWS, 1)):
        shape = [count, CLASSES]
        shape.insert(axis, parts)
        array = open_array(folder, name, tuple(shape), np.float32)
        for part in range(parts):
            noisy = softmax(logits + 0.5 * rng.standard_normal(logits.shape, dtype=np.float32))
            array[(part,) if axis == 0 else (slice(None), part)] = noisy
    np.save(os.path.join(folder, "probabilities.npy"), softmax(logits))
    np.save(os.path.join(folder, "truth.npy"), (classes % CLASSES).astype(np.int32))
    areas = np.zeros((count, CLASSES), np.float32)
    areas[np.arange(count), classes % CLASSES] = 1
    np.save(os.path.join(folder, "truth_areas.npy"), areas)
    with open(os.path.join(folder, "labelled.csv"), "w") as file:
        file.write("item,label\n")
        file.writelines(f"{item},{classes[item] % CLASSES}\n" for item in range(200))


class Run:
    """A process from start to exit: its answer and its highest anonymous memory."""

    def __init__(self, command, limit):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.megabytes, start = 0.0, time.perf_counter()
        while process.poll() is None and time.perf_counter() - start < limit:
            self.megabytes = max(self.megabytes, anonymous(process.pid))
            time.sleep(0.01)
        self.ended = process.poll() is not None
        if not self.ended:
            process.kill()
        out, self.error = process.communicate()
        self.answer = json.loads(out) if self.ended and process.returncode == 0 else None


def anonymous(pid):
    try:
        with open(f"/proc/{pid}/status") as file:
            return next((int(line.split()[1]) * 1024 / 1e6 for line in file
                         if line.startswith("RssAnon")), 0.0)
    except OSError:
        return 0.0


class Bench:
    def __init__(self, options):
        self.program, self.folder, self.limit = options.program, options.folder, options.limit
        self.blocks, self.out = options.blocks, options.out
        self.results = {}
        if os.path.exists(self.out):
            with open(self.out) as file:
                self.results = json.load(file)

    def record(self, **values):
        for name, value in values.items():
            print(f"{name}: {value:.4g}", flush=True)
        self.results |= values
        save(self.results, self.out)

    def query(self, folder, rule, budget):
        return Run([self.program, "query", "--statistics", os.path.join(self.folder, folder),
                    "--strategy", rule, "--budget", str(budget), "--json", "--timing"], self.limit)

    def chosen(self, folder, rule, budget):
        """Seconds, processor seconds and items of a choice."""
        answer = self.query(folder, rule, budget).answer
        return (answer["seconds"], answer["processorSeconds"],
                [pick["item"] for pick in answer["picks"]])

    def pool(self, name, make):
        folder = os.path.join(self.folder, name)
        if not os.path.exists(folder):
            make(folder)
        return folder

    def rules(self, count, names):
        """Every rule on a pool of that size."""
        folder = str(count)
        self.pool(folder, lambda path: make(path, count))
        for name in names:
            run = self.query(folder, name, BUDGETS.get(name, BUDGET))
            if run.answer is None:
                reason = (run.error.strip().splitlines() or ["failed"])[0] if run.ended else (
                    f"not done after {self.limit} s")
                print(f"query_{name}_{count}: {reason}", flush=True)
                continue
            self.record(**{f"query_{name}_{count}_s": run.answer["seconds"],
                           f"query_{name}_{count}_cpu_s": run.answer["processorSeconds"],
                           f"query_{name}_{count}_mb": run.megabytes})

    def ratio(self, key, ours, theirs):
        """Alternating blocks; both give seconds, processor seconds and an outcome. Returns the last
        outcomes."""
        times = {ours: [], theirs: []}
        for block in range(self.blocks):
            for contestant in (ours, theirs) if block % 2 == 0 else (theirs, ours):
                times[contestant].append(contestant())
        for kind, suffix in ((0, ""), (1, "cpu_")):
            columns = [[time[kind] for time in times[contestant]] for contestant in (ours, theirs)]
            ratios = [theirs / ours for ours, theirs in zip(*columns)]
            self.record(**{
                f"query_{key}_{suffix}ratio": statistics.median(ratios),
                f"query_{key}_ours_{suffix}s": statistics.median(columns[0]),
                f"query_{key}_theirs_{suffix}s": statistics.median(columns[1])})
        return times[ours][-1][2], times[theirs][-1][2]


def timed(work):
    """Seconds on the clock and of all threads on a processor, and what came out."""
    start, processor = time.perf_counter(), time.process_time()
    outcome = work()
    return time.perf_counter() - start, time.process_time() - processor, outcome


def unit_rows(folder):
    """What the rules make of embeddings of at most 256 numbers: standardised on the pool, clipped,
    scaled to unit length."""
    x = np.load(os.path.join(folder, "embeddings.npy")).astype(np.float32)
    x = np.clip((x - x.mean(0)) / x.std(0), -8, 8)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def gaussian_points(folder, count, width, name="embeddings"):
    """Points alone: 100 centres and noise."""
    os.makedirs(folder)
    rng = np.random.default_rng(width)
    centres = rng.standard_normal((CENTRES, width))
    rows = centres[rng.integers(0, CENTRES, count)] + rng.standard_normal((count, width))
    np.save(os.path.join(folder, name + ".npy"), rows.astype(np.float32))


def k_means(bench, count=100_000, width=256, clusters=100, iterations=10):
    """Lloyd's iterations from the same rows, and the drawing of seeds, against scikit-learn's."""
    from sklearn.cluster import KMeans, kmeans_plusplus

    folder = bench.pool("points", lambda path: gaussian_points(path, count, width))
    points = os.path.join(folder, "embeddings.npy")
    start = os.path.join(folder, "start.npy")
    seeds = np.random.default_rng(1).choice(count, clusters, replace=False)
    np.save(start, seeds.astype(np.int64))
    x = np.load(points)
    process = subprocess.Popen(
        [bench.program, "bench", "cluster", "--points", points, "--start", start,
         "--iterations", str(iterations)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ours(job):
        process.stdin.write(job + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    def lloyd():
        means = KMeans(clusters, init=x[seeds], n_init=1, max_iter=iterations, tol=0,
                       algorithm="lloyd", copy_x=False).fit(x)
        return means.inertia_, means.n_iter_

    ours("lloyd"), lloyd()
    inertia, (reference, done) = bench.ratio(
        "k-means_vs_sklearn", lambda: ours("lloyd"), lambda: timed(lloyd))
    bench.record(**{"query_k-means_vs_sklearn_inertia": inertia / reference,
                    "query_k-means_vs_sklearn_iterations": float(done)})
    bench.ratio(
        "k-means-plus-plus_vs_sklearn", lambda: ours("seeds"),
        lambda: timed(lambda: kmeans_plusplus(x, clusters, n_local_trials=1, random_state=0)))
    process.stdin.close()
    process.wait()


def k_center(bench, count=100_000, width=256):
    """Farthest-first from the most central item, against NumPy's differences written out and against
    its products with squared lengths known beforehand."""
    folder = bench.pool("points", lambda path: gaussian_points(path, count, width))

    def ours():
        return bench.chosen("points", "k-center", BUDGET)

    def greedy(distances):
        x = unit_rows(folder)
        squares = np.einsum("nd,nd->n", x, x)
        mean = x.mean(0)
        chosen = [int(np.argmin(((x - mean) ** 2).sum(1)))]
        nearest = np.full(len(x), np.inf, np.float32)
        for _ in range(BUDGET - 1):
            nearest = np.minimum(nearest, distances(x, squares, chosen[-1]))
            chosen.append(int(np.argmax(nearest)))
        return chosen

    def differences(x, _, last):
        return ((x - x[last]) ** 2).sum(1)

    def products(x, squares, last):
        return squares + squares[last] - 2 * (x @ x[last])

    for key, distances in (("k-center_vs_numpy", differences),
                           ("k-center_vs_numpy_products", products)):
        picks, reference = bench.ratio(key, ours, lambda: timed(lambda: greedy(distances)))
        same = len(set(picks) & set(reference)) / BUDGET
        bench.record(**{f"query_{key}_same_share": same})


def facility_location(bench, count=10_000, width=256):
    """max-herding is facility location under a Gaussian kernel: against apricot's lazy greedy on the
    matrix of the same kernel, whose making counts."""
    from apricot import FacilityLocationSelection

    folder = bench.pool("facility", lambda path: gaussian_points(path, count, width))

    def kernel():
        x = unit_rows(folder)
        squared = np.maximum(0, 2 - 2 * (x @ x.T))
        some = squared[:1024, :1024][np.triu_indices(1024, 1)]
        return np.exp(-squared / (2 * (0.5 * np.median(np.sqrt(some))) ** 2))

    def ours():
        return bench.chosen("facility", "max-herding", BUDGET)

    def select(similarities):
        return FacilityLocationSelection(
            BUDGET, metric="precomputed", optimizer="lazy").fit(similarities).ranking

    similarities = kernel()
    select(similarities[:200, :200].astype(np.float64))
    picks, reference = bench.ratio(
        "max-herding_vs_apricot", ours, lambda: timed(lambda: select(kernel())))

    def value(chosen):
        return float(similarities[:, chosen].max(1).astype(np.float64).sum())

    bench.record(**{
        "query_max-herding_vs_apricot_objective": value(picks) / value(list(reference)),
        "query_max-herding_vs_apricot_fit_s": timed(lambda: select(similarities))[0]})


def badge(bench, count=20_000, classes=100, width=768, budget=10):
    """Against gradients formed and k-means++ on them, in single precision."""
    def make(path):
        gaussian_points(path, count, width, "embeddings_current")
        rng = np.random.default_rng(2)
        np.save(os.path.join(path, "probabilities.npy"),
                softmax(2 * rng.standard_normal((count, classes))))
        with open(os.path.join(path, "labelled.csv"), "w") as file:
            file.write("item,label\n0,0\n1,1\n")

    folder = bench.pool("badge", make)

    def ours():
        return bench.chosen("badge", "badge", budget)

    def explicit():
        rng = np.random.default_rng(0)
        h = np.load(os.path.join(folder, "embeddings_current.npy"))
        error = np.load(os.path.join(folder, "probabilities.npy"))
        error[np.arange(count), error.argmax(1)] -= 1
        gradients = (error[:, :, None] * h[:, None, :]).reshape(count, -1)
        squares = np.einsum("nd,nd->n", gradients, gradients)
        chosen = [int(squares.argmax())]
        nearest = np.full(count, np.inf)
        for _ in range(budget - 1):
            last = chosen[-1]
            nearest = np.minimum(
                nearest, squares + squares[last] - 2 * (gradients @ gradients[last]))
            nearest = np.maximum(nearest, 0)
            chosen.append(int(rng.choice(count, p=nearest / nearest.sum())))
        return chosen[0]

    picks, first = bench.ratio("badge_vs_numpy", ours, lambda: timed(explicit))
    bench.record(**{"query_badge_vs_numpy_same_first": float(picks[0] == first)})


def hybrid(bench, count=10_000):
    """8 of 10,000 items that have their scores."""
    def make(path):
        gaussian_points(path, count, WIDTH)
        np.save(os.path.join(path, "uncertainty.npy"),
                np.random.default_rng(3).random(count).astype(np.float32))
        with open(os.path.join(path, "labelled.csv"), "w") as file:
            file.write("item,label\n0,mask\n1,mask\n")

    bench.pool("hybrid", make)
    runs = [bench.chosen("hybrid", "hybrid", 8) for _ in range(7)]
    for kind, suffix in ((0, "s"), (1, "cpu_s")):
        bench.record(**{
            f"query_hybrid_10000_scored_{suffix}": statistics.median(run[kind] for run in runs)})


def sampling(bench, count=10_000, width=256):
    """What choosing by a sample of the pool costs: 1 − F(sampled) / F(exact), the median of 5 seeds."""
    folder = bench.pool("facility", lambda path: gaussian_points(path, count, width))
    x = unit_rows(folder)
    distances = np.sqrt(np.maximum(0, 2 - 2 * (x @ x.T)))
    sigma = 0.5 * np.median(distances[:1024, :1024][np.triu_indices(1024, 1)])
    radius = float(np.quantile(distances[:1024], 0.02))
    values = {"max-herding": np.exp(-(distances**2) / (2 * sigma**2)),
              "probcover": (distances <= radius).astype(np.float32)}

    def value(rule, references, candidates, seed):
        picks = json.loads(subprocess.check_output(
            [bench.program, "bench", "coverage", "--statistics", folder, "--rule", rule,
             "--radius", str(radius), "--budget", str(BUDGET), "--references", str(references),
             "--candidates", str(candidates), "--seed", str(seed)]))
        return float(values[rule][:, picks].max(1).astype(np.float64).sum())

    for rule in values:
        exact = value(rule, count, count, 0)
        for references, candidates in ((5000, 10_000), (2000, 5000), (500, 1250)):
            losses = [1 - value(rule, references, candidates, seed) / exact for seed in range(5)]
            bench.record(
                **{f"query_{rule}_sampled_{references}_loss": statistics.median(losses)})


PEERS = {"k-means": k_means, "k-center": k_center, "facility-location": facility_location,
         "badge": badge, "hybrid": hybrid, "sampling": sampling}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("out")
    parser.add_argument("folder")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--blocks", type=int, default=5)
    parser.add_argument("--rules", help="names of rules; all where left out")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a run ends")
    options = parser.parse_args()
    bench = Bench(options)
    os.makedirs(options.folder, exist_ok=True)
    for name in filter(None, options.peers.split(",")):
        PEERS[name](bench)
    names = options.rules.split(",") if options.rules else [
        method["name"] for method in json.loads(subprocess.check_output(
            [options.program, "methods", "--stage", "query", "--json"]))]
    for size in filter(None, options.sizes.split(",")):
        bench.rules(int(size), names)


if __name__ == "__main__":
    sys.exit(main())
