"""A number with its uncertainty and its provenance; drawing it per replication.

Any number of a scenario may be written plainly (``0.05``) or as
``{value: 0.05, low: 0.03, high: 0.08, source: data, cite: record.incidents}``.
``low`` to ``high`` is what is not known about it; a run may draw every such
number afresh in each replication, from the triangular law on (low, value, high).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from wargame.scenario.parameters.spelling import number_hint
from wargame.scenario.parameters.triangular import triangular

Source = Literal["data", "literature", "judgement"]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Cite = Annotated[str, Strict(), Field(min_length=1, max_length=200)]


class Parameter(BaseModel):
    """A number, what is not known about it, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Number = Field(description="Best value.")
    low: Number | None = Field(None, description="Lowest value held possible.")
    high: Number | None = Field(None, description="Highest value held possible.")
    source: Source = Field("judgement", description="data, literature or judgement.")
    cite: Cite | None = Field(
        None, description="A fact or table: `article.F01`, `record.incidents`, `literature.key`."
    )
    note: Annotated[str, Strict()] | None = Field(None, description="Why this value.")

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_number(cls, data: Any) -> Any:
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            return {"value": data}
        if isinstance(data, (str, bool, list)):
            raise PydanticCustomError(
                "number_type",
                "{value} is not a number.{hint} Write a number such as 0.3, or a mapping with "
                "value, low, high, source, cite.",
                {"value": repr(data), "hint": number_hint(data)},
            )
        return data

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if (self.low is None) != (self.high is None):
            missing = "high" if self.high is None else "low"
            raise PydanticCustomError(
                "range_half",
                "{missing} is missing: a range needs both low and high. Add {missing}, or drop "
                "the other.",
                {"missing": missing},
            )
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise PydanticCustomError(
                "range_order",
                "value {value} is outside its own range {low}..{high}. Make low <= value <= high.",
                {"value": self.value, "low": low, "high": high},
            )
        if self.source != "judgement" and self.cite is None:
            raise PydanticCustomError(
                "cite_missing",
                "source is '{source}' but nothing is cited. Add cite: (a fact or table), or say "
                "source: judgement.",
                {"source": self.source},
            )
        return self

    @model_serializer(mode="wrap")
    def _write_plain(self, handler: Any) -> Any:
        """Write a number of which nothing else is said as a plain number."""
        full = {key: item for key, item in handler(self).items() if item is not None}
        if full.get("source") == "judgement":
            del full["source"]
        return self.value if set(full) == {"value"} else full

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        mapping = handler(schema)
        return {"anyOf": [{"type": "number"}, mapping]}

    @property
    def uncertain(self) -> bool:
        """Whether a range of non-zero width was declared."""
        return self.low is not None and self.high is not None and self.high > self.low

    def draw(self, uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
        """Draw the number once per uniform.

        Parameters
        ----------
        uniforms : ndarray, shape (replication,)
            On [0, 1).

        Returns
        -------
        ndarray, shape (replication,)
            The value itself everywhere when no range is declared.
        """
        if self.low is None or self.high is None:
            return np.full(uniforms.shape, self.value)
        return triangular(uniforms, self.low, self.value, self.high)
