"""In: nothing. Out: the picture of a red seal, transparent where no ink is, as base64."""

import base64
import io
from functools import cache

from PIL import Image, ImageDraw

_SIZE, _INK = 300, (210, 20, 20, 200)


@cache
def seal_picture() -> str:
    """Draw a ring with a bar of ink through its middle."""
    picture = Image.new("RGBA", (_SIZE, _SIZE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((6, 6, _SIZE - 6, _SIZE - 6), outline=_INK, width=12)
    draw.rectangle((60, 140, _SIZE - 60, 165), fill=_INK)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()
