"""MiniLM (a BERT encoder of six layers) in plain torch, with two small embeddings added."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.onepass.windows import CASES, QUOTES

MINILM = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """Sizes of the encoder; the defaults are MiniLM-L6-H384's."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    dropout: float = 0.1


def lookup(table: nn.Embedding, classes: Tensor) -> Tensor:
    """Return the rows of a small table; a product in training, where its gradient is faster."""
    if not table.training:
        rows: Tensor = table(classes)
        return rows
    return (
        nn.functional.one_hot(classes, table.num_embeddings).to(table.weight.dtype) @ table.weight
    )


class Layer(nn.Module):
    """One transformer layer, normalised after each sum as in BERT."""

    def __init__(self, shape: EncoderShape) -> None:
        """Make an untrained layer."""
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map (batch, pieces, width); `mask` (batch, 1, 1, pieces) is added to attention."""
        batch, pieces, width = x.shape
        parts = self.qkv(x).view(batch, pieces, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        weights = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5
        mixed = (weights + mask.to(weights.dtype)).softmax(-1, weights.dtype) @ value
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, pieces, width))
        x = self.norm1(x + self.dropout(mixed))
        inner = self.down(nn.functional.gelu(self.up(x)))
        out: Tensor = self.norm2(x + self.dropout(inner))
        return out


class Encoder(nn.Module):
    """Pieces with their case and quotation classes to vectors."""

    def __init__(self, shape: EncoderShape) -> None:
        """Make an untrained encoder."""
        super().__init__()
        self.shape = shape
        self.word: nn.Module = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.case = nn.Embedding(CASES, shape.width)
        self.quote = nn.Embedding(QUOTES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        for added in (self.case, self.quote):
            nn.init.normal_(added.weight, std=0.01)

    def forward(self, pieces: Tensor, case: Tensor, quote: Tensor) -> list[Tensor]:
        """Map ids (batch, pieces), piece 0 being padding, to (batch, pieces, width) by layer."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.kind
        x = x + lookup(self.case, case) + lookup(self.quote, quote)
        x = self.dropout(self.norm(x))
        mask = (pieces == 0).to(x.dtype)[:, None, None, :] * -10000.0
        found = []
        for layer in self.layers:
            x = layer(x, mask)
            found.append(x)
        return found

    def load_minilm(self, path: Path) -> None:
        """Take MiniLM's weights, in the names of BERT's first publication.

        Raises:
            ValueError: The file is another one than training began from.
        """
        if hashlib.sha256(path.read_bytes()).hexdigest() != MINILM:
            raise ValueError(
                f"{path} is not MiniLM's weights: take them as training/README.md says"
            )
        stored = load_file(path)
        own = self.state_dict()
        base = "embeddings."
        own["word.weight"] = stored[base + "word_embeddings.weight"]
        own["position.weight"] = stored[base + "position_embeddings.weight"]
        own["kind"] = stored[base + "token_type_embeddings.weight"][0]
        for part in ("weight", "bias"):
            own[f"norm.{part}"] = stored[f"{base}LayerNorm.{part}"]
            for number in range(self.shape.layers):
                old, new = f"encoder.layer.{number}.", f"layers.{number}."
                own[f"{new}qkv.{part}"] = torch.cat(
                    [stored[f"{old}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                )
                own[f"{new}out.{part}"] = stored[f"{old}attention.output.dense.{part}"]
                own[f"{new}norm1.{part}"] = stored[f"{old}attention.output.LayerNorm.{part}"]
                own[f"{new}up.{part}"] = stored[f"{old}intermediate.dense.{part}"]
                own[f"{new}down.{part}"] = stored[f"{old}output.dense.{part}"]
                own[f"{new}norm2.{part}"] = stored[f"{old}output.LayerNorm.{part}"]
        self.load_state_dict(own)
