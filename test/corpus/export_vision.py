"""Networks of pictures for the corpus, from torchvision, timm, and written.py.

    python -m venv venv && venv/bin/pip install torch torchvision timm onnx onnxscript
    venv/bin/python test/corpus/export_vision.py [NAME ... | --new | --words]

corpus.py says what is written and how. Made with torch 2.14.1, torchvision 0.29.1, timm 1.0.31. Families of a network
that ArchBERT does not know are None, also where the network descends from one that it knows.
"""

import timm
import torch
import written
from corpus import Network, main
from torch import nn
from torchvision import models

networks = {}
arxiv = "https://arxiv.org/abs/"


def picture(size=224):
    return lambda: (torch.zeros(1, 3, size, size),)


def add(name, source, make, family, stages, paper, size=224, **options):
    link = paper if paper.startswith("https") else arxiv + paper
    networks[name] = Network(source, make, picture(size), family, stages, link, **options)


def vision(call, family, stages, paper, name=None, arguments=None, **options):
    """A network of torchvision; what torchvision publishes of it is taken along."""
    weights = next(iter(models.get_model_weights(call)))
    given = {"weights": None, **(arguments or {})}
    options.setdefault("published", weights.meta.get("_ops"))
    add(name or call, f"torchvision {call}", lambda: models.get_model(call, **given), family, stages, paper, **options)


def image(call, family, stages, paper, name=None, **options):
    """A classifier of timm."""
    add(name or call, f"timm {call}", lambda: timm.create_model(call, pretrained=False), family, stages, paper, **options)


class Raw(nn.Module):
    """What a torchvision detector computes before it chooses boxes."""

    def __init__(self, model):
        super().__init__()
        self.backbone, self.head = model.backbone, model.head

    def forward(self, x):
        return self.head(list(self.backbone(x).values()))


class Boxes(nn.Module):
    """A torchvision detector as it is, for one picture."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        found = self.model([x[0]])[0]
        return found["boxes"], found["labels"], found["scores"]


class Out(nn.Module):
    """The one output of a torchvision segmenter."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        return self.model(x)["out"]


def detector(call, raw=False, **arguments):
    wrap = Raw if raw else Boxes
    return lambda: wrap(models.get_model(call, weights=None, weights_backbone=None, **arguments))


def segmenter(call):
    return lambda: Out(models.get_model(call, weights=None, weights_backbone=None))


# AlexNet, VGG
vision("alexnet", "AlexNet", [1, 1, 3], "1404.5997")
vision("vgg11", "VGG", [1, 1, 2, 2, 2], "1409.1556", exporter="fused17")
vision("vgg13", "VGG", [2, 2, 2, 2, 2], "1409.1556", exporter="dynamo")
vision("vgg16_bn", "VGG", [2, 2, 3, 3, 3], "1409.1556")
vision("vgg19", "VGG", [2, 2, 4, 4, 4], "1409.1556", exporter="script11")

# ResNet and what descends from it
vision("resnet18", "ResNet", [2, 2, 2, 2], "1512.03385", exporter="batch17")
vision("resnet34", "ResNet", [3, 4, 6, 3], "1512.03385", exporter="dynamo")
vision("resnet50", "ResNet", [3, 4, 6, 3], "1512.03385")
vision("resnet101", "ResNet", [3, 4, 23, 3], "1512.03385", exporter="script11")
vision("resnet152", "ResNet", [3, 8, 36, 3], "1512.03385", exporter="fused17")
image("resnet26", "ResNet", [2, 2, 2, 2], "1512.03385")
image("resnetv2_50", "ResNetV2", [3, 4, 6, 3], "1603.05027")
image("resnetv2_101", "ResNetV2", [3, 4, 23, 3], "1603.05027", exporter="dynamo")
image("resnetv2_50x1_bit", None, [3, 4, 6, 3], "1912.11370")
vision("resnext50_32x4d", "ResNeXt", [3, 4, 6, 3], "1611.05431")
vision("resnext101_32x8d", "ResNeXt", [3, 4, 23, 3], "1611.05431")
vision("wide_resnet50_2", "Wide ResNet", [3, 4, 6, 3], "1605.07146")
vision("wide_resnet101_2", "Wide ResNet", [3, 4, 23, 3], "1605.07146")
image("resnet50d", None, [3, 4, 6, 3], "1812.01187")
image("seresnet50", None, [3, 4, 6, 3], "1709.01507")
image("ecaresnet26t", None, [2, 2, 2, 2], "1910.03151")
image("res2net50_26w_4s", None, [3, 4, 6, 3], "1904.01169")
image("resnest14d", None, [1, 1, 1, 1], "2004.08955")
image("skresnet18", None, [2, 2, 2, 2], "1903.06586")
image("cspresnet50", None, [3, 3, 5, 2], "1911.11929")
image("nf_resnet50", None, [3, 4, 6, 3], "2101.08692")
image("dm_nfnet_f0", None, [1, 2, 6, 3], "2102.06171")
image("eca_nfnet_l0", None, [1, 2, 6, 3], "2102.06171")

# Inception, Xception, NASNet
vision("googlenet", "GoogLeNet", [2, 5, 2], "1409.4842", arguments={"aux_logits": False, "init_weights": False})
add("inception_v2", "after the paper", written.InceptionV2, "InceptionV2", [2, 4, 2], "1502.03167")
vision("inception_v3", "InceptionV3", [3, 4, 2], "1512.00567", size=299, arguments={"aux_logits": False, "init_weights": False})
image("inception_v4", "InceptionV4", [4, 7, 3], "1602.07261", size=299)
image("inception_resnet_v2", None, [10, 20, 10], "1602.07261", size=299)
image("legacy_xception", "Xception", None, "1610.02357", size=299)
image("xception41", "Xception", None, "1802.02611", size=299)
image("nasnetalarge", "NASNet", [6, 6, 6], "1707.07012", size=331)
image("pnasnet5large", None, None, "1712.00559", size=331)
image("inception_next_tiny", None, [3, 3, 9, 3], "2303.16900")

# DenseNet, SqueezeNet, ShuffleNet
vision("densenet121", "DenseNet", [6, 12, 24, 16], "1608.06993")
vision("densenet161", "DenseNet", [6, 12, 36, 24], "1608.06993")
vision("densenet169", "DenseNet", [6, 12, 32, 32], "1608.06993", exporter="optimized")
vision("densenet201", "DenseNet", [6, 12, 48, 32], "1608.06993")
image("densenetblur121d", None, [6, 12, 24, 16], "1608.06993")
image("dpn68", None, [3, 4, 12, 3], "1707.01629")
image("rdnet_tiny", None, None, "2403.19588")
vision("squeezenet1_0", "SqueezeNet", [3, 4, 1], "1602.07360")
vision("squeezenet1_1", "SqueezeNet", [2, 2, 4], "1602.07360", exporter="dynamo")
add("shufflenet_v1", "after the paper", written.ShuffleNetV1, "ShuffleNetV1", [4, 8, 4], "1707.01083")
add("shufflenet_v1_g8", "after the paper", lambda: written.ShuffleNetV1(8, (384, 768, 1536)), "ShuffleNetV1", [4, 8, 4], "1707.01083", exporter="optimized")
vision("shufflenet_v2_x0_5", "ShuffleNetV2", [4, 8, 4], "1807.11164")
vision("shufflenet_v2_x1_0", "ShuffleNetV2", [4, 8, 4], "1807.11164", exporter="dynamo")
vision("shufflenet_v2_x2_0", "ShuffleNetV2", [4, 8, 4], "1807.11164", exporter="batch17")

# MobileNet, MnasNet, EfficientNet and their relations
image("mobilenetv1_100", "MobileNetV1", [1, 2, 2, 6, 2], "1704.04861")
image("mobilenetv1_125", "MobileNetV1", [1, 2, 2, 6, 2], "1704.04861", exporter="dynamo")
vision("mobilenet_v2", "MobileNetV2", [1, 2, 3, 4, 3, 3, 1], "1801.04381", exporter="dynamo")
image("mobilenetv2_050", "MobileNetV2", [1, 2, 3, 4, 3, 3, 1], "1801.04381")
image("mobilenetv2_140", "MobileNetV2", [1, 2, 3, 4, 3, 3, 1], "1801.04381", exporter="script11")
vision("mobilenet_v3_small", "MobileNetV3", [1, 2, 3, 2, 3], "1905.02244")
vision("mobilenet_v3_large", "MobileNetV3", [1, 2, 3, 4, 2, 3], "1905.02244", exporter="optimized")
image("mobilenetv3_small_050", "MobileNetV3", [1, 2, 3, 2, 3], "1905.02244")
image("mobilenetv3_large_100", "MobileNetV3", [1, 2, 3, 4, 2, 3], "1905.02244")
image("mobilenetv4_conv_small", None, None, "2404.10518")
image("mobilenet_edgetpu_100", None, None, "2003.02838")
vision("mnasnet0_5", "MnasNet", [1, 3, 3, 3, 2, 4, 1], "1807.11626")
vision("mnasnet1_0", "MnasNet", [1, 3, 3, 3, 2, 4, 1], "1807.11626", exporter="dynamo")
vision("mnasnet1_3", "MnasNet", [1, 3, 3, 3, 2, 4, 1], "1807.11626")
image("semnasnet_100", "MnasNet", [1, 2, 3, 4, 2, 3, 1], "1807.11626")
vision("efficientnet_b0", "EfficientNet", [1, 2, 2, 3, 3, 4, 1], "1905.11946")
vision("efficientnet_b1", "EfficientNet", [2, 3, 3, 4, 4, 5, 2], "1905.11946", size=240)
vision("efficientnet_b3", "EfficientNet", [2, 3, 3, 5, 5, 6, 2], "1905.11946", size=300)
vision("efficientnet_b5", "EfficientNet", [3, 5, 5, 7, 7, 9, 3], "1905.11946", size=456)
image("tf_efficientnet_b0", "EfficientNet", [1, 2, 2, 3, 3, 4, 1], "1905.11946")
image("efficientnet_lite0", None, [1, 2, 2, 3, 3, 4, 1], "1905.11946")
vision("efficientnet_v2_s", "EfficientNetV2", [2, 4, 4, 6, 9, 15], "2104.00298", size=384)
vision("efficientnet_v2_m", "EfficientNetV2", [3, 5, 5, 7, 14, 18, 5], "2104.00298", size=480)
image("tf_efficientnetv2_b0", "EfficientNetV2", [1, 2, 2, 3, 5, 8], "2104.00298")
image("fbnetc_100", None, None, "1812.03443")
image("spnasnet_100", None, None, "1904.02877")
image("mixnet_s", None, None, "1907.09595")
image("tinynet_e", None, None, "2010.14819")
image("lcnet_050", None, None, "2109.15099")
image("rexnet_100", None, None, "2007.00992")
image("ghostnet_100", None, None, "1911.11907")
image("hardcorenas_a", None, None, "2102.11646")

# RegNet and other convolutional classifiers
vision("regnet_x_400mf", "RegNet", [1, 2, 7, 12], "2003.13678")
vision("regnet_x_1_6gf", "RegNet", [2, 4, 10, 2], "2003.13678", exporter="dynamo")
vision("regnet_x_8gf", "RegNet", [2, 5, 15, 1], "2003.13678")
vision("regnet_y_400mf", "RegNet", [1, 3, 6, 6], "2003.13678")
vision("regnet_y_1_6gf", "RegNet", [2, 6, 17, 2], "2003.13678")
vision("regnet_y_8gf", "RegNet", [2, 4, 10, 1], "2003.13678", exporter="script11")
image("regnetx_002", "RegNet", [1, 1, 4, 7], "2003.13678")
image("regnety_002", "RegNet", [1, 1, 4, 7], "2003.13678")
image("regnetz_b16", None, [2, 6, 12, 2], "2103.06877")
image("gernet_s", None, None, "2006.14090")
image("repvgg_a0", None, None, "2101.03697")
image("dla34", None, None, "1707.06484")
image("ese_vovnet19b_dw", None, None, "1911.06667")
image("darknet53", None, [1, 2, 8, 8, 4], "1804.02767")
image("cspdarknet53", None, [1, 2, 8, 8, 4], "1911.11929")
image("selecsls42b", None, None, "1907.00837")
image("hgnetv2_b0", None, None, "https://github.com/PaddlePaddle/PaddleClas")
image("mobileone_s0", None, None, "2206.04040")
image("hrnet_w18_small", None, None, "1908.07919")
image("convmixer_768_32", None, [32], "2201.09792")
image("starnet_s1", None, [2, 2, 8, 3], "2403.19967")
image("mambaout_femto", None, [3, 3, 9, 3], "2405.07992")

# ConvNeXt
vision("convnext_tiny", "ConvNeXt", [3, 3, 9, 3], "2201.03545")
vision("convnext_base", "ConvNeXt", [3, 3, 27, 3], "2201.03545", exporter="dynamo")
image("convnext_small", "ConvNeXt", [3, 3, 27, 3], "2201.03545", exporter="script13")
image("convnext_atto", "ConvNeXt", [2, 2, 6, 2], "2201.03545")
image("convnextv2_atto", "ConvNeXt", [2, 2, 6, 2], "2301.00808")

# Transformers of pictures
vision("vit_b_16", "ViT", [12], "2010.11929", exporter="optimized")
vision("vit_b_32", "ViT", [12], "2010.11929", exporter="dynamo")
image("vit_tiny_patch16_224", "ViT", [12], "2010.11929", name="vit_tiny")
image("vit_small_patch32_224", "ViT", [12], "2010.11929", name="vit_small_32", exporter="plain17")
image("vit_base_patch32_clip_224", "ViT", [12], "2103.00020", name="vit_base_clip")
# The same structure as a ViT of its size: only the training is new.
image("deit_tiny_patch16_224", "ViT", [12], "2012.12877", name="deit_tiny")
image("deit_tiny_distilled_patch16_224", "DeiT", [12], "2012.12877", name="deit_tiny_distilled")
image("deit_small_distilled_patch16_224", "DeiT", [12], "2012.12877", name="deit_small_distilled", exporter="optimized")
image("swin_tiny_patch4_window7_224", "Swin", [2, 2, 6, 2], "2103.14030", name="swin_tiny", exporter="optimized")
# The whole of what the exporter by graph capture writes, tables of relative positions too.
vision("swin_t", "Swin", [2, 2, 6, 2], "2103.14030", exporter="dynamo")
vision("swin_s", "Swin", [2, 2, 18, 2], "2103.14030", exporter="optimized")
vision("swin_v2_t", "Swin", [2, 2, 6, 2], "2111.09883", size=256, exporter="optimized")
image("swin_s3_tiny_224", "Swin", [2, 2, 6, 2], "2111.14725", exporter="optimized")
image("mixer_s32_224", "MLP-Mixer", [8], "2105.01601")
image("mixer_b16_224", "MLP-Mixer", [12], "2105.01601", exporter="optimized")
image("gmlp_s16_224", None, [30], "2105.08050")
image("resmlp_12_224", None, [12], "2105.03404")
image("beit_base_patch16_224", None, [12], "2106.08254", exporter="optimized")
image("cait_xxs24_224", None, None, "2103.17239", exporter="optimized")
image("convit_tiny", None, [12], "2103.10697", exporter="optimized")
image("crossvit_tiny_240", None, None, "2103.14899", size=240, exporter="optimized")
image("pit_ti_224", None, [2, 6, 4], "2103.16302", exporter="optimized")
image("levit_128s", None, None, "2104.01136", exporter="optimized")
image("poolformer_s12", None, [2, 2, 6, 2], "2111.11418")
image("pvt_v2_b0", None, [2, 2, 2, 2], "2106.13797", exporter="optimized")
image("twins_pcpvt_small", None, [3, 4, 6, 3], "2104.13840", exporter="optimized")
image("mobilevit_xxs", None, None, "2110.02178", exporter="optimized", size=256)
image("mobilevit_s", None, None, "2110.02178", size=256)
image("edgenext_xx_small", None, None, "2206.10589", exporter="optimized", size=256)
image("maxvit_tiny_rw_224", None, None, "2204.01697", exporter="optimized")
image("coatnet_nano_rw_224", None, [3, 4, 6, 3], "2106.04803", exporter="optimized")
image("efficientformer_l1", None, [3, 2, 6, 4], "2206.01191", exporter="optimized")
image("fastvit_t8", None, None, "2303.14189", exporter="optimized", size=256)
image("botnet26t_256", None, [2, 2, 2, 2], "2101.11605", exporter="optimized", size=256)
image("eva02_tiny_patch14_224", None, [12], "2303.11331", name="eva02_tiny", exporter="optimized")
image("sequencer2d_s", None, [4, 3, 8, 3], "2205.01972")

# Segmentation
add("unet", "after the paper", written.UNet, "U-Net", [2] * 9, "1505.04597", size=572)
small = {"widths": (32, 64, 128, 256), "padding": 1}
add("unet_bilinear", "after the paper", lambda: written.UNet(**small, up="bilinear", norm=True), "U-Net", [2] * 7, "1505.04597", size=256)
add("unet_resnet34", "torchvision resnet34 inside written.py's ResUNet", lambda: written.ResUNet(models.resnet34()), "U-Net", None, "1505.04597", size=256)
add("fcn_resnet50", "torchvision fcn_resnet50", segmenter("fcn_resnet50"), "FCN", [3, 4, 6, 3], "1411.4038", size=520, published=152.717)
add("deeplabv3_resnet50", "torchvision deeplabv3_resnet50", segmenter("deeplabv3_resnet50"), "DeepLab", [3, 4, 6, 3], "1706.05587", size=520, published=178.722)
add("deeplabv3_mobilenet_v3_large", "torchvision deeplabv3_mobilenet_v3_large", segmenter("deeplabv3_mobilenet_v3_large"), "DeepLab", [1, 2, 3, 4, 2, 3], "1706.05587", size=520, published=10.452)
add("lraspp_mobilenet_v3_large", "torchvision lraspp_mobilenet_v3_large", segmenter("lraspp_mobilenet_v3_large"), None, [1, 2, 3, 4, 2, 3], "1905.02244", size=520, published=2.086)

# Detection
add("retinanet_raw", "torchvision retinanet_resnet50_fpn, before boxes are chosen", detector("retinanet_resnet50_fpn", raw=True), "RetinaNet-like", [3, 4, 6, 3], "1708.02002", size=640)
add("retinanet", "torchvision retinanet_resnet50_fpn", detector("retinanet_resnet50_fpn"), "RetinaNet-like", [3, 4, 6, 3], "1708.02002", size=800)
add("fcos_raw", "torchvision fcos_resnet50_fpn, before boxes are chosen", detector("fcos_resnet50_fpn", raw=True), "FPN-like", [3, 4, 6, 3], "1904.01355", size=640)
add("ssd300_raw", "torchvision ssd300_vgg16, before boxes are chosen", detector("ssd300_vgg16", raw=True), "SSD-like", None, "1512.02325", size=300)
add("ssd300", "torchvision ssd300_vgg16", detector("ssd300_vgg16"), "SSD-like", None, "1512.02325", size=300)
add("ssdlite_raw", "torchvision ssdlite320_mobilenet_v3_large, before boxes are chosen", detector("ssdlite320_mobilenet_v3_large", raw=True), "SSD-like", None, "1801.04381", size=320)
add("faster_rcnn_fpn", "torchvision fasterrcnn_resnet50_fpn", detector("fasterrcnn_resnet50_fpn"), "FPN-like", [3, 4, 6, 3], "1612.03144", size=800, counted=(None, None))
add("yolov3", "after the paper", written.YOLOv3, "YOLO-like", [1, 2, 8, 8, 4], "1804.02767", size=416)
add("yolov5", "after the authors' configuration", written.YOLOv5, "YOLO-like", None, "https://github.com/ultralytics/yolov5", size=640)

# Video
add("r3d_18", "torchvision r3d_18", lambda: models.video.r3d_18(weights=None), None, [2, 2, 2, 2], "1711.11248", size=112)
networks["r3d_18"].inputs = lambda: (torch.zeros(1, 3, 16, 112, 112),)

if __name__ == "__main__":
    main("vision", networks)
