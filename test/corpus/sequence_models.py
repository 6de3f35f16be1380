"""Networks over sequences that no package holds, written here after the papers they name."""

import torch
from torch import nn
from torch.nn import functional as F


class Recurrent(nn.Module):
    def __init__(self, cell, layers=2, both=False, classes=10, vocabulary=5000, width=256, last=True):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, 128)
        self.cell = cell(128, width, layers, batch_first=True, bidirectional=both)
        self.head = nn.Linear(width * (2 if both else 1), classes)
        self.last = last

    def forward(self, x):
        states, _ = self.cell(self.embed(x))
        return self.head(states[:, -1] if self.last else states)


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTM(7, 64, 2, batch_first=True)
        self.head = nn.Linear(64, 24)

    def forward(self, x):
        return self.head(self.cell(x)[0][:, -1])


class Seq2Seq(nn.Module):
    """Encoder and decoder of GRUs; each decoder state looks at all encoder states."""

    def __init__(self):
        super().__init__()
        self.source, self.target = nn.Embedding(4000, 256), nn.Embedding(4000, 256)
        self.encoder = nn.GRU(256, 256, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(512, 256)
        self.decoder = nn.GRU(256, 256, batch_first=True)
        self.key = nn.Linear(512, 256)
        self.join = nn.Linear(256 + 512, 256)
        self.head = nn.Linear(256, 4000)

    def forward(self, source, target):
        states, last = self.encoder(self.source(source))
        first = torch.tanh(self.bridge(last.transpose(0, 1).flatten(1)))[None]
        queries, _ = self.decoder(self.target(target), first)
        weights = torch.softmax(queries @ self.key(states).transpose(1, 2), -1)
        return self.head(torch.tanh(self.join(torch.cat([queries, weights @ states], -1))))


class Tagger(nn.Module):
    """Characters by convolution, words by a bidirectional LSTM."""

    def __init__(self):
        super().__init__()
        self.letters, self.words = nn.Embedding(100, 32), nn.Embedding(5000, 96)
        self.conv = nn.Conv1d(32, 32, 3, padding=1)
        self.cell = nn.LSTM(128, 128, batch_first=True, bidirectional=True)
        self.head = nn.Linear(256, 17)

    def forward(self, words, letters):
        n, length, size = letters.shape
        seen = self.letters(letters).reshape(n * length, size, 32).transpose(1, 2)
        seen = self.conv(seen).amax(-1).reshape(n, length, 32)
        return self.head(self.cell(torch.cat([self.words(words), seen], -1))[0])


class CRNN(nn.Module):
    """Text line recognition: arXiv:1507.05717, table 1."""

    def __init__(self, classes=37):
        super().__init__()
        pools = {0: (2, 2), 1: (2, 2), 3: ((2, 2), (2, 1), (0, 1)), 5: ((2, 2), (2, 1), (0, 1))}
        layers, width = [], 1
        for i, (out, kernel, padding) in enumerate(
            [(64, 3, 1), (128, 3, 1), (256, 3, 1), (256, 3, 1), (512, 3, 1), (512, 3, 1), (512, 2, 0)]
        ):
            layers.append(nn.Conv2d(width, out, kernel, padding=padding))
            if i in (2, 4, 6):
                layers.append(nn.BatchNorm2d(out))
            layers.append(nn.ReLU())
            if i in pools:
                layers.append(nn.MaxPool2d(*pools[i]))
            width = out
        self.conv = nn.Sequential(*layers)
        self.cell = nn.LSTM(512, 256, 2, bidirectional=True)
        self.head = nn.Linear(512, classes)

    def forward(self, x):
        columns = self.conv(x).squeeze(2).permute(2, 0, 1)
        return self.head(self.cell(columns)[0])


class DeepSpeech(nn.Module):
    """Two convolutions over the spectrogram, then bidirectional GRUs: arXiv:1512.02595."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(1, 32, (41, 11), (2, 2), (20, 5)), nn.BatchNorm2d(32), nn.Hardtanh(0, 20),
            nn.Conv2d(32, 32, (21, 11), (2, 1), (10, 5)), nn.BatchNorm2d(32), nn.Hardtanh(0, 20),
        )  # fmt: skip
        self.cell = nn.GRU(32 * 40, 256, 3, batch_first=True, bidirectional=True)
        self.head = nn.Linear(512, 29)

    def forward(self, x):
        x = self.conv(x).flatten(1, 2).transpose(1, 2)
        return self.head(self.cell(x)[0])


def mlp(*widths, act=nn.ReLU, last=None):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Linear(a, b), act()]
    layers = layers[:-1] + ([last()] if last else [])
    return layers


class VAE(nn.Module):
    """Mean and log variance, a sample between them, and back: arXiv:1312.6114."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(*mlp(784, 400), nn.ReLU())
        self.mean, self.variance = nn.Linear(400, 20), nn.Linear(400, 20)
        self.decoder = nn.Sequential(*mlp(20, 400, 784, last=nn.Sigmoid))

    def forward(self, x):
        hidden = self.encoder(x)
        mean, variance = self.mean(hidden), self.variance(hidden)
        sample = mean + torch.randn_like(mean) * torch.exp(variance / 2)
        return self.decoder(sample), mean, variance


def autoencoder():
    return nn.Sequential(*mlp(784, 256, 64, 16), nn.ReLU(), *mlp(16, 64, 256, 784, last=nn.Sigmoid))


def digits():
    return nn.Sequential(nn.Flatten(), *mlp(784, 512, 256, 10))


def rows():
    return nn.Sequential(
        nn.Linear(54, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(),
        nn.Linear(256, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Linear(256, 7),
    )  # fmt: skip


def conv_autoencoder():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 3, 2, 1), nn.ReLU(), nn.Conv2d(64, 16, 3, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(16, 64, 2, 2), nn.ReLU(), nn.ConvTranspose2d(64, 32, 2, 2), nn.ReLU(),
        nn.ConvTranspose2d(32, 3, 2, 2), nn.Sigmoid(),
    )  # fmt: skip


class ConvVAE(nn.Module):
    def __init__(self):
        super().__init__()
        def down(a, b):
            return nn.Sequential(nn.Conv2d(a, b, 4, 2, 1), nn.BatchNorm2d(b), nn.LeakyReLU())
        def up(a, b):
            return nn.Sequential(nn.ConvTranspose2d(a, b, 4, 2, 1), nn.BatchNorm2d(b), nn.LeakyReLU())
        self.encoder = nn.Sequential(down(3, 32), down(32, 64), down(64, 128), down(128, 256), nn.Flatten())
        self.mean, self.variance = nn.Linear(4096, 128), nn.Linear(4096, 128)
        self.spread = nn.Linear(128, 4096)
        self.decoder = nn.Sequential(up(256, 128), up(128, 64), up(64, 32), nn.ConvTranspose2d(32, 3, 4, 2, 1), nn.Tanh())

    def forward(self, x):
        x = self.encoder(x)
        mean, variance = self.mean(x), self.variance(x)
        z = mean + torch.randn_like(mean) * torch.exp(variance / 2)
        return self.decoder(self.spread(z).unflatten(1, (256, 4, 4))), mean, variance


class LstmAutoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.LSTM(16, 32, batch_first=True)
        self.decoder = nn.LSTM(32, 64, batch_first=True)
        self.head = nn.Linear(64, 16)

    def forward(self, x):
        _, (state, _) = self.encoder(x)
        code = state[-1][:, None].expand(-1, x.shape[1], -1)
        return self.head(self.decoder(code)[0])


class Causal(nn.Conv1d):
    def forward(self, x):
        return super().forward(F.pad(x, ((self.kernel_size[0] - 1) * self.dilation[0], 0)))


class TCN(nn.Module):
    """Residual blocks of dilated causal convolutions: arXiv:1803.01271."""

    def __init__(self, inputs=88, width=150, levels=4):
        super().__init__()
        self.blocks = nn.ModuleList(
            nn.Sequential(Causal(inputs if i == 0 else width, width, 5, dilation=2**i), nn.ReLU(),
                          Causal(width, width, 5, dilation=2**i), nn.ReLU())
            for i in range(levels)
        )  # fmt: skip
        self.down = nn.Conv1d(inputs, width, 1)
        self.head = nn.Linear(width, inputs)

    def forward(self, x):
        for i, block in enumerate(self.blocks):
            x = F.relu(block(x) + (self.down(x) if i == 0 else x))
        return self.head(x.transpose(1, 2))


class WaveNet(nn.Module):
    """Gated dilated convolutions with residuals and summed skips: arXiv:1609.03499."""

    def __init__(self, width=64, skip=128, layers=10):
        super().__init__()
        self.start = nn.Conv1d(256, width, 1)
        self.gates = nn.ModuleList(Causal(width, 2 * width, 2, dilation=2**i) for i in range(layers))
        self.back = nn.ModuleList(nn.Conv1d(width, width, 1) for _ in range(layers))
        self.out = nn.ModuleList(nn.Conv1d(width, skip, 1) for _ in range(layers))
        self.head = nn.Sequential(nn.ReLU(), nn.Conv1d(skip, skip, 1), nn.ReLU(), nn.Conv1d(skip, 256, 1))

    def forward(self, x):
        x, total = self.start(x), 0
        for gate, back, out in zip(self.gates, self.back, self.out):
            a, b = gate(x).chunk(2, 1)
            z = torch.tanh(a) * torch.sigmoid(b)
            total, x = total + out(z), x + back(z)
        return self.head(total)


class Transformer(nn.Module):
    """nn.Transformer as PyTorch's tutorials use it."""

    def __init__(self):
        super().__init__()
        self.source, self.target = nn.Embedding(3000, 256), nn.Embedding(3000, 256)
        self.position = nn.Embedding(128, 256)
        self.model = nn.Transformer(256, 8, 3, 3, 1024, batch_first=True)
        self.head = nn.Linear(256, 3000)

    def forward(self, source, target):
        places = torch.arange(source.shape[1])
        mask = nn.Transformer.generate_square_subsequent_mask(target.shape[1])
        a = self.source(source) + self.position(places)
        b = self.target(target) + self.position(places[: target.shape[1]])
        return self.head(self.model(a, b, tgt_mask=mask, tgt_is_causal=True))


class SequenceEncoder(nn.Module):
    """nn.TransformerEncoder over a series of numbers, for classification."""

    def __init__(self):
        super().__init__()
        self.start = nn.Linear(12, 64)
        self.place = nn.Parameter(torch.randn(1, 100, 64))
        self.model = nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 4, 256, batch_first=True), 4)
        self.head = nn.Linear(64, 5)

    def forward(self, x):
        return self.head(self.model(self.start(x) + self.place).mean(1))


class TextCNN(nn.Module):
    """arXiv:1408.5882."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(5000, 128)
        self.convs = nn.ModuleList(nn.Conv1d(128, 100, k) for k in (3, 4, 5))
        self.head = nn.Linear(300, 2)

    def forward(self, x):
        x = self.embed(x).transpose(1, 2)
        return self.head(torch.cat([F.relu(conv(x)).amax(-1) for conv in self.convs], 1))


class FastText(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.head = nn.Embedding(20000, 100), nn.Linear(100, 4)

    def forward(self, x):
        return self.head(self.embed(x).mean(1))


class Recommender(nn.Module):
    """Two embeddings and a tower: arXiv:1708.05031."""

    def __init__(self):
        super().__init__()
        self.users, self.items = nn.Embedding(3000, 32), nn.Embedding(2000, 32)
        self.tower = nn.Sequential(*mlp(64, 128, 64, 1, last=nn.Sigmoid))

    def forward(self, user, item):
        return self.tower(torch.cat([self.users(user), self.items(item)], -1))
