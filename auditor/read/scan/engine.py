"""In: a picture of a page, or of lines of text. Out: where text stands, and what it says.

The models are those of the rapidocr wheel, run by onnxruntime; nothing is loaded before the first
page that needs them, and nothing from the network.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import onnxruntime

from auditor.form import rules_dir

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from auditor.read.scan.pixels import Picture

    Steps = NDArray[np.intp]
    """The best character at each step along a line, by its place in the alphabet."""


_LINE_PX = 48  # the height of lines for which the model was made
_NARROWEST_PX, _WIDEST_PX = 64, 3200
_BATCH, _BATCH_PX = 16, 4000  # lines read together, and their width: what is read of them is large
_STRIDE = 32
_TEXT_MIN = 0.3  # of 1, that a pixel is text
_BOX_MIN = 0.5  # the same of a whole box
_GROWN = 1.6  # the model draws lines thinner than they are: area by circumference
_SIDE_MIN_PX = 3


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line of text stands on a picture, in pixels from its top left."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """From top to bottom."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Letter:
    """A character as read: how sure (0 to 1), and how far its middle is along the line (0 to 1)."""

    char: str
    confidence: float
    at: float


Line = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A line as text, and as it reads if it is a number: a letter O is a zero there."""

    text: Line
    number: Line


def text_of(line: Line) -> str:
    """Give what a line says, without spaces."""
    return "".join(letter.char for letter in line if not letter.char.isspace())


@dataclass(frozen=True, slots=True)
class Engine:
    """The two models: one finds lines of text, the other one reads them."""

    finder: Any
    reader: Any
    alphabet: tuple[str, ...]
    lookalikes: tuple[tuple[int, ...], ...]  # places in the alphabet: a digit, and what it may seem

    def find_lines(self, picture: "Picture", scale: float) -> list[Box]:
        """Give the boxes of the lines of text on an upright page, looked at in this scale."""
        height, width = picture.shape
        chances = self._chances(picture, scale)
        ratio = width / chances.shape[1], height / chances.shape[0]
        return [box for x in _blobs(chances) if (box := _grown(x, ratio, width, height))]

    def _chances(self, picture: "Picture", scale: float) -> "NDArray[np.float32]":
        height, width = (
            max(_STRIDE, round(side * scale / _STRIDE) * _STRIDE) for side in picture.shape
        )
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        seen = _as_input(cv2.resize(picture, (width, height), interpolation=how))
        chances: NDArray[np.float32] = _run(self.finder, seen[None])[0, 0]
        return chances

    def read_lines(self, pictures: Sequence["Picture"]) -> list[Read]:
        """Read pictures of one line of text each."""
        lines = [Read((), ())] * len(pictures)
        order = sorted(range(len(pictures)), key=lambda ix: _width(pictures[ix]))
        for batch in _batches(order, pictures):
            widths = [_width(pictures[ix]) for ix in batch]
            room = max(widths[-1], _NARROWEST_PX)
            seen = np.stack([_as_line(pictures[ix], room) for ix in batch])
            for ix, width, chances in zip(batch, widths, _run(self.reader, seen), strict=True):
                best = chances.argmax(axis=1)
                sure = chances.max(axis=1)
                text = self._decode(best, sure, room / width)
                number = self._decode(*self._as_digits(chances, best, sure), room / width)
                lines[ix] = Read(text, number)
        return lines

    def _as_digits(
        self, chances: "NDArray[np.float32]", best: "Steps", sure: "NDArray[np.float32]"
    ) -> tuple["Steps", "NDArray[np.float32]"]:
        """Give the best characters, a digit standing for all that it may seem."""
        best, sure = best.copy(), sure.copy()
        for alike in self.lookalikes:
            together = chances[:, alike].sum(axis=1)
            is_it = together >= sure
            best[is_it], sure[is_it] = alike[0], together[is_it]
        return best, sure

    def _decode(self, best: "Steps", sure: "NDArray[np.float32]", stretch: float) -> Line:
        """Give the best character of each step, repeated ones once (CTC)."""
        steps = [
            step
            for step, (before, here) in enumerate(pairwise([0, *best.tolist()]))
            if here not in {0, before}
        ]
        return tuple(
            Letter(
                self.alphabet[best[step]],
                float(sure[step]),
                (step + 0.5) / len(best) * stretch,
            )
            for step in steps
        )


def _batches(order: Sequence[int], pictures: Sequence["Picture"]) -> Iterator[list[int]]:
    """Give the lines, from the narrowest on, in lots of which each takes little memory."""
    batch: list[int] = []
    for ix in order:
        room = max(_width(pictures[ix]), _NARROWEST_PX)
        if batch and (len(batch) == _BATCH or (len(batch) + 1) * room > _BATCH_PX):
            yield batch
            batch = []
        batch.append(ix)
    if batch:
        yield batch


def _width(picture: "Picture") -> int:
    height, width = picture.shape
    own: int = ceil(width / height * _LINE_PX)
    return min(max(own, 1), _WIDEST_PX)


def _as_line(picture: "Picture", room: int) -> "NDArray[np.float32]":
    """Give the picture in the model's height, at the left of that much room."""
    width = _width(picture)
    how = cv2.INTER_AREA if picture.shape[0] > _LINE_PX else cv2.INTER_LINEAR
    line = np.zeros((3, _LINE_PX, room), np.float32)
    line[:, :, :width] = _as_input(cv2.resize(picture, (width, _LINE_PX), interpolation=how))
    return line


def _as_input(picture: Any) -> "NDArray[np.float32]":
    """Give a grey picture as the models want it: three equal channels from -1 to 1."""
    shades: NDArray[np.float32] = (picture.astype(np.float32) / 255 - 0.5) / 0.5
    return np.broadcast_to(shades, (3, *shades.shape))


def _run(model: Any, seen: "NDArray[np.float32]") -> "NDArray[np.float32]":
    given: NDArray[np.float32] = model.run(None, {model.get_inputs()[0].name: seen})[0]
    return given


def _blobs(chances: "NDArray[np.float32]") -> list[tuple[int, int, int, int]]:
    """Give x, y, width and height of what is text in all likelihood."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((chances > _TEXT_MIN).astype("u1"))
    blobs = []
    for ix in range(1, count):
        x, y, width, height = (int(value) for value in stats[ix][:4])
        part = np.s_[y : y + height, x : x + width]
        if min(width, height) >= _SIDE_MIN_PX and (
            chances[part][labels[part] == ix].mean() >= _BOX_MIN
        ):
            blobs.append((x, y, width, height))
    return blobs


def _grown(
    blob: tuple[int, int, int, int], ratio: tuple[float, float], width: int, height: int
) -> Box | None:
    x, y, across, down = blob
    more = across * down * _GROWN / (2 * (across + down))
    box = Box(
        max(0, int((x - more) * ratio[0])),
        max(0, int((y - more) * ratio[1])),
        min(width, ceil((x + across + more) * ratio[0])),
        min(height, ceil((y + down + more) * ratio[1])),
    )
    return box if min(box.width, box.height) >= _SIDE_MIN_PX else None


# ------------------------------------------------------------------ loading


@cache
def load_engine() -> Engine:
    """Load the models, once; raises ModuleNotFoundError where they are not installed."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    # threads that wait by spinning starve each other where other work shares the machine
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    finder, reader = (
        onnxruntime.InferenceSession(_model(kind), options, providers=["CPUExecutionProvider"])
        for kind in ("det", "rec")
    )
    letters = reader.get_modelmeta().custom_metadata_map["character"].splitlines()
    alphabet = ("", *letters, " ")
    return Engine(finder, reader, alphabet, _lookalikes(alphabet))


def _lookalikes(alphabet: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Give the places of each digit and of what it may seem; the digit first."""
    settings = tomllib.loads((rules_dir() / "forms" / "ocr.toml").read_text("utf-8"))
    place = {char: ix for ix, char in enumerate(alphabet)}
    return tuple(
        tuple(place[char] for char in dict.fromkeys(digit + others) if char in place)
        for digit, others in settings["lookalikes"].items()
    )


def _model(kind: str) -> str:
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).with_name("models") if spec and spec.origin else Path()
    found = sorted(folder.glob(f"*_{kind}_*.onnx")) if spec else []
    if not found:
        raise ModuleNotFoundError("rapidocr", name="rapidocr")
    return str(found[-1])
