#!/usr/bin/env python3
"""Writes the binding of libtorch's operators from the schemas in its own headers.

    scripts/generate-torch.py [--headers .libtorch/include] [--out .]

Reads `schema_str` in ATen/ops/*_ops.h and the list scripts/torch-operators.txt; writes, under --out,
Sources/CTorch/Generated/Operators.h (the C table), Sources/CTorchLibrary/Generated/
Operators.cpp (calls into at::_ops) and Sources/Torch/Generated/Operators.swift (the Swift surface).
The output is committed; running the script again must not change it.
"""

import argparse
import hashlib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
OMITTED = {"Layout", "Layout?", "bool? pin_memory", "float[]?"}
CLASHING = {"self", "from", "tensor", "tensors", "scalar", "device"}  # with words of the C++ side
SWIFT_KEYWORDS = {"repeat", "where", "var", "in", "is", "as", "self", "default", "func", "any"}

# schema type -> (C parameters, C++ argument, Swift type, Swift arguments); % is the name.
TYPES = {
    "Tensor": ("ct_tensor %", "tensor(%)", "Tensor", "%.handle"),
    "Tensor?": ("ct_tensor %", "optionalTensor(%)", "Tensor?", "%?.handle"),
    "Tensor[]": ("const ct_tensor *%, intptr_t %_count", "tensors(%, %_count)", "[Tensor]",
                 "handles(%), %.count"),
    "Tensor?[]": ("const ct_tensor *%, intptr_t %_count", "optionalTensors(%, %_count)",
                  "[Tensor?]", "handles(%), %.count"),
    "int": ("intptr_t %", "%", "Int", "%"),
    "int?": ("ct_scalar %", "optionalInt(%)", "Int?", "%.scalar"),
    "SymInt?": ("ct_scalar %", "optionalSymInt(%)", "Int?", "%.scalar"),
    "int[]": ("const intptr_t *%, intptr_t %_count", "ints(%, %_count)", "[Int]", "%, %.count"),
    "SymInt[]": ("const intptr_t *%, intptr_t %_count", "symInts(%, %_count)", "[Int]",
                 "%, %.count"),
    "int[]?": ("const intptr_t *%, intptr_t %_count", "optionalInts(%, %_count)", "[Int]?",
               "%, %?.count ?? -1"),
    "SymInt[]?": ("const intptr_t *%, intptr_t %_count", "optionalSymInts(%, %_count)", "[Int]?",
                  "%, %?.count ?? -1"),
    "float": ("double %", "%", "Double", "%"),
    "float?": ("ct_scalar %", "optionalDouble(%)", "Double?", "%.scalar"),
    "bool": ("bool %", "%", "Bool", "%"),
    "bool?": ("ct_scalar %", "optionalBool(%)", "Bool?", "%.scalar"),
    "Scalar": ("ct_scalar %", "scalar(%)", "any Scalar", "%.scalar"),
    "Scalar?": ("ct_scalar %", "optionalScalar(%)", "(any Scalar)?", "%.scalar"),
    "ScalarType": ("int32_t %", "scalarType(%)", "DType", "%.code"),
    "ScalarType?": ("int32_t %", "optionalScalarType(%)", "DType?", "%.code"),
    "Device": ("int32_t %", "device(%)", "Device", "%.code"),
    "Device?": ("int32_t %", "optionalDevice(%)", "Device?", "%.code"),
    "MemoryFormat?": ("int32_t %", "optionalMemoryFormat(%)", "MemoryFormat?", "%.code"),
    "MemoryFormat": ("int32_t %", "memoryFormat(%)", "MemoryFormat", "%.code"),
    "Generator?": ("ct_generator %", "optionalGenerator(%)", "Generator", "%.handle"),
    "str": ("const char *%", "%", "String", "%"),
    "str?": ("const char *%", "optionalString(%)", "String?", "%"),
}
TYPES["SymInt"] = TYPES["int"]


def camel(name):
    """snake_case as lowerCamelCase; a trailing underscore (in place) stays."""
    tail = "_" if name.endswith("_") else ""
    words = [w for w in name.strip("_").split("_") if w]
    first = words[0] if not words[0].isupper() else words[0].lower()
    return first[0].lower() + first[1:] + "".join(w[0].upper() + w[1:] for w in words[1:]) + tail


def split_top(text):
    """Splits at the commas that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        if c == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [p.strip() for p in parts + [text[start:]] if p.strip()]


class Argument:
    def __init__(self, text):
        text = re.sub(r"\([a-z!>\-* |]+\)", "", text)
        declaration, _, self.default = text.partition("=")
        kind, self.name = declaration.rsplit(" ", 1)
        size = re.search(r"\[(\d+)\]", kind)
        self.size = int(size.group(1)) if size else 1
        self.kind = re.sub(r"\[\d+\]", "[]", kind)
        omitted = {self.kind, f"{self.kind} {self.name}"} & OMITTED
        self.omitted = bool(omitted)
        self.has_default = "=" in text
        if not self.omitted and self.kind not in TYPES:
            raise ValueError(f"no rule for the type {kind!r} of {self.name!r}")

    @property
    def c_name(self):
        return self.name + "_" if self.name in CLASHING else self.name

    def rule(self, column, name):
        return TYPES[self.kind][column].replace("%", name)

    def swift_default(self):
        if self.kind == "Generator?" or not self.has_default:
            return ""
        value = self.default
        if value.startswith("'") or value.startswith('"') or value.startswith('\\"'):
            value = '"' + value.strip("\\'\"") + '"'
        elif self.kind.startswith(("int[]", "SymInt[]")) and value not in ("None",):
            inside = value.strip("[]")
            items = split_top(inside) if value.startswith("[") else [inside] * self.size
            value = "[" + ", ".join(items) + "]"
        if self.kind.startswith("MemoryFormat") and value == "contiguous_format":
            value = ".contiguous"
        words = {"None": "nil", "True": "true", "False": "false", "Mean": "1", "long": ".int64"}
        return " = " + words.get(value, value)


class Operator:
    def __init__(self, schema, struct, header, public, swift):
        self.schema, self.struct, self.header, self.public = schema, struct, header, public
        match = re.fullmatch(r"([\w.]+)\((.*)\) -> (.*)", schema)
        name, arguments, result = match.groups()
        self.arguments = [Argument(a) for a in split_top(arguments) if a != "*"]
        self.shown = [a for a in self.arguments if not a.omitted]
        base = name.split(".")[0]
        first = self.shown[0] if self.shown else None
        self.method = bool(first and first.kind == "Tensor" and first.name in ("self", "A"))
        self.parse_result(result, arguments)
        self.parse_name(base, swift)

    def parse_result(self, result, arguments):
        self.in_place = re.fullmatch(r"Tensor\([a-z]!\)", result) is not None
        result = re.sub(r"\([a-z!>\-* |]+\)", "", result)
        inner = split_top(result[1:-1]) if result.startswith("(") else [result]
        self.results = [(r.split(" ")[0], camel(r.split(" ")[1]) if " " in r else None)
                        for r in inner]
        for kind, _ in self.results:
            if kind not in ("Tensor", "Tensor[]", "bool"):
                raise ValueError(f"no rule for the result {kind!r}")

    def parse_name(self, base, swift):
        self.name, labels = camel(base), None
        if swift:
            self.name, listed = re.fullmatch(r"(\w+)\((.*)\)", swift).groups()
            labels = listed.split(":")[:-1]
        visible = self.shown[1:] if self.method else self.shown
        if labels is not None and len(labels) > len(visible):
            raise ValueError(f"{swift} has more labels than {self.schema} has arguments")
        self.visible = []
        for i, a in enumerate(visible):
            local = camel(a.name)
            if local == "self":
                local = "input"
            label = labels[i] if labels is not None and i < len(labels) else (
                "_" if self.unlabelled(i, a) else local)
            self.visible.append((a, label, local))

    @staticmethod
    def unlabelled(i, a):
        return i == 0 and a.kind in ("Tensor", "Tensor[]", "Scalar") and not a.has_default

    # C

    def c_out(self):
        if self.in_place:
            return []
        rules = {"Tensor": ["ct_tensor *out%"], "bool": ["bool *out%"],
                 "Tensor[]": ["ct_tensor **out%", "intptr_t *out%_count"]}
        many = len(self.results) > 1
        return [p.replace("%", str(i) if many else "")
                for i, (kind, _) in enumerate(self.results) for p in rules[kind]]

    def c_parameters(self):
        parameters = self.c_out() + [a.rule(0, a.c_name) for a in self.shown]
        return [p for group in parameters for p in split_top(group)]

    def c_entry(self):
        parameters = self.c_parameters()
        names = [re.split(r"[ *]", p)[-1] for p in parameters]
        return (f"  F(int32_t, {self.struct}, ({', '.join(parameters)}), \\\n"
                f"    ({', '.join(names)})) \\")

    def cpp(self):
        arguments = ["std::nullopt" if a.omitted else a.rule(1, a.c_name) for a in self.arguments]
        call = f"at::_ops::{self.struct}::call({', '.join(arguments)})"
        return (f"int32_t {self.struct}({', '.join(self.c_parameters())}) {{\n"
                f"  return guarded([&] {{ {self.cpp_store(call)} }});\n}}\n")

    def cpp_store(self, call):
        if self.in_place or not self.results:
            return call + ";"
        if len(self.results) > 1:
            stores = " ".join(f"give(out{i}, std::get<{i}>(r));" for i in range(len(self.results)))
            return f"auto r = {call}; {stores}"
        if self.results[0][0] == "Tensor[]":
            return f"giveList(out, out_count, {call});"
        if self.results[0][0] == "bool":
            return f"*out = {call};"
        return f"give(out, {call});"

    # Swift

    def swift_result(self):
        if self.in_place:
            return "Tensor"
        kinds = {"Tensor": "Tensor", "Tensor[]": "[Tensor]", "bool": "Bool"}
        items = [(f"{n}: " if n else "") + kinds[k] for k, n in self.results]
        if not items:
            return ""
        return items[0].split(": ")[-1] if len(items) == 1 else "(" + ", ".join(items) + ")"

    def swift_parameter(self, argument, label, local):
        name = local if label == local else f"{label} {local}"
        if local in SWIFT_KEYWORDS:
            name = f"{label} `{local}`" if label != local else f"`{local}`"
        return f"{name}: {argument.rule(2, '')}{argument.swift_default()}"

    def swift(self):
        indent = "  " if self.method else ""
        name = f"`{self.name}`" if self.name in SWIFT_KEYWORDS else self.name
        parameters = ", ".join(self.swift_parameter(*v) for v in self.visible)
        result = self.swift_result()
        lines = []
        if self.public:
            lines.append(f"/// libtorch: `{self.schema}`.")
        if self.in_place:
            lines.append("@discardableResult")
        access = "public " if self.public else ""
        arrow = f" -> {result}" if result else ""
        lines.append(f"{access}func {name}({parameters}){arrow} {{")
        lines += ["  " + line for line in self.swift_body()]
        lines.append("}\n")
        return "\n".join(indent + line if line else line for line in lines)

    def swift_body(self):
        body, outs, returned = self.swift_outputs()
        passed = [a.rule(3, self.swift_local(a)) for a in self.shown]
        tensors = [self.swift_local(a) for a in self.shown if a.kind in ("Tensor", "Tensor?")]
        lists = [self.swift_local(a) for a in self.shown if a.kind in ("Tensor[]", "Tensor?[]")]
        operands = " + ".join([f"[{', '.join(tensors)}]"] * bool(tensors or not lists) + lists)
        if not tensors and not lists:
            body.insert(0, "Library.require()")
        body.append(f"let status = ct_{self.struct}({', '.join(outs + passed)})")
        body.append(f'check(status, "{self.name}", {operands})')
        return body + ([f"return {returned}"] if returned else [])

    def swift_local(self, argument):
        for a, _, local in self.visible:
            if a is argument:
                return f"`{local}`" if local in SWIFT_KEYWORDS else local
        return "self"

    def swift_outputs(self):
        if self.in_place:
            target = next(a for a in self.shown if a.kind == "Tensor")
            return [], [], self.swift_local(target)
        body, outs, values = [], [], []
        for i, (kind, _) in enumerate(self.results):
            out = f"out{i}" if len(self.results) > 1 else "out"
            if kind == "Tensor[]":
                body += [f"var {out}: UnsafeMutablePointer<OpaquePointer?>?", f"var {out}Count = 0"]
                outs += [f"&{out}", f"&{out}Count"]
                values.append(f"adopt({out}, {out}Count)")
            else:
                kind_of, value = (("Bool = false", out) if kind == "bool"
                                  else ("OpaquePointer?", f"Tensor(adopting: {out})"))
                body.append(f"var {out}: {kind_of}")
                outs.append(f"&{out}")
                values.append(value)
        joined = ", ".join(values)
        return body, outs, f"({joined})" if len(values) > 1 else joined


def read_schemas(headers):
    """Operator name -> (schema, struct name, header stem), for every operator of this libtorch."""
    folder = headers / "ATen" / "ops"
    pattern = re.compile(r'struct TORCH_API (\w+) \{.*?schema_str = "(.*?)";\n', re.S)
    found = {}
    for path in sorted(folder.glob("*_ops.h")):
        for struct, schema in pattern.findall(path.read_text()):
            found[schema.split("(")[0]] = (schema.replace('\\"', '"'), struct, path.stem)
    if not found:
        sys.exit(f"error: no operator schemas in {folder}\n  fix: run scripts/setup.sh first")
    return found


def read_list(path, schemas):
    operators, faults = [], []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        public, name = not words[0].startswith("~"), words[0].lstrip("~")
        try:
            schema, struct, header = schemas[name]
            swift = words[1] if len(words) > 1 else None
            operators.append(Operator(schema, struct, header, public, swift))
        except KeyError:
            faults.append(f"{path.name}:{number}: libtorch has no operator {name}")
        except ValueError as fault:
            faults.append(f"{path.name}:{number}: {name}: {fault}")
    if faults:
        sys.exit("error: " + "\n       ".join(faults))
    return operators


NOTE = "// Written by scripts/generate-torch.py from libtorch's schemas; not edited by hand.\n"


def header_text(operators):
    entries = "\n".join(o.c_entry() for o in operators)
    digest = int(hashlib.sha256(entries.encode()).hexdigest()[:15], 16)
    return (f"{NOTE}#ifndef CT_GENERATED_OPERATORS_H\n#define CT_GENERATED_OPERATORS_H\n\n"
            f"/// Names the set of operators and their signatures below.\n"
            f"#define CT_OPERATORS_DIGEST {digest}ull\n\n"
            f"#define CT_OPERATORS(F) \\\n{entries}\n\n#endif\n")


def cpp_text(operators):
    includes = "\n".join(f"#include <ATen/ops/{h}.h>" for h in sorted({o.header for o in operators}))
    bodies = "\n".join(o.cpp() for o in operators)
    return f'{NOTE}#include "../Operators.h"\n\n{includes}\n\nnamespace modicum {{\n\n{bodies}\n}}\n'


def swift_text(operators):
    methods = "\n".join(o.swift() for o in operators if o.method)
    free = "\n".join(o.swift() for o in operators if not o.method)
    return (f"// swift-format-ignore-file\n{NOTE}\nimport CTorch\n\n"
            f"extension Tensor {{\n{methods}}}\n\n{free}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--headers", type=pathlib.Path, default=HERE.parent / ".libtorch/include")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent)
    options = parser.parse_args()
    operators = read_list(HERE / "torch-operators.txt", read_schemas(options.headers))
    for name, text in [
        ("Sources/CTorch/Generated/Operators.h", header_text(operators)),
        ("Sources/CTorchLibrary/Generated/Operators.cpp", cpp_text(operators)),
        ("Sources/Torch/Generated/Operators.swift", swift_text(operators)),
    ]:
        path = options.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    print(f"{len(operators)} operators")


main()
