"""Networks that no package carries, written here after their papers."""

import torch
from torch import nn
from torch.nn.functional import interpolate, max_pool2d


def conv(inner, outer, kernel=3, stride=1, groups=1, act=nn.ReLU, padding=None):
    """Convolution, batch norm, activation."""
    padding = kernel // 2 if padding is None else padding
    layers = [nn.Conv2d(inner, outer, kernel, stride, padding, groups=groups, bias=False), nn.BatchNorm2d(outer)]
    return nn.Sequential(*layers, *([act()] if act else []))


class UNet(nn.Module):
    """U-Net; padding 0, as published, crops what it joins. `up` is "transposed" or "bilinear"."""

    def __init__(self, widths=(64, 128, 256, 512, 1024), padding=0, up="transposed", norm=False, classes=2):
        super().__init__()

        def double(inner, outer):
            if norm:
                return nn.Sequential(conv(inner, outer), conv(outer, outer))
            plain = [nn.Conv2d(inner, outer, 3, padding=padding), nn.ReLU()]
            return nn.Sequential(*plain, nn.Conv2d(outer, outer, 3, padding=padding), nn.ReLU())

        def grow(inner, outer):
            if up == "transposed":
                return nn.ConvTranspose2d(inner, outer, 2, 2)
            return nn.Sequential(nn.Upsample(scale_factor=2, mode="bilinear"), nn.Conv2d(inner, outer, 1))

        pairs = list(zip(widths, widths[1:]))
        self.down = nn.ModuleList([double(3, widths[0]), *(double(a, b) for a, b in pairs)])
        self.up = nn.ModuleList(grow(b, a) for a, b in reversed(pairs))
        self.join = nn.ModuleList(double(2 * a, a) for a, _ in reversed(pairs))
        self.head = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        kept = []
        for i, block in enumerate(self.down):
            x = block(x if i == 0 else max_pool2d(x, 2))
            kept.append(x)
        for up, join, side in zip(self.up, self.join, reversed(kept[:-1])):
            x = up(x)
            edge = (side.shape[-1] - x.shape[-1]) // 2
            side = side[:, :, edge : edge + x.shape[2], edge : edge + x.shape[3]]
            x = join(torch.cat([side, x], 1))
        return self.head(x)


class ResUNet(nn.Module):
    """A U-Net whose way down is a ResNet, as practitioners build it."""

    def __init__(self, resnet, widths=(64, 64, 128, 256, 512)):
        super().__init__()
        self.resnet = resnet
        self.resnet.fc = nn.Identity()
        up = (256, 128, 64, 32)
        sides = list(reversed(widths[:-1]))
        ins = [widths[-1], *up[:-1]]
        self.join = nn.ModuleList(nn.Sequential(conv(a + b, c), conv(c, c)) for a, b, c in zip(ins, sides, up))
        self.head = nn.Conv2d(up[-1], 1, 3, padding=1)

    def forward(self, x):
        net = self.resnet
        kept = [net.relu(net.bn1(net.conv1(x)))]
        y = net.maxpool(kept[0])
        for layer in (net.layer1, net.layer2, net.layer3, net.layer4):
            y = layer(y)
            kept.append(y)
        for join, side in zip(self.join, reversed(kept[:-1])):
            y = join(torch.cat([interpolate(y, scale_factor=2.0), side], 1))
        return self.head(interpolate(y, scale_factor=2.0))


class ShuffleUnit(nn.Module):
    def __init__(self, inner, outer, groups, stride, first):
        super().__init__()
        self.groups, self.stride = groups, stride
        made = outer - inner if stride == 2 else outer
        middle = outer // 4
        self.squeeze = conv(inner, middle, 1, groups=1 if first else groups)
        self.depth = conv(middle, middle, 3, stride, groups=middle, act=None)
        self.widen = conv(middle, made, 1, groups=groups, act=None)

    def forward(self, x):
        y = self.squeeze(x)
        b, c, h, w = y.shape
        y = y.view(b, self.groups, c // self.groups, h, w).transpose(1, 2).reshape(b, c, h, w)
        y = self.widen(self.depth(y))
        if self.stride == 2:
            return torch.relu(torch.cat([nn.functional.avg_pool2d(x, 3, 2, 1), y], 1))
        return torch.relu(x + y)


class ShuffleNetV1(nn.Module):
    def __init__(self, groups=3, widths=(240, 480, 960)):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 24, 3, 2), nn.MaxPool2d(3, 2, 1))
        units, inner = [], 24
        for stage, (outer, repeats) in enumerate(zip(widths, (4, 8, 4))):
            for i in range(repeats):
                units.append(ShuffleUnit(inner, outer, groups, 2 if i == 0 else 1, stage == 0 and i == 0))
                inner = outer
        self.units = nn.Sequential(*units)
        self.head = nn.Linear(inner, 1000)

    def forward(self, x):
        return self.head(self.units(self.stem(x)).mean((2, 3)))


def leaky():
    return nn.LeakyReLU(0.1)


class DarkBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.path = nn.Sequential(conv(width, width // 2, 1, act=leaky), conv(width // 2, width, act=leaky))

    def forward(self, x):
        return x + self.path(x)


class YOLOv3(nn.Module):
    """Darknet-53 and three heads over upsampled and joined features; raw predictions."""

    def __init__(self, anchors=3, classes=80):
        super().__init__()
        self.stem = conv(3, 32, act=leaky)
        stages, inner = [], 32
        for outer, repeats in ((64, 1), (128, 2), (256, 8), (512, 8), (1024, 4)):
            blocks = [conv(inner, outer, 3, 2, act=leaky), *(DarkBlock(outer) for _ in range(repeats))]
            stages.append(nn.Sequential(*blocks))
            inner = outer
        self.stages = nn.ModuleList(stages)

        def five(inner, width):
            pairs = [(inner, width, 1), (width, 2 * width, 3), (2 * width, width, 1), (width, 2 * width, 3)]
            return nn.Sequential(*(conv(a, b, k, act=leaky) for a, b, k in (*pairs, (2 * width, width, 1))))

        self.neck = nn.ModuleList([five(1024, 512), five(768, 256), five(384, 128)])
        self.lift = nn.ModuleList([conv(512, 256, 1, act=leaky), conv(256, 128, 1, act=leaky)])
        out = anchors * (classes + 5)
        self.heads = nn.ModuleList(
            nn.Sequential(conv(w, 2 * w, act=leaky), nn.Conv2d(2 * w, out, 1)) for w in (512, 256, 128)
        )

    def forward(self, x):
        x = self.stem(x)
        kept = []
        for stage in self.stages:
            x = stage(x)
            kept.append(x)
        outputs = []
        y = kept[4]
        for i, (neck, head) in enumerate(zip(self.neck, self.heads)):
            if i > 0:
                y = torch.cat([interpolate(self.lift[i - 1](y), scale_factor=2.0), kept[4 - i]], 1)
            y = neck(y)
            outputs.append(head(y))
        return tuple(outputs)


class CrossStage(nn.Module):
    """The C3 block of YOLOv5: two paths, one of which computes, joined."""

    def __init__(self, inner, outer, repeats, residual=True):
        super().__init__()
        half = outer // 2
        self.a, self.b = conv(inner, half, 1, act=nn.SiLU), conv(inner, half, 1, act=nn.SiLU)
        self.path = nn.ModuleList(
            nn.Sequential(conv(half, half, 1, act=nn.SiLU), conv(half, half, 3, act=nn.SiLU)) for _ in range(repeats)
        )
        self.residual = residual
        self.join = conv(outer, outer, 1, act=nn.SiLU)

    def forward(self, x):
        y = self.a(x)
        for block in self.path:
            y = y + block(y) if self.residual else block(y)
        return self.join(torch.cat([y, self.b(x)], 1))


class YOLOv5(nn.Module):
    """A YOLOv5 of small size: cross-stage partial backbone, pooling pyramid, path aggregation; raw predictions."""

    def __init__(self, width=32, out=255):
        super().__init__()
        act = {"act": nn.SiLU}
        w = [width * k for k in (1, 2, 4, 8, 16)]
        self.stem = nn.Sequential(conv(3, w[0], 6, 2, padding=2, **act), conv(w[0], w[1], 3, 2, **act), CrossStage(w[1], w[1], 1))
        self.down = nn.ModuleList(
            nn.Sequential(conv(w[i], w[i + 1], 3, 2, **act), CrossStage(w[i + 1], w[i + 1], n)) for i, n in ((1, 2), (2, 3), (3, 1))
        )
        self.pool_in, self.pool_out = conv(w[4], w[4] // 2, 1, **act), conv(2 * w[4], w[4], 1, **act)
        self.lift = nn.ModuleList([conv(w[4], w[3], 1, **act), conv(w[3], w[2], 1, **act)])
        self.up = nn.ModuleList([CrossStage(2 * w[3], w[3], 1, False), CrossStage(2 * w[2], w[2], 1, False)])
        self.sink = nn.ModuleList([conv(w[2], w[2], 3, 2, **act), conv(w[3], w[3], 3, 2, **act)])
        self.back = nn.ModuleList([CrossStage(2 * w[2], w[3], 1, False), CrossStage(2 * w[3], w[4], 1, False)])
        self.heads = nn.ModuleList(nn.Conv2d(k, out, 1) for k in (w[2], w[3], w[4]))

    def forward(self, x):
        x = self.stem(x)
        kept = []
        for down in self.down:
            x = down(x)
            kept.append(x)
        y = self.pool_in(x)
        pools = [y]
        for _ in range(3):
            pools.append(max_pool2d(pools[-1], 5, 1, 2))
        a = self.lift[0](self.pool_out(torch.cat(pools, 1)))
        b = self.lift[1](self.up[0](torch.cat([interpolate(a, scale_factor=2.0), kept[1]], 1)))
        small = self.up[1](torch.cat([interpolate(b, scale_factor=2.0), kept[0]], 1))
        middle = self.back[0](torch.cat([self.sink[0](small), b], 1))
        large = self.back[1](torch.cat([self.sink[1](middle), a], 1))
        return tuple(head(y) for head, y in zip(self.heads, (small, middle, large)))


class InceptionV2(nn.Module):
    """GoogLeNet with batch norms and two 3x3 for each 5x5; the two modules between stages have strides."""

    class Module(nn.Module):
        def __init__(self, inner, one, three, double, pool, stride=1, kind="avg"):
            super().__init__()
            self.branches = nn.ModuleList()
            if one:
                self.branches.append(conv(inner, one, 1))
            self.branches.append(nn.Sequential(conv(inner, three[0], 1), conv(three[0], three[1], 3, stride)))
            two = conv(double[0], double[1]), conv(double[1], double[1], 3, stride)
            self.branches.append(nn.Sequential(conv(inner, double[0], 1), *two))
            pooling = nn.AvgPool2d(3, stride, 1) if kind == "avg" else nn.MaxPool2d(3, stride, 1)
            self.branches.append(nn.Sequential(pooling, conv(inner, pool, 1)) if pool else pooling)

        def forward(self, x):
            return torch.cat([branch(x) for branch in self.branches], 1)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            conv(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1), conv(64, 64, 1), conv(64, 192), nn.MaxPool2d(3, 2, 1)
        )
        make = InceptionV2.Module
        self.body = nn.Sequential(
            make(192, 64, (64, 64), (64, 96), 32),
            make(256, 64, (64, 96), (64, 96), 64),
            make(320, 0, (128, 160), (64, 96), 0, 2, "max"),
            make(576, 224, (64, 96), (96, 128), 128),
            make(576, 192, (96, 128), (96, 128), 128),
            make(576, 160, (128, 160), (128, 160), 96),
            make(576, 96, (128, 192), (160, 192), 96),
            make(576, 0, (128, 192), (192, 256), 0, 2, "max"),
            make(1024, 352, (192, 320), (160, 224), 128),
            make(1024, 352, (192, 320), (192, 224), 128, 1, "max"),
        )
        self.head = nn.Linear(1024, 1000)

    def forward(self, x):
        return self.head(self.body(self.stem(x)).mean((2, 3)))
