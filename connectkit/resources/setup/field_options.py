"""The options of a SingleSelect field: list, put in chunks with the outcome of each, switch on and off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from ...errors import BatchError, ConnectKitError, Fault, RequestError, UnknownNameError
from ...models.connectcases.field_options import (
    BatchPutFieldOptionsRequest,
    FieldOption,
    ListFieldOptionsRequest,
    ListFieldOptionsResponse,
)
from .._batches import Batch, listed
from .._collections import Collection
from .._names import MOST_LISTED, nearest

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._scope import Scope

__all__ = ["MOST_PUT", "FieldOptions", "OptionFailure", "OptionInputs", "OptionsResult", "as_options"]

MOST_PUT = 50
"""The most options that BatchPutFieldOptions takes, says the service model."""

OptionInputs: TypeAlias = "Iterable[str | tuple[str, str] | list[str] | FieldOption] | Mapping[str, str]"
"""Options, in the order that people are to see them.

* ``("very_high", "Very high")``: value and name, or a list of the two, as a row of a CSV file is. The value is what
  cases hold and what identifies the option.
* ``{"very_high": "Very high"}``: the same for all of them, name by value.
* ``"High"``: value and name alike, where the text can be a value: letters, digits, hyphens and underscores.
* ``FieldOption(value=…, name=…, active=False)``: says all there is. In the other forms an option is active.
"""

# What the service's documentation allows in a value. The published pattern allows more, so values that are given as
# such are left to the service; a text that is to be both value and name is not.
_VALUE = re.compile(r"[\w-]+", re.ASCII)
_PARTS = 2
_LONGEST = 100
"""Length of the longest value that an option can have, says the service model; others needn't be looked for."""


@dataclass(frozen=True)
class OptionFailure:
    """Why an option was refused."""

    value: str
    """Value of the option."""
    error_code: str
    """The service's name for the reason."""
    error_message: str
    """What the service says."""

    def __str__(self) -> str:
        return f"{self.value}: {self.error_code}: {self.error_message}"


@dataclass(frozen=True)
class OptionsResult(Batch):
    """What became of each option that was put."""

    succeeded: tuple[FieldOption, ...] = ()
    """Those that are stored."""
    failed: tuple[OptionFailure, ...] = ()
    """Those that were refused, and why."""
    left: tuple[FieldOption, ...] = ()
    """Those of a call that failed, and of the calls after it: not stored or, where no answer came, not known to be."""
    unchanged: tuple[FieldOption, ...] = ()
    """Those that were as wanted already, where that was looked at."""

    def __str__(self) -> str:
        wanted = len(self.succeeded) + len(self.failed) + len(self.left)
        told = f"{len(self.succeeded)} of {wanted} options put"
        told += f", {len(self.unchanged)} unchanged" if self.unchanged else ""
        not_put = [f"not put: {', '.join(option.value for option in self.left)}"] if self.left else []
        return told + listed([*self.failed, *not_put])


class FieldOptions(Collection):
    """The options of a SingleSelect field: ``field.options``."""

    __slots__ = ("_field_id", "_scope")

    def __init__(self, scope: Scope, field_id: str) -> None:
        """For a field; it makes this."""
        self._scope, self._field_id = scope, field_id

    def _whose(self) -> str:
        return f"field {self._field_id}"

    def list(
        self, *, page_size: int | None = MOST_LISTED, limit: int | None = None, start_token: str | None = None
    ) -> Pager[FieldOption, ListFieldOptionsResponse]:
        """All options, those that are switched off included, in the order that they were added.

        Args:
            page_size: Most options a page may hold, at most 100.
            limit: Most options in all.
            start_token: Token of the page to begin with.
        """
        request = ListFieldOptionsRequest(domain_id=self._scope.domain_id, field_id=self._field_id)
        return self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)

    def get(self, option: str) -> FieldOption:
        """The option with this value or, failing that, this name. One call for a value; for a name all are read.

        Raises:
            UnknownNameError: there is none, or several have that name.
            NotFoundError: there is no such field.
        """
        return self._by_value(option) or _chosen(self._field_id, self.list().all(), option)

    def find(self, option: str) -> FieldOption | None:
        """As :meth:`get`, but ``None`` if there is none."""
        found = self._by_value(option)
        if found is not None:
            return found
        options = self.list().all()
        return _chosen(self._field_id, options, option) if any(one.name == option for one in options) else None

    def put(self, options: OptionInputs) -> OptionsResult:
        """Add options, and overwrite those with the same value; others stay. A call for every 50.

        Args:
            options: Texts, pairs of value and name, a mapping of value to name, or ``FieldOption``; an option that
                doesn't say otherwise becomes active.

        Returns:
            What became of each. That the service refuses some raises nothing:
            :meth:`OptionsResult.raise_for_failures` does.

        Raises:
            RequestError: an option is none, or a value is there twice; nothing was sent.
            BatchError: a call failed after others had succeeded. Its ``result`` says what is stored, and what is left.
            ConnectKitError: the first call failed; nothing is stored, unless it says ``may_have_acted``.
        """
        return self._put(as_options(options))

    def ensure(self, options: OptionInputs) -> OptionsResult:
        """Put those of the options that aren't there yet, or are different; the others are ``unchanged``.

        Args:
            options: As :meth:`put` takes them.

        Raises:
            RequestError: an option is none, or a value is there twice; nothing was sent.
            BatchError: some couldn't be put; its ``result`` says which, and why.
        """
        wanted = as_options(options)
        present = {option.value: _parts(option) for option in self.list()} if wanted else {}
        unchanged = [option for option in wanted if present.get(option.value) == _parts(option)]
        result = self._put([option for option in wanted if option not in unchanged], unchanged)
        result.raise_for_failures()
        return result

    def activate(self, *options: str) -> OptionsResult:
        """Let agents choose these options again, which are named by value or name.

        Raises:
            UnknownNameError: there is no such option.
            BatchError: the service refuses some.
        """
        return self._switch(options, active=True)

    def deactivate(self, *options: str) -> OptionsResult:
        """Have these options offered no more; cases that hold one keep it. See :meth:`activate`."""
        return self._switch(options, active=False)

    def _by_value(self, value: str) -> FieldOption | None:
        if not 0 < len(value) <= _LONGEST:
            return None
        request = ListFieldOptionsRequest(domain_id=self._scope.domain_id, field_id=self._field_id, values=[value])
        return next((option for option in self._scope.caller.paginate(request) if option.value == value), None)

    def _switch(self, named: Sequence[str], *, active: bool) -> OptionsResult:
        for one in named:
            if not isinstance(cast("object", one), str):
                raise TypeError(f"options are named one by one, by value or name: say (*options), not ({one!r})")
        present = self.list().all() if named else []
        chosen = list(dict.fromkeys(_chosen(self._field_id, present, one) for one in named))
        changed = [option.model_copy(update={"active": active}) for option in chosen if option.active is not active]
        result = self._put(changed, [option for option in chosen if option.active is active])
        result.raise_for_failures()
        return result

    def _put(self, options: Sequence[FieldOption], unchanged: Sequence[FieldOption] = ()) -> OptionsResult:
        succeeded: list[FieldOption] = []
        failed: list[OptionFailure] = []
        for start in range(0, len(options), MOST_PUT):
            chunk = options[start : start + MOST_PUT]
            try:
                refused = self._put_chunk(chunk)
            except ConnectKitError as error:
                if not start:
                    raise
                left = tuple(options[start:])
                result = OptionsResult(tuple(succeeded), tuple(failed), left, tuple(unchanged))
                message = (
                    f"the call for options {start + 1} to {start + len(chunk)} failed; {len(succeeded)} are stored"
                )
                raise BatchError(f"field {self._field_id}: {message}: {error}", result=result) from error
            failed += refused
            values = {failure.value for failure in refused}
            succeeded += [option for option in chunk if option.value not in values]
        return OptionsResult(tuple(succeeded), tuple(failed), (), tuple(unchanged))

    def _put_chunk(self, options: Sequence[FieldOption]) -> Sequence[OptionFailure]:
        request = BatchPutFieldOptionsRequest(
            domain_id=self._scope.domain_id, field_id=self._field_id, options=[*options]
        )
        try:
            errors = self._scope.caller.send(request).errors
        finally:
            self._scope.schema.forget(self._field_id)
        return [OptionFailure(error.value, error.error_code, error.message) for error in errors or ()]


def as_options(given: OptionInputs, operation: str = "BatchPutFieldOptions") -> list[FieldOption]:
    """The options that ``given`` says, in its order; see :data:`OptionInputs`.

    Args:
        given: Options in any of the forms.
        operation: What they are for, for the error.

    Raises:
        RequestError: with every one that is none, and every value that is there twice.
    """
    if isinstance(given, str):
        raise TypeError(f"options is to be a list of options, not the text {given!r}")
    items: Iterable[object] = cast("Mapping[str, str]", given).items() if isinstance(given, Mapping) else given
    options: dict[str, FieldOption] = {}
    faults: list[Fault] = []
    for index, item in enumerate(items):
        made = _option(item)
        if isinstance(made, str):
            faults.append(Fault(f"options[{index}]", made))
        elif made.value in options:
            faults.append(Fault(f"options[{index}]", f"has the value {made.value!r}, as one before has"))
        else:
            options[made.value] = made
    if faults:
        raise RequestError(operation=operation, faults=faults)
    return list(options.values())


def _option(given: object) -> FieldOption | str:
    """The option that ``given`` is, or what is wrong with it."""
    if isinstance(given, FieldOption):
        return given
    if isinstance(given, str):
        if _VALUE.fullmatch(given):
            return FieldOption(value=given, name=given, active=True)
        return (
            f"{given!r} can't be the value as well as the name, for a value has letters, digits, hyphens and "
            f"underscores alone: say ({_suggested(given)!r}, {given!r})"
        )
    parts = cast("tuple[object, ...]", given) if isinstance(given, (tuple, list)) else ()
    if len(parts) == _PARTS and all(isinstance(part, str) for part in parts):
        value, name = cast("tuple[str, str]", parts)
        return FieldOption(value=value, name=name, active=True)
    return f"is to be a text, a pair of value and name, or a FieldOption, not {given!r}"


def _suggested(name: str) -> str:
    return re.sub(r"[^\w-]+", "_", name, flags=re.ASCII).strip("_").lower() or "value"


def _parts(option: FieldOption) -> tuple[str, str, bool]:
    return option.value, option.name, option.active


def _chosen(field_id: str, options: Sequence[FieldOption], given: str) -> FieldOption:
    by_value = {option.value: option for option in options}
    if given in by_value:
        return by_value[given]
    named = [option for option in options if option.name == given]
    if len(named) == 1:
        return named[0]
    near = nearest(given, [text for option in options for text in (option.value, option.name)])
    several = [option.value for option in named]
    raise UnknownNameError(kind="option", name=given, near=near, where=f"field {field_id}", several=several)
