"""The scripts of docs/ as modules: they are no package."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from docs.pages import DOCS


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


generate = _load("generate")
make_images = _load("make_images")
pace = _load("pace")
validation_figures = _load("validation_figures")
validation_runs = _load("validation_runs")
validation = _load("validation")
