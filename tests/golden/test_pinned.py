"""Results that are meant to stay stay; what moved is named."""

import json

from golden.pinned import FILE, measure


def test_no_pinned_number_has_moved():
    pinned, measured = json.loads(FILE.read_text(encoding="utf-8")), measure()
    moved = [
        f"{name}: {pinned.get(name)} -> {measured.get(name)}"
        for name in sorted(pinned.keys() | measured.keys())
        if pinned.get(name) != measured.get(name)
    ]
    assert not moved, "moved:\n" + "\n".join(moved)
