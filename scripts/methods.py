"""Runs every method of every stage, end to end, on small real images, and writes what came of it.

usage: methods.py PROGRAM FOLDER [--smoke] [--only REGEX] [--jobs 2] [--seeds 3] [--images IMAGES]
                  [--table FILE]

The names are those that `pipeline methods` lists. Images: the demo's brain patches (classification)
and slices (segmentation), 32 pixels, networks of half the width; classification sees those of
the folder IMAGES with its labels.csv in place of the patches, where one is given. What is done is not done again:
FOLDER keeps one result a job, and a second call goes on where the first was stopped.

A method must run in at least one mode; where the program refuses another, its reason is kept.
Pretraining must lower its loss, and a nearest-neighbour probe must find its features better than
those of the same network untrained, on every seed. Training must end above the majority class, and
with a lower loss on held-out images than before its first step. Jobs that miss a check are listed,
and the exit status is 1 where one did not run at all. `--smoke` takes two steps and checks only
that everything runs.
"""

import argparse
import concurrent.futures
import glob
import json
import math
import os
import re
import shutil
import subprocess
import sys
import time

DEMO = {"classification": "patches", "segmentation": "slices"}
# What asks for the labels of trainings: among few images a rare class may else have none.
ASKING = {"classification": "auto", "segmentation": "random"}
OWN = {  # what a method needs at this size
    "byol": {"steps": 400}, "simsiam": {"steps": 400}, "dino": {"baseRate": 0.3}}
FILLING = ("its queue begins with keys that are drawn, easy to tell from those of images: the loss"
           " rises until images have taken their places")
EXCUSED = {  # what a job may miss, and why
    ("moco", "the loss does not fall"): FILLING,
    ("dense", "the loss does not fall"): FILLING,
    ("dino", "the loss does not fall"):
        "its centre begins where all images share a prototype: the loss rises to the logarithm of"
        " their number before it falls",
    ("cass", "the probe is not above its start"):
        "from drawn weights two networks agree on more than what images show; it is published from"
        " ImageNet's",
    ("rotation", "the probe is not above its start"): "these images have no way up",
}
REFUSED = {64, 65}  # the exit codes of a usage or an input that does not fit
LIMIT = 1500  # seconds of one command


class Refused(Exception):
    """The program says that this does not go together."""


class Bench:
    """The program, the pools, and the profile of all jobs."""

    def __init__(self, options):
        self.program, self.folder = options.program, options.folder
        self.smoke, self.seeds = options.smoke, 1 if options.smoke else options.seeds
        self.images = options.images and options.images.rstrip("/")
        self.pool = DEMO | ({"classification": "images-given"} if self.images else {})
        self.channels = {"classification": 3 if self.images else 1, "segmentation": 1}
        os.environ["MODICUM_KEY"] = os.path.join(self.folder, "pseudonym.key")
        for part in ("results", "runs", "configs"):
            os.makedirs(self.path(part), exist_ok=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def run(self, *arguments):
        """What the program prints; `Refused` with its message where it says no before any work."""
        done = subprocess.run(
            [self.program, *map(str, arguments)], capture_output=True, text=True, timeout=LIMIT)
        if done.returncode in REFUSED:
            raise Refused(" ".join(done.stderr.split()))
        if done.returncode:
            raise RuntimeError(f"exit {done.returncode}: {done.stderr.strip()[-600:]}")
        return done.stdout

    def listing(self):
        return json.loads(self.run("methods", "--json"))

    def pools(self):
        images = self.path("images")
        if not os.path.exists(images):
            self.run("demo-data", "--volumes", ".demo/volumes", "--out", images)
        for mode, name in DEMO.items():
            if not os.path.exists(self.path(name)):
                self.run("import", f"{images}/{name}", "--labels", f"{images}/{name}/labels.csv",
                         "--pool", self.path(name), "--mode", mode, "--truth")
        given = self.path(self.pool["classification"])
        if not os.path.exists(given):
            self.run("import", self.images, "--labels", f"{self.images}/labels.csv",
                     "--pool", given, "--mode", "classification", "--truth")

    def stage(self, command, job, mode, settings, *arguments, seed=0):
        """Runs a stage in a folder of its own and returns that folder, whose name is new: a pool
        keeps the labels of a job that was stopped."""
        run = self.path("runs", f"{job}.{time.time_ns()}")
        config = self.path("configs", job + ".yaml")
        with open(config, "w") as file:
            json.dump(settings, file)  # JSON is YAML
        self.run(command, "--pool", self.path(self.pool[mode]), "--out", run, "--config", config,
                 "--seed", seed, "--threads", 1, *arguments)
        return run


def model(bench, mode):
    name = "resnet18" if mode == "classification" else "unet-resnet18"
    return {"architecture": name, "imageSize": 32, "channels": bench.channels[mode],
            "stem": "medium", "widthFactor": 0.5}


def rows(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


# Pretraining --------------------------------------------------------------------------------------

NETWORKS = [
    ("classification", {}),
    ("classification", {"architecture": "vit-tiny", "patch": 8, "widthFactor": 1}),
    ("segmentation", {}),
]


def pretrain(bench, method, seed):
    """Tries the networks in turn: a method says which kind it wants."""
    reasons = []
    for mode, network in NETWORKS:
        settings = {
            "model": model(bench, mode) | network, "method": method, "steps": 2 if bench.smoke else 200,
            "batch": 8 if bench.smoke else 64, "checkEvery": 1 if bench.smoke else 100,
            "checkImages": 16 if bench.smoke else 512, "probe": "truth",
            "augmentation": {"lesionFraction": 0.1}}
        if mode == "segmentation":
            settings |= {"batch": 16, "adamRate": 0.01}
        settings |= {} if bench.smoke else OWN.get(method, {})
        if "patch" in network:
            settings["batch"] = min(settings["batch"], 32)
        try:
            run = bench.stage("pretrain", f"pretrain-{method}-{seed}", mode, settings, seed=seed)
        except Refused as reason:
            reasons.append(str(reason))
            continue
        return pretrained(bench, run, mode, settings["model"]["architecture"])
    raise RuntimeError("refused with every network: " + " | ".join(reasons))


def pretrained(bench, run, mode, architecture):
    measured = rows(f"{run}/metrics.jsonl")
    losses = [row["loss"] for row in measured if "loss" in row]
    part = max(len(losses) // 10, 1)
    result = {"mode": mode, "model": architecture, "loss": [
        sum(losses[:part]) / part, sum(losses[-part:]) / part]}
    if os.path.exists(f"{run}/probe.json"):
        with open(f"{run}/probe.json") as file:
            probe = json.load(file)
        result["probe"] = [probe[when]["balancedAccuracy"] for when in ("before", "after")]
    health = [row for row in measured if "psnr" in row]
    if health:
        result["psnr"] = [health[-1]["psnr_of_corrupted"], health[-1]["psnr"]]
    missed = []
    if not result["loss"][1] < result["loss"][0]:
        missed.append("the loss does not fall")
    for what in ("probe", "psnr"):
        if what in result and not result[what][1] > result[what][0]:
            missed.append(f"the {what} is not above its start")
    return result | {"missed": [] if bench.smoke else missed}


# Rounds -------------------------------------------------------------------------------------------


def rounds_settings(bench, mode, **others):
    few = mode == "segmentation"
    budgets = [3, 6, 12] if few else [10, 20, 40]
    steps = {"perLabel": 40, "minimum": 2, "maximum": 2} if bench.smoke else {
        "perLabel": 40, "minimum": 100, "maximum": 100}
    fine_tune = {"batch": 8 if few else 16, "steps": steps, "headRate": 0.003, "trunkRate": 0.001}
    return {"model": model(bench, mode), "rounds": {"budgets": budgets[:2] if bench.smoke else budgets},
            "fineTune": fine_tune | others.pop("fineTune", {}), "annotator": "oracle"} | others


def al_finetune(bench, job, mode, settings, weights=None):
    given = ["--weights", weights] if weights else []
    run = bench.stage(
        "al-finetune", job, mode, settings, "--mode", mode, *given)
    rounds = sorted(os.listdir(f"{run}/rounds"))
    with open(f"{run}/rounds/{rounds[-1]}/scores.json") as file:
        scores = json.load(file)
    return run, scores["test"] | {"labelsOfClass": scores.get("labelsOfClass", [])}


def head(scores):
    return scores.get("balanced_accuracy", scores.get("dice"))


def judged(bench, mode, scores, network):
    """A result and what it misses."""
    base = bench.base[mode]
    result = {"mode": mode, "model": network, "score": head(scores), "majority": base["majority"],
              "nll": [base["nll"], scores["nll"]]}
    missed = []
    if not result["score"] > base["majority"]:
        missed.append("not above the majority class")
    if not scores["nll"] < base["nll"]:
        unseen = mode == "classification" and 0 in scores.get("labelsOfClass", [])
        missed.append("the held-out loss is not below its first" + (
            " (a class was given no label, and is not predicted)" if unseen else ""))
    return result | {"missed": [] if bench.smoke else missed}


def query(bench, method, mode):
    """Classification on a frozen trunk, as a CPU does by default; a decoder learns too."""
    _, scores = al_finetune(
        bench, f"query-{method}-{mode}", mode, rounds_settings(bench, mode, query=method),
        bench.base[mode]["weights"])
    return judged(bench, mode, scores, model(bench, mode)["architecture"])


def fine_tune(bench, method, mode):
    settings = rounds_settings(
        bench, mode, query=ASKING[mode], fineTune={"strategy": method, "trunk": "full"})
    _, scores = al_finetune(
        bench, f"fine-tune-{method}-{mode}", mode, settings, bench.base[mode]["weights"])
    return judged(bench, mode, scores, model(bench, mode)["architecture"])


def semisup(bench, method, mode):
    steps = 2 if bench.smoke else 200
    settings = {
        "method": method, "trunk": "full", "steps": steps, "supervisedSteps": steps, "rounds": 2,
        "offSwitch": {"enabled": False, "folds": 2, "share": 0.5}, "batch": 8, "unlabelledBatch": 8}
    run = bench.stage("semisup", f"semisup-{method}-{mode}", mode, settings,
                      "--from", bench.base[mode]["run"])
    with open(f"{run}/scores.json") as file:
        scores = json.load(file)
    with open(f"{run}/verdict.json") as file:
        verdict = json.load(file)
    result = judged(bench, mode, scores["after"], model(bench, mode)["architecture"])
    result["start"], result["verdict"] = head(scores["before"]), verdict["reason"]
    return result


# What all share -----------------------------------------------------------------------------------


def majority(bench, mode):
    """What the headline metric gives to one class for all: 1 / classes, or the share of empty
    masks a foreground class (an empty mask that is left empty counts as 1)."""
    overview = json.loads(bench.run("status", bench.path(bench.pool[mode]), "--json"))
    classes = overview["classes"]
    if mode == "classification":
        return 1 / len(classes)
    empty = empty_masks(bench, len(classes))
    return sum(empty) / len(empty)


def empty_masks(bench, classes):
    """The share of test masks without a class, a number for each foreground class."""
    folder, counts, masks = bench.path("images", "slices"), [0] * classes, 0
    with open(f"{folder}/labels.csv") as file:
        header, *lines = (line.strip().split(",") for line in file)
    for line in lines:
        row = dict(zip(header, line))
        if row["split"] != "test":
            continue
        bench.run("image", f"{folder}/{row['mask']}", "--stored", "--npy", bench.path("mask.npy"))
        with open(bench.path("mask.npy"), "rb") as file:
            data = file.read()
        values = set(data[10 + int.from_bytes(data[8:10], "little"):])
        masks += 1
        for label in range(1, classes):
            counts[label] += label not in values
    return [count / masks for count in counts[1:]]


def base(bench, mode):
    """Weights to start from, the loss before the first step, and a run to improve."""
    settings = {"model": model(bench, mode), "steps": 2 if bench.smoke else 200, "batch": 16,
                "checkEvery": 100, "probe": "none", "augmentation": {"lesionFraction": 0.1}}
    settings |= ({"method": "simclr", "batch": 64} if mode == "classification" else
                 {"method": "decoder-restore", "adamRate": 0.01})
    weights = bench.stage("pretrain", f"base-weights-{mode}", mode, settings)
    untrained = rounds_settings(bench, mode, query="random", fineTune={
        "trunk": "full", "steps": {"minimum": 1, "maximum": 1}, "headRate": 1e-9,
        "trunkRate": 0})
    untrained["rounds"]["budgets"] = untrained["rounds"]["budgets"][:1]
    _, first = al_finetune(bench, f"base-first-{mode}", mode, untrained)
    trained = rounds_settings(bench, mode, query=ASKING[mode], fineTune={"trunk": "full"})
    run, _ = al_finetune(bench, f"base-run-{mode}", mode, trained, weights)
    return {"weights": weights, "nll": first["nll"], "run": run, "majority": majority(bench, mode)}


def kept(bench, name, work):
    """The result of a job, done before or now."""
    path = bench.path("results", name + ".json")
    if os.path.exists(path):
        with open(path) as file:
            return json.load(file)
    start = time.monotonic()
    try:
        result = work()
    except Refused as reason:
        result = {"refused": str(reason)}
    except (RuntimeError, subprocess.TimeoutExpired, OSError, KeyError) as problem:
        result = {"failed": f"{type(problem).__name__}: {problem}"}
    result["seconds"] = round(time.monotonic() - start, 1)
    if "failed" not in result:
        with open(path + ".new", "w") as file:
            json.dump(result, file, indent=1)
        os.replace(path + ".new", path)
    for run in glob.glob(glob.escape(bench.path("runs", name)) + ".*"):
        shutil.rmtree(run, ignore_errors=True)
    return result


def jobs(bench, only):
    """Every job as (stage, method, what varies, name, work)."""
    for method in bench.listing():
        stage, name = method["stage"], method["name"]
        if only and not re.search(only, f"{stage} {name}"):
            continue
        if stage == "pretrain":
            for seed in range(bench.seeds):
                yield stage, name, f"{stage}-{name}-{seed}", (lambda n=name, s=seed: pretrain(bench, n, s))
            continue
        work = {"query": query, "fine-tune": fine_tune, "semisup": semisup}[stage]
        for mode in DEMO:
            yield stage, name, f"{stage}-{name}-{mode}", (
                lambda w=work, n=name, m=mode: w(bench, n, m))


# The table ----------------------------------------------------------------------------------------


def header(images):
    """What the table shows, in the page's words."""
    seen = "the demo's brain patches"
    if images:
        with open(f"{images}/labels.csv") as file:
            count = sum(1 for _ in file) - 1
        seen = f"the {count} images of `{os.path.basename(images)}`"
    return [
        "# Every method, run once", "",
        "Written by `make methods`: each name that `pipeline methods` lists, end to end through the",
        f"program: classification on {seen}, segmentation on the demo's brain slices (one brain), 32",
        "pixels, networks of half the width, at most 400 steps a training.",
        "It shows that every method runs and learns, and says nothing about which is better.",
        "Pretraining: balanced accuracy of nearest neighbours on the features, untrained and",
        "pretrained, or decibels of the corrupted and the restored images; one row a seed. Rounds of",
        "queries (40 images or 12 slices in the end) and semi-supervised training: balanced accuracy",
        "or Dice on the test split, beside that of one class for all; the loss is the log loss on the",
        "test split before the first step and at the end. What a check misses stands in the last",
        "column.", ""]


def excused(method, missed):
    reason = EXCUSED.get((method, missed))
    return f"{missed} ({reason})" if reason else missed


def number(value):
    return "–" if value is None or not math.isfinite(value) else f"{value:.3f}"


def table(results, images):
    lines = [*header(images), "| stage | method | mode | network | result | loss, first → last | seconds | missed |",
             "|---|---|---|---|---|---|---|---|"]
    for stage, method, result in results:
        if "failed" in result or "refused" in result:
            continue
        if stage == "pretrain":
            what = next((k for k in ("probe", "psnr") if k in result), None)
            score = f"{what} {number(result[what][0])} → {number(result[what][1])}" if what else "–"
            loss = result["loss"]
        else:
            score = f"{number(result['score'])} (majority {number(result['majority'])}"
            score += f", start {number(result['start'])})" if "start" in result else ")"
            loss = result["nll"]
        lines.append(
            f"| {stage} | {method} | {result['mode']} | {result['model']} | {score} | "
            f"{number(loss[0])} → {number(loss[1])} | {result['seconds']:.0f} | "
            f"{'; '.join(excused(method, what) for what in result['missed'])} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--images")
    parser.add_argument("--table")
    options = parser.parse_args()
    bench = Bench(options)
    bench.pools()
    bench.base = {mode: json.loads(json.dumps(base_of(bench, mode))) for mode in DEMO}
    work = list(jobs(bench, options.only))
    results, start = [], time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = [(s, m, n, pool.submit(kept, bench, n, w)) for s, m, n, w in work]
        for count, (stage, method, name, future) in enumerate(futures, 1):
            result = future.result()
            results.append((stage, method, result))
            state = next((f"{k}: {result[k]}" for k in ("failed", "refused") if k in result),
                         "; ".join(result.get("missed", [])) or "ok")
            print(f"[{count}/{len(futures)}, {time.monotonic() - start:.0f} s] {name}: {state[:300]}",
                  flush=True)
    if options.table:
        with open(options.table, "w") as file:
            file.write(table(results, bench.images))
    sys.exit(verdict(results))


def base_of(bench, mode):
    path = bench.path("results", f"base-{mode}.json")
    if not os.path.exists(path):
        found = base(bench, mode)
        with open(path, "w") as file:
            json.dump(found, file)
    with open(path) as file:
        return json.load(file)


def verdict(results):
    """1 where a job failed, or a method was refused everywhere."""
    failed = [f"{s} {m}: {r['failed']}" for s, m, r in results if "failed" in r]
    names = {(s, m) for s, m, _ in results}
    ran = {(s, m) for s, m, r in results if "failed" not in r and "refused" not in r}
    for line in failed:
        print(f"failed: {line}", file=sys.stderr)
    for stage, method in sorted(names - ran):
        print(f"runs in no mode: {stage} {method}", file=sys.stderr)
    missed = sum(bool(r.get("missed")) for _, _, r in results)
    print(f"{len(results)} jobs, {len(ran)} of {len(names)} methods ran, {missed} missed a check")
    return 1 if failed or names - ran else 0


if __name__ == "__main__":
    main()
