"""Questions before the first turn: whether a player has understood the game."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question on the rules, to be answered before the first turn.

    Attributes
    ----------
    options : tuple of str
        Called a, b, c.
    right : str
        Letter of the right one.
    because : str
        Said after either answer.
    """

    text: str
    options: tuple[str, ...]
    right: str
    because: str


GATE = (
    Question(
        "You open with 'hold' and your standing order is 'match'. Somebody fires warning shots at "
        "you, and you take them for rung 4. What does your side do?",
        (
            "Nothing this turn: you hold.",
            "It answers this turn, with what is nearest to rung 4 in your menu.",
            "It answers next turn, after you give another order.",
        ),
        "b",
        "'hold' is only about what you open with. The standing order covers answers, and those "
        "come within the same turn.",
    ),
    Question(
        "Your page says that you take an act for rung 5. What was it?",
        (
            "Perhaps rung 5, perhaps less or more: you see acts as your side reads them.",
            "Rung 5: the page shows what happened.",
            "Rung 4: everybody reads acts one rung too high.",
        ),
        "a",
        "Acts of others are shown as you read them, and reading errs both ways. What they were "
        "comes out in the debrief.",
    ),
)
"""Two rules that people get wrong when nobody asks them."""
