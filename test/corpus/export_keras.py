"""Networks of Keras Applications for the corpus: their configurations, as `model.to_json()` writes them.

    python -m venv venv && venv/bin/pip install keras tensorflow-cpu onnx
    venv/bin/python test/corpus/export_keras.py [NAME ... | --new | --words]

Writes keras/NAME.json.gz and keras.json, whose fields corpus.py tells; and beside them

    statistics    numbers that `model.count_params()` counts and no training touches: running means and variances

`parameters` is the rest of `model.count_params()`. Multiply-adds are those of TensorFlow's own profiler for convolutions
and matrix products, at one picture of the size that the network was made for, halved.
Made with keras 3.15.1 on TensorFlow's backend.
"""

import gc
import math
import os
import sys
import traceback

os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}

import keras
import tensorflow as tf

from corpus import Network, here, rewrite, write

networks = {}
arxiv = "https://arxiv.org/abs/"
layers = ("Conv2D", "DepthwiseConv2dNative", "MatMul", "BatchMatMulV2")


def application(call, family, stages, paper, counted=None, **options):
    make = getattr(keras.applications, call)
    networks[call] = Network(
        source=f"keras.applications.{call}", make=lambda: make(weights=None, **options),
        inputs=None, family=family, stages=stages, paper=arxiv + paper, counted=counted,
    )  # fmt: skip


application("VGG16", "VGG", [2, 2, 3, 3, 3], "1409.1556")
application("VGG19", "VGG", [2, 2, 4, 4, 4], "1409.1556")
for depth, stages in ((50, [3, 4, 6, 3]), (101, [3, 4, 23, 3]), (152, [3, 8, 36, 3])):
    application(f"ResNet{depth}", "ResNet", stages, "1512.03385")
    application(f"ResNet{depth}V2", "ResNetV2", stages, "1603.05027")
application("InceptionV3", "InceptionV3", [3, 4, 2], "1512.00567")
application("InceptionResNetV2", None, [10, 20, 10], "1602.07261")
application("Xception", "Xception", None, "1610.02357")
application("MobileNet", "MobileNetV1", [1, 2, 2, 6, 2], "1704.04861")
application("MobileNetV2", "MobileNetV2", [1, 2, 3, 4, 3, 3, 1], "1801.04381")
application("MobileNetV3Large", "MobileNetV3", [1, 2, 3, 4, 2, 3], "1905.02244", input_shape=(224, 224, 3))
application("MobileNetV3Small", "MobileNetV3", [1, 2, 3, 2, 3], "1905.02244", input_shape=(224, 224, 3))
for depth, stages in ((121, [6, 12, 24, 16]), (169, [6, 12, 32, 32]), (201, [6, 12, 48, 32])):
    application(f"DenseNet{depth}", "DenseNet", stages, "1608.06993")
application("NASNetMobile", "NASNet", [4, 4, 4], "1707.07012")
application("NASNetLarge", "NASNet", [6, 6, 6], "1707.07012")
base = [1, 2, 2, 3, 3, 4, 1]
for number, factor in enumerate((1.0, 1.1, 1.2, 1.4, 1.8, 2.2)):
    stages = [math.ceil(factor * count) for count in base]
    application(f"EfficientNetB{number}", "EfficientNet", stages, "1905.11946")
application("EfficientNetV2B0", "EfficientNetV2", [1, 2, 2, 3, 5, 8], "2104.00298")
application("EfficientNetV2B3", "EfficientNetV2", [2, 3, 3, 5, 7, 12], "2104.00298")
application("EfficientNetV2S", "EfficientNetV2", [2, 4, 4, 6, 9, 15], "2104.00298")
application("EfficientNetV2M", "EfficientNetV2", [3, 5, 5, 7, 14, 18, 5], "2104.00298")
# The profiler does not look into grouped convolutions, which Keras compiles apart.
models = "https://pytorch.org/vision/stable/models.html"
application("ConvNeXtTiny", "ConvNeXt", [3, 3, 9, 3], "2201.03545", (4_456_000_000, models))
application("ConvNeXtSmall", "ConvNeXt", [3, 3, 27, 3], "2201.03545", (8_684_000_000, models))
application("ConvNeXtBase", "ConvNeXt", [3, 3, 27, 3], "2201.03545", (15_355_000_000, models))


def multiply_adds(model):
    """By TensorFlow's profiler: products of convolutions and of matrices."""
    shapes = [[1, *tensor.shape[1:]] for tensor in model.inputs]
    if any(size is None for shape in shapes for size in shape):
        return None
    called = tf.function(lambda *inputs: model(list(inputs) if len(inputs) > 1 else inputs[0], training=False))
    specs = [tf.TensorSpec(shape, tensor.dtype) for shape, tensor in zip(shapes, model.inputs)]
    graph = called.get_concrete_function(*specs).graph
    profiler = tf.compat.v1.profiler
    options = profiler.ProfileOptionBuilder(profiler.ProfileOptionBuilder.float_operation())
    found = profiler.profile(graph, cmd="op", options=options.with_empty_output().build())
    total = 0
    while found.children:
        found = found.children[0]
        total += found.float_ops if found.name in layers else 0
    return total // 2


def export(network):
    keras.utils.clear_session()
    model = network.make()
    statistics = sum(math.prod(weight.shape) for weight in model.non_trainable_weights)
    total = multiply_adds(model)
    counts = {
        "exporter": f"model.to_json(), keras {keras.__version__}",
        "parameters": model.count_params() - statistics,
        "statistics": statistics,
        "multiplyAdds": total,
        "counter": None if total is None else "tf.compat.v1.profiler / 2",
    }
    return model.to_json().encode(), counts


def main():
    wanted = sys.argv[1:] or list(networks)
    if wanted == ["--words"]:
        return rewrite("keras", networks)
    if wanted == ["--new"]:
        wanted = [name for name in networks if not (here / "keras" / f"{name}.json.gz").exists()]
    for name in wanted:
        try:
            data, counts = export(networks[name])
            size = write("keras", name, networks[name], counts, data, "json")
            print(name, f"{size / 1024:.1f} KB", counts, flush=True)
        except Exception:
            print(name, "FAILED", traceback.format_exc()[-600:], flush=True)
        gc.collect()


if __name__ == "__main__":
    main()
