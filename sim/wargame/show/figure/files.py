"""Figures written to disk as PNG and SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wargame.errors import RecordError
from wargame.show.figure.style import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Figures = Mapping[str, Callable[[], "Figure"]]
"""Name -> what makes the figure; `draw_all` calls it."""


DPI = 300
"""Of a PNG, unless something else is asked for."""


def draw_all(figures: Figures, folder: Path, dpi: int | None = None) -> list[Path]:
    """Draw figures as PNG and SVG; the same figure gives the same bytes.

    Pictures are compressed in a second thread while the next figure is drawn.

    Parameters
    ----------
    figures : mapping of str to callable
        Name without ending -> what makes the figure.
    folder : Path
        Made when it is missing.
    dpi : int, optional
        Of the PNG; `DPI` unless given.

    Returns
    -------
    list of Path
        The files, in the order of the figures.

    Raises
    ------
    RecordError
        When a file cannot be written.
    """
    waiting: list[Future[None]] = []
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with style(), ThreadPoolExecutor(1) as pool:
            for name, make in figures.items():
                png, svg = folder / f"{name}.png", folder / f"{name}.svg"
                pixels = _draw(make(), svg, dpi or DPI)
                waiting.append(pool.submit(_compress, pixels, png, dpi or DPI))
                paths += [png, svg]
        for future in waiting:
            future.result()
    except OSError as error:
        raise RecordError(
            f"{folder}: figures cannot be written there ({error.strerror or error}). "
            "Free some space or choose another place."
        ) from error
    return paths


def _draw(figure: Figure, svg: Path, dpi: int) -> NDArray[np.uint8]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": "wargame"})
    figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def _compress(pixels: NDArray[np.uint8], path: Path, dpi: int) -> None:
    from PIL import Image

    picture = Image.fromarray(pixels).convert("RGB")
    picture.save(path, "PNG", compress_level=1, dpi=(dpi, dpi))
