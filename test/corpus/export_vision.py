"""Networks of pictures for the corpus, from torchvision, timm, and written here after their papers.

    python -m venv venv && venv/bin/pip install torch torchvision timm onnx onnxscript
    venv/bin/python test/corpus/export_vision.py [NAME ... | --new | --words]

corpus.py says what is written and how. Made with torch 2.14.1, torchvision 0.29.1, timm 1.0.31.
"""

import torch
import timm
from torchvision import models

from corpus import Network, main

networks = {}


def picture(size=224):
    return (torch.zeros(1, 3, size, size),)


def vision(call, family, stages, paper, *, name=None, size=224, exporter="script17", **options):
    """A classifier of torchvision; what torchvision publishes of it is taken along."""
    weights = models.get_model_weights(call)
    published = next(iter(weights)).meta.get("_ops") if len(weights) else None
    networks[name or call] = Network(
        source=f"torchvision {call}", make=lambda: models.get_model(call, weights=None), inputs=picture(size),
        family=family, stages=stages, paper=paper, exporter=exporter, published=published, **options,
    )  # fmt: skip


def image(call, family, stages, paper, *, name=None, size=224, exporter="script17", make=None, **options):
    """A classifier of timm."""
    networks[name or call.split(".")[0]] = Network(
        source=f"timm {call}", make=make or (lambda: timm.create_model(call, pretrained=False)),
        inputs=picture(size), family=family, stages=stages, paper=paper, exporter=exporter, **options,
    )  # fmt: skip


arxiv = "https://arxiv.org/abs/"
vision("alexnet", "AlexNet", [1, 1, 3], arxiv + "1404.5997")
vision("resnet50", "ResNet", [3, 4, 6, 3], arxiv + "1512.03385")
vision("mobilenet_v2", "MobileNetV2", [1, 2, 3, 4, 3, 3, 1], arxiv + "1801.04381", exporter="dynamo")
image("convnext_tiny", "ConvNeXt", [3, 3, 9, 3], arxiv + "2201.03545", exporter="script13")
image("swin_tiny_patch4_window7_224", "Swin", [2, 2, 6, 2], arxiv + "2103.14030", name="swin_tiny", exporter="optimized")

if __name__ == "__main__":
    main("vision", networks)
