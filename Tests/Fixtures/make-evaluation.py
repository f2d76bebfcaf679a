"""Makes evaluation.json: what scikit-learn, SciPy and NumPy say about small made-up results.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy scipy scikit-learn
    /tmp/venv/bin/python Tests/Fixtures/make-evaluation.py

Nothing here shares code or formulas with the Swift it checks, except the two conventions for
empty masks, which are decisions.
"""

import json
import pathlib
import platform

import numpy
import scipy
import sklearn
from scipy import ndimage, optimize, special, stats
from sklearn import isotonic, metrics

rng = numpy.random.default_rng(20)


def classification():
    n, c = 60, 4
    truth = rng.choice(c, n, p=[0.5, 0.3, 0.15, 0.05])
    logits = rng.normal(size=(n, c)) + 1.2 * numpy.eye(c)[truth]
    logits = numpy.round(logits, 1).astype("f4")  # coarse, so that scores tie
    p = special.softmax(logits.astype("f8"), axis=1).astype("f4").astype("f8")
    predicted = p.argmax(1)
    labels = sorted(set(truth) | set(predicted))
    one_hot = numpy.eye(c)[truth]

    def loss(t, z):
        return metrics.log_loss(truth, special.softmax(z.astype("f8") / t, axis=1), labels=range(c))

    fit = optimize.minimize_scalar(
        loss, bounds=(0.5, 10), args=(logits,), method="bounded", options={"xatol": 1e-9})
    return {
        "truth": truth.tolist(), "logits": logits.ravel().tolist(), "classes": c,
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "macro_f1": metrics.f1_score(truth, predicted, labels=labels, average="macro"),
        "kappa": metrics.cohen_kappa_score(truth, predicted),
        "recall": metrics.recall_score(truth, predicted, average=None).tolist(),
        "auroc": [metrics.roc_auc_score(one_hot[:, k], p[:, k]) for k in range(c)],
        "auroc_macro": metrics.roc_auc_score(truth, p / p.sum(1, keepdims=True),
                                             multi_class="ovr", average="macro"),
        "auprc": [metrics.average_precision_score(one_hot[:, k], p[:, k]) for k in range(c)],
        "confusion": metrics.confusion_matrix(truth, predicted).ravel().tolist(),
        "nll": metrics.log_loss(truth, p, labels=range(c)),
        "temperature": fit.x,
    }


def calibration():
    """Distinct confidences: then equal-mass bins are NumPy's array_split of the sorted cases."""
    n = 90
    confidence = numpy.linspace(0.52, 0.98, n).astype("f4").astype("f8")
    right = rng.uniform(size=n) < confidence ** 2
    parts = numpy.array_split(numpy.arange(n), 15)
    ece = sum(len(q) * abs(confidence[q].mean() - right[q].mean()) for q in parts) / n
    shuffle = rng.permutation(n)
    return {"confidence": confidence[shuffle].tolist(), "right": right[shuffle].tolist(), "ece": ece}


def hd95(a, b, spacing):
    def edge(mask):
        return mask & ~ndimage.binary_erosion(mask, ndimage.generate_binary_structure(2, 1))

    ea, eb = edge(a), edge(b)
    to_a = ndimage.distance_transform_edt(~ea, sampling=spacing)
    to_b = ndimage.distance_transform_edt(~eb, sampling=spacing)
    return max(numpy.percentile(to_a[eb], 95), numpy.percentile(to_b[ea], 95))


def segmentation():
    height, width, spacing = 14, 17, (0.8, 1.3)
    images = []
    for _ in range(6):
        field = ndimage.gaussian_filter(rng.normal(size=(3, height, width)), (0, 2, 2))
        truth = field.argmax(0)
        noise = ndimage.gaussian_filter(rng.normal(size=(3, height, width)), (0, 1, 1))
        prediction = (field + 0.25 * noise).argmax(0)
        images.append((truth, prediction))
    images[4] = (numpy.where(images[4][0] == 2, 0, images[4][0]), images[4][1])
    rows = []
    for truth, prediction in images:
        row = {"truth": truth.ravel().tolist(), "prediction": prediction.ravel().tolist()}
        for k in (1, 2):
            a, b = truth == k, prediction == k
            if a.any() and b.any():
                row[f"dice_{k}"] = metrics.f1_score(a.ravel(), b.ravel())
                row[f"iou_{k}"] = metrics.jaccard_score(a.ravel(), b.ravel())
                row[f"hd95_{k}"] = hd95(a, b, spacing)
            else:
                row[f"dice_{k}"] = row[f"iou_{k}"] = 0.0
                row[f"hd95_{k}"] = float(numpy.hypot(height * spacing[0], width * spacing[1]))
        rows.append(row)
    all_truth = numpy.concatenate([t.ravel() for t, _ in images])
    all_prediction = numpy.concatenate([q.ravel() for _, q in images])
    pooled = metrics.f1_score(all_truth, all_prediction, average=None)[1:].tolist()
    return {"height": height, "width": width, "spacing": spacing, "images": rows, "pooled": pooled}


def statistics():
    values = numpy.round(rng.normal(size=12), 1)
    weights = rng.integers(1, 4, 12)
    differences = numpy.round(rng.normal(0.4, 0.5, 9), 3)
    walsh = sorted((differences[i] + differences[j]) / 2
                   for i in range(9) for j in range(i, 9))
    signed = stats.wilcoxon(differences, method="exact")
    cut = max(k for k in range(1, 46) if sum(count_subsets(9)[:k]) / 2 ** 9 <= 0.025)
    t = stats.ttest_1samp(differences, 0)
    interval = t.confidence_interval(0.95)
    return {
        "t_quantile": [[df, stats.t.ppf(0.975, df)] for df in (1, 2, 3, 4, 7, 9, 19, 100)],
        "t_two_sided": [[x, df, 2 * stats.t.sf(x, df)] for x, df in ((0.5, 2), (2.1, 4), (3.3, 9))],
        "isotonic": {
            "values": values.tolist(), "weights": weights.tolist(),
            "fit": isotonic.IsotonicRegression().fit_transform(
                numpy.arange(12), values, sample_weight=weights).tolist()},
        "paired": {
            "differences": differences.tolist(), "t_low": interval.low, "t_high": interval.high,
            "t_p": t.pvalue, "signed_rank_p": signed.pvalue,
            "walsh_low": walsh[cut - 1], "walsh_high": walsh[45 - cut]},
        "percentile": {
            "values": values.tolist(), "p95": numpy.percentile(values, 95),
            "p25": numpy.percentile(values, 25)},
        "survival": survival(),
        "pooled": pooled(),
        "wilson": list(stats.binomtest(17, 23).proportion_ci(0.95, "wilson")),
    }


def count_subsets(n):
    """How many sets of ranks 1...n sum to 0, 1, 2 ..."""
    counts = numpy.array([1])
    for rank in range(1, n + 1):
        counts = numpy.convolve(counts, [1] + [0] * (rank - 1) + [1])
    return counts


def survival():
    times = numpy.array([20, 35, 35, 50, 80, 80, 80.0])
    seen = numpy.array([1, 1, 0, 1, 0, 0, 1], bool)
    data = stats.CensoredData.right_censored(times, ~seen)
    curve = stats.ecdf(data).sf
    return {"times": times.tolist(), "seen": seen.tolist(),
            "steps": curve.quantiles.tolist(), "survival": curve.probabilities.tolist(),
            "median": float(curve.quantiles[curve.probabilities <= 0.5][0])}


def pooled():
    """DerSimonian and Laird's variance, Hartung and Knapp's interval, by regression on a constant."""
    effects = numpy.array([0.62, 0.21, 0.45, -0.05, 0.8])
    errors = numpy.array([0.12, 0.10, 0.2, 0.15, 0.25])
    fixed = numpy.average(effects, weights=errors ** -2)
    q = numpy.sum((effects - fixed) ** 2 / errors ** 2)
    w = errors ** -2
    tau2 = max(0.0, (q - 4) / (w.sum() - (w ** 2).sum() / w.sum()))
    root = 1 / numpy.sqrt(errors ** 2 + tau2)
    slope, residual, *_ = numpy.linalg.lstsq(root[:, None], root * effects, rcond=None)
    half = stats.t.ppf(0.975, 4) * numpy.sqrt(residual[0] / 4 / (root ** 2).sum())
    return {"effects": effects.tolist(), "errors": errors.tolist(), "tau2": tau2,
            "mean": slope[0], "low": slope[0] - half, "high": slope[0] + half}


result = {
    "versions": {"python": platform.python_version(), "numpy": numpy.__version__,
                 "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    "classification": classification(),
    "calibration": calibration(),
    "segmentation": segmentation(),
    "statistics": statistics(),
}


def plain(value):
    return value.item()


text = json.dumps(result, default=plain, separators=(",", ":"))
pathlib.Path(__file__).with_name("evaluation.json").write_text(text + "\n")
print(len(text), "bytes,", result["versions"])
