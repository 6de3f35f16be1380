"""What the corpus' export scripts share: counting, exporting, stripping, and writing the manifest.

A script names its networks in a dict of `Network` and calls `main("vision", networks)`. That writes, beside this file,
vision/NAME.onnx.gz (or another FILE) and vision.json, the manifest: an object from NAME to

    file          its path below this folder
    source        the package that built it, and by what call
    exporter      how the file was written
    parameters    learned numbers, by the package's own count (sum of numel over model.parameters())
    multiplyAdds  counted by somebody else than ArchBERT; null where nobody's count can be had
    counter       by whom: "torch.utils.flop_counter / 2", or a link
    published     optional: billions of multiply-adds as the authors or the package publish them, in a table or paper
    stages        blocks a stage, as the paper has it; null where the paper has no such structure
    family        its true family in ArchBERT's words; null when it is of none of them
    paper         link to where stages and family are told
    sizes         optional: numbers for the symbolic sizes of its inputs, { "batch": 1 }
    folded        optional: learned numbers that the exporter folded into others or dropped: those are not in the file

What ArchBERT is known to get wrong is listed in misses.json, by hand, with a reason.

Weights are random: every parameter is drawn from a uniform distribution, lest the exporter merge tensors that are equal
only because nothing has been trained. The files keep the graph, the shapes of all weights, and the numbers of those up
to 64 elements (8 where they are floats) and of masks. Where two large tensors hold the same numbers, as a matrix does that
layers share and the exporter wrote twice, a note of each says so (the numbers are gone, and with them what ArchBERT reads). The shapes of values in between are dropped, and their names are numbers: ArchBERT has to infer them.
"""

import copy
import dataclasses
import gzip
import hashlib
import itertools
import json
import logging
import math
import os
import pathlib
import sys
import tempfile
import traceback

import onnx

here = pathlib.Path(__file__).parent
payloads = ("raw_data", "float_data", "int32_data", "int64_data", "double_data", "uint64_data")


@dataclasses.dataclass
class Network:
    """One network: how to make it, and what its paper says of it."""

    source: str
    make: object
    inputs: object
    family: str | None
    stages: list | None
    paper: str
    exporter: str = "script17"
    published: float | None = None
    sizes: dict | None = None
    #: Counts that replace the counter's: (multiply-adds, by whom).
    counted: tuple | None = None
    #: The manifest says so where the exporter folds or drops learned numbers.
    folded: int | None = None


def strip(model, named=False, small=8):
    """Drops the numbers of large tensors, what only people read, and unless `named` the names of values in between.

    Floats are large above `small` elements, other numbers above 64.
    """
    names, taken = {}, set()
    floats = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16, onnx.TensorProto.DOUBLE)

    def tensor(item):
        size = math.prod(item.dims)
        # Masks are kept: whether they are triangles is part of the structure.
        mask = len(item.dims) > 1 and item.dims[-1] == item.dims[-2] and few(item)
        if size > (small if item.data_type in floats else 64) and not mask:
            for field in payloads:
                item.ClearField(field)
        item.ClearField("doc_string")
        item.data_location = 0
        del item.external_data[:], item.metadata_props[:]

    def content(item):
        """A matrix's numbers in short, however it lies."""
        array = onnx.numpy_helper.to_array(item)
        return min(hashlib.sha256(way.tobytes()).hexdigest()[:12] for way in (array, array.T))

    def shared(items):
        """What matrices hold that have copies, by name."""
        prints = {item.name: content(item) for item in items if len(item.dims) == 2 and math.prod(item.dims) > 64}
        values = list(prints.values())
        return {name: value for name, value in prints.items() if values.count(value) > 1}

    def alike(item):
        """Whether all its rows are one and the same, such as the embedding of a kind of tokens at every place."""
        array = onnx.numpy_helper.to_array(item)
        return array.shape[-1] >= 8 and array.shape[-2] >= 2 and bool((array == array[..., :1, :]).all())

    def few(item):
        """Whether it holds two numbers at most, as masks do."""
        return len(set(onnx.numpy_helper.to_array(item).ravel()[: 1 << 16].tolist())) <= 2

    def inner(item):
        """Values that nodes make, other than constants: those keep the names that exporters give weights."""
        taken.update(tensor.name for tensor in item.initializer)
        for node in item.node:
            if node.op_type == "Constant":
                taken.update(node.output)
        for node in item.node:
            for value in node.output:
                if value and node.op_type != "Constant":
                    name = next(name for name in map(str, itertools.count(len(names))) if name not in taken)
                    taken.add(name)
                    names[value] = name
            for attribute in node.attribute:
                if attribute.HasField("g"):
                    inner(attribute.g)

    def graph(item):
        item.ClearField("doc_string")
        del item.metadata_props[:], item.quantization_annotation[:]
        if not named:
            del item.value_info[:]
        copies = shared(item.initializer)
        for initializer in item.initializer:
            # A square that is no mask of two numbers: a bias, say, which lets all be seen.
            repeats = len(initializer.dims) > 2 and math.prod(initializer.dims) > 256 and alike(initializer)
            open_square = len(initializer.dims) > 2 and initializer.dims[-1] == initializer.dims[-2]
            tensor(initializer)
            if repeats:
                initializer.metadata_props.add(key="archbert.repeats", value="true")
            if open_square and not any(initializer.HasField(field) for field in payloads[:1]):
                initializer.metadata_props.add(key="archbert.mask", value="open")
            if initializer.name in copies:
                initializer.metadata_props.add(key="archbert.content", value=copies[initializer.name])
        for value in (*item.value_info, *item.input, *item.output):
            value.ClearField("doc_string")
            del value.metadata_props[:]
            value.name = names.get(value.name, value.name)
        for node in item.node:
            node.ClearField("doc_string")
            del node.metadata_props[:]
            if not named:
                node.ClearField("name")
            for values in (node.input, node.output):
                for i, value in enumerate(values):
                    values[i] = names.get(value, value)
            for attribute in node.attribute:
                if attribute.HasField("t"):
                    tensor(attribute.t)
                if attribute.HasField("g"):
                    graph(attribute.g)

    if not named:
        inner(model.graph)
    for value in model.graph.output:
        names.pop(value.name, None)
    graph(model.graph)
    for function in model.functions:
        del function.metadata_props[:]
        for node in function.node:
            del node.metadata_props[:]
    del model.metadata_props[:]
    return model


def torch_exporters():
    """How PyTorch writes a file; "script" is the exporter by tracing, "dynamo" the one by graph capture."""
    import torch

    # In this mode batch norms stay what they are.
    whole = {"dynamo": False, "training": torch.onnx.TrainingMode.PRESERVE}
    graph = {"dynamo": True, "external_data": False, "verbose": False}
    return {
        "script17": ("torch.onnx by tracing, opset 17", {**whole, "opset_version": 17}),
        "script11": ("torch.onnx by tracing, opset 11", {**whole, "opset_version": 11}),
        "script13": ("torch.onnx by tracing, opset 13", {**whole, "opset_version": 13}),
        "fused17": ("torch.onnx by tracing, batch norms fused, opset 17", {"dynamo": False, "opset_version": 17}),
        "plain17": (
            "torch.onnx by tracing, constants not folded, opset 17",
            {**whole, "do_constant_folding": False, "opset_version": 17},
        ),
        "batch17": (
            "torch.onnx by tracing, opset 17, any batch",
            {**whole, "opset_version": 17, "input_names": ["image"], "dynamic_axes": {"image": {0: "batch"}}},
        ),
        "tokens": (
            "torch.onnx by tracing, opset 17, any batch and length",
            {
                **whole,
                "opset_version": 17,
                "input_names": ["ids", "mask"],
                "dynamic_axes": {"ids": {0: "batch", 1: "sequence"}, "mask": {0: "batch", 1: "sequence"}},
            },
        ),
        "dynamo": ("torch.onnx by graph capture, not optimized, opset 20", {**graph, "optimize": False, "opset_version": 20}),
        "optimized": ("torch.onnx by graph capture, optimized, opset 20", {**graph, "opset_version": 20}),
    }


def count(model, inputs):
    """Parameters and multiply-adds as PyTorch counts them."""
    import torch
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.utils.flop_counter import FlopCounterMode

    parameters = sum(item.numel() for item in model.parameters())

    def run(model, inputs):
        # The fused kernels of attention and of recurrent layers are not seen by the counter.
        plain = torch.backends.mkldnn.flags(enabled=False)
        with FlopCounterMode(display=False) as counter, torch.no_grad(), sdpa_kernel(SDPBackend.MATH), plain:
            model(*inputs)
        return counter.get_total_flops() // 2

    try:  # Shapes alone are quicker; but not every network runs without numbers.
        return parameters, run(copy.deepcopy(model).to("meta"), [item.to("meta") for item in inputs])
    except Exception:
        return parameters, run(model, inputs)


def without_initialization():
    """Every parameter is drawn anew below: what models do to theirs before is time lost."""
    import torch

    for name in dir(torch.nn.init):
        if name.endswith("_") and not name.startswith("_"):
            setattr(torch.nn.init, name, lambda tensor, *_, **__: tensor)


def folded(model, file):
    """Scales and shifts of batch norms that the exporter put into kernels, which got biases if they had none."""
    import torch

    sizes = {item.name: math.prod(item.dims) for item in file.graph.initializer}
    kept = sum(sizes.get(node.input[1], 0) for node in file.graph.node if node.op_type == "BatchNormalization")
    norms, biased, last = 0, 0, None
    for item in model.modules():
        if isinstance(item, torch.nn.modules.batchnorm._BatchNorm):
            norms += item.num_features
            if last is not None and last.bias is not None and len(last.weight) == item.num_features:
                biased += item.num_features
        elif hasattr(item, "bias") and getattr(item, "weight", None) is not None:
            last = item
    return norms - kept + (biased if kept == 0 else 0) or None


def export_torch(network):
    """The network as an ONNX model, and what its manifest says of counts."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    torch.backends.mha.set_fastpath_enabled(False)
    without_initialization()
    model = network.make().eval()
    with torch.no_grad():
        for item in model.parameters():
            item.uniform_(-0.05, 0.05).requires_grad_(False)
    inputs = network.inputs() if callable(network.inputs) else network.inputs
    parameters, multiply_adds = count(model, inputs)
    written, options = torch_exporters()[network.exporter]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        torch.onnx.export(model, inputs, path, **options)
        file = onnx.load(path)
    if network.folded is None:
        network.folded = folded(model, file)
    version = torch.__version__.split("+")[0]
    counts = {
        "exporter": f"{written}, torch {version}",
        "parameters": parameters,
        "multiplyAdds": multiply_adds,
        "counter": "torch.utils.flop_counter / 2",
    }
    return file, counts


def write(kind, name, network, counts, data, extension="onnx"):
    """Keeps a file's bytes (stripped by the caller) and its line of the manifest."""
    folder = here / kind
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.{extension}.gz"
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    table = here / f"{kind}.json"
    known = json.loads(table.read_text()) if table.exists() else {}
    entry = {"file": f"{kind}/{path.name}", "source": network.source, **counts}
    if network.counted:
        entry["multiplyAdds"], entry["counter"] = network.counted
    entry |= {"stages": network.stages, "family": network.family, "paper": network.paper}
    for key in ("published", "sizes", "folded"):
        if getattr(network, key) is not None:
            entry[key] = getattr(network, key)
    known[name] = entry
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(known.items()))
    table.write_text("{\n" + lines + "\n}\n")
    return path.stat().st_size


def main(kind, networks, export=export_torch):
    """Exports the networks named on the command line, or all; "--new" those that have no file yet."""
    logging.disable(logging.WARNING)
    wanted = sys.argv[1:] or list(networks)
    if wanted == ["--new"]:
        wanted = [name for name in networks if not list((here / kind).glob(f"{name}.*"))]
    if wanted == ["--words"]:
        return rewrite(kind, networks)
    failed = []
    for name in wanted:
        try:
            model, counts = export(networks[name])
            size = write(kind, name, networks[name], counts, strip(model).SerializeToString())
            print(name, f"{size / 1024:.1f} KB", counts["parameters"], counts["multiplyAdds"], flush=True)
        except Exception:
            failed.append(name)
            print(name, "FAILED", traceback.format_exc().splitlines()[-1][:300], flush=True)
    if failed:
        sys.exit(f"{len(failed)} failed: {' '.join(failed)}")


def rewrite(kind, networks):
    """Only what people wrote (stages, family, paper), for files that are there already."""
    table = here / f"{kind}.json"
    known = json.loads(table.read_text())
    for name, entry in known.items():
        network = networks[name]
        entry |= {"source": network.source, "stages": network.stages, "family": network.family, "paper": network.paper}
        for key in ("published", "sizes", "folded"):
            if getattr(network, key) is not None:
                entry[key] = getattr(network, key)
            elif key != "folded":  # That is counted at export.
                entry.pop(key, None)
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(known.items()))
    table.write_text("{\n" + lines + "\n}\n")
