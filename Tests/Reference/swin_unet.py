"""Swin-UNet after its paper, made of timm's Swin encoder and blocks; names are the program's.

Cao et al., Swin-Unet (arXiv 2105.05537), tiny and light: the decoder's first level is an expansion
alone, the three finer ones have two blocks each, behind a linear layer that joins the map which
entered the encoder's level.
"""
import torch
from timm.models.swin_transformer import SwinTransformer, SwinTransformerBlock
from torch import nn

HEADS = (3, 6, 12, 24)
BASE = 96


class Expansion(nn.Module):
    """One place becomes scale x scale places."""

    def __init__(self, inputs, outputs, scale):
        super().__init__()
        self.expand = nn.Linear(inputs, scale * scale * outputs, bias=False)
        self.norm = nn.LayerNorm(outputs)
        self.scale = scale

    def forward(self, x):
        maps = self.expand(x).unflatten(-1, (self.scale**2, -1)).movedim(-1, 1)
        batch, features, height, width, _ = maps.shape
        stacked = maps.permute(0, 1, 4, 2, 3).reshape(batch, -1, height, width)
        return self.norm(nn.functional.pixel_shuffle(stacked, self.scale).movedim(1, -1))


class Step(nn.Module):
    def __init__(self, level, side, window):
        super().__init__()
        width = BASE << level
        self.join = nn.Linear(2 * width, width)
        self.blocks = nn.Sequential(*[
            SwinTransformerBlock(
                width, (side, side), HEADS[level], window_size=window,
                shift_size=index * (window // 2)) for index in range(2)])

    def forward(self, x, skip):
        return self.blocks(self.join(torch.cat([x, skip], -1)))


class Decoder(nn.Module):
    def __init__(self, side, patch, window):
        super().__init__()
        levels = (2, 1, 0)
        self.expansions = nn.ModuleList(
            Expansion(2 * BASE << level, BASE << level, 2) for level in levels)
        self.steps = nn.ModuleList(Step(level, side >> level, window) for level in levels)
        self.norm = nn.LayerNorm(BASE)
        self.enlarge = Expansion(BASE, BASE, patch)

    def forward(self, x, skips):
        for expansion, step, skip in zip(self.expansions, self.steps, reversed(skips)):
            x = step(expansion(x), skip)
        return self.enlarge(self.norm(x))


class SwinUNet(nn.Module):
    def __init__(self, classes, channels, size, patch, window):
        super().__init__()
        self.encoder = SwinTransformer(
            img_size=size, patch_size=patch, in_chans=channels, embed_dim=BASE,
            depths=(2, 2, 2, 2), num_heads=HEADS, window_size=window, num_classes=0,
            global_pool="")
        self.decoder = Decoder(size // patch, patch, window)
        self.head = nn.Conv2d(BASE, classes, 1, bias=False)

    def forward(self, x):
        x = self.encoder.patch_embed(x)
        skips = []
        for stage in self.encoder.layers:
            x = stage.downsample(x)
            skips.append(x)
            x = stage.blocks(x)
        x = self.decoder(self.encoder.norm(x), skips[:-1])
        return self.head(x.movedim(-1, 1))
