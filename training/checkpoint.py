"""Where a training was stopped: written whole or not at all, and taken up again."""

from __future__ import annotations

from pathlib import Path

import torch


def save(keep: Path, net: torch.nn.Module, optimizer: torch.optim.Optimizer, done: int) -> None:
    """Write the state after `done` steps or epochs."""
    part = keep.with_suffix(".part")
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "done": done}, part)
    part.replace(keep)


def resume(keep: Path, net: torch.nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Load what `keep` holds, if it exists; how much was done."""
    if not keep.exists():
        return 0
    state = torch.load(keep)
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["done"])
