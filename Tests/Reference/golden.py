"""What the golden_*.py scripts share: portable inputs, and the Swift file that holds the results."""
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)


def portable(k, *shape):
    """Values in -1 ..< 1, row-major, from seed k: a generator that the Swift side repeats."""
    values, state = [], k
    for _ in range(math.prod(shape)):
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
        values.append(state / 2**30 - 1.0)
    return torch.tensor(values).reshape(*shape)


def write(target, name, summary, script, golden):
    """Writes Tests/TARGET: an enum of numbers, lists of numbers, and lists of whole numbers."""
    lines = [
        f"// Made by Tests/Reference/{pathlib.Path(script).name} with PyTorch {torch.__version__}; not edited by hand.",
        "",
        f"/// {summary}",
        f"enum {name} {{",
    ]
    for key, value in golden.items():
        whole = not value.is_floating_point()
        numbers = [str(v) if whole else f"{v:.12g}" for v in value.flatten().tolist()]
        numbers = [n if whole or any(c in n for c in ".e") else n + ".0" for n in numbers]
        if value.dim() == 0:
            lines.append(f"  static let {key} = {numbers[0]}")
        else:
            rows = [", ".join(numbers[i : i + 5]) for i in range(0, len(numbers), 5)]
            body = "\n".join(f"    {row}," for row in rows)
            lines.append(f"  static let {key} = [\n{body}\n  ]")
    lines.append("}")
    path = pathlib.Path(__file__).parents[1] / target
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    print(path)
