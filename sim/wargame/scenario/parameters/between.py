"""The lawful range of a parameter, and its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import (
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from wargame.scenario.parameters.parameter import Parameter


@dataclass(frozen=True)
class Between:
    """Marks a parameter with its lawful range and its unit.

    Used as ``Annotated[Parameter, Between(0, 1, "probability")]``; value, low and
    high must all lie in the range.

    Attributes
    ----------
    lowest, highest : float
        Inclusive bounds.
    unit : str
        In words, for the reference page.
    """

    lowest: float
    highest: float
    unit: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "unit": self.unit, "range": [self.lowest, self.highest]}

    def _check(self, parameter: Parameter) -> Parameter:
        for name in ("value", "low", "high"):
            number = getattr(parameter, name)
            if number is not None and not self.lowest <= number <= self.highest:
                raise PydanticCustomError(
                    "out_of_range",
                    "{name} {number} is out of range. Use {lowest}..{highest}.",
                    {
                        "name": name,
                        "number": f"{number:g}",
                        "lowest": f"{self.lowest:g}",
                        "highest": f"{self.highest:g}",
                    },
                )
        return parameter
