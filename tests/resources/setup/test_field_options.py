"""Options of a SingleSelect field: put in chunks with the outcome of each, ensured, switched on and off."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from connectkit import BatchError, NotFoundError, QuotaExceededError, RequestError, UnknownNameError
from connectkit.filters import choices_of
from connectkit.models.connectcases import FieldOption
from connectkit.resources.setup.field_options import FieldOptions, OptionsResult
from connectkit.simulator import Quotas

if TYPE_CHECKING:
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

    from ..conftest import Calls

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def options(domain: CasesDomain, calls: Calls) -> FieldOptions:
    """The options of Priority: high, normal and low."""
    options = domain.field(domain.schema["Priority"].id).options
    calls()
    return options


def numbered(count: int) -> list[tuple[str, str]]:
    return [(f"o{number}", f"Option {number}") for number in range(count)]


def test_options_are_listed_as_they_were_added(options: FieldOptions, calls: Calls) -> None:
    assert [(one.value, one.name, one.active) for one in options.list()] == [
        ("high", "High", True),
        ("normal", "Normal", True),
        ("low", "Low", True),
    ]
    assert calls() == ["ListFieldOptions"]
    assert [page.items[0].value for page in options.list(page_size=1, limit=2).pages()] == ["high", "normal"]


def test_an_option_is_found_by_value_and_by_name(options: FieldOptions) -> None:
    options.put([("Low", "Lowest"), ("x", "Twice"), ("y", "Twice")])
    assert options.get("High").value == "high"
    assert options.get("Low").name == "Lowest", "what has it for a value goes before what has it for a name"
    assert options.find("normal") == FieldOption(value="normal", name="Normal", active=True)
    assert options.find("nothing") is None
    with pytest.raises(UnknownNameError, match=r"there is no option 'Hihg' in field .*; did you mean 'High'"):
        options.get("Hihg")
    with pytest.raises(UnknownNameError, match=r"several options in field .* are called 'Twice'.*\('x', 'y'\)"):
        options.find("Twice")


def test_an_option_is_found_by_its_value_in_one_call(options: FieldOptions, calls: Calls) -> None:
    options.put(numbered(250))
    calls()
    assert options.get("o249").name == "Option 249"
    assert calls() == ["ListFieldOptions"]
    assert options.get("Option 249").value == "o249"
    assert calls() == ["ListFieldOptions"] * 4
    assert options.find("x" * 101) is options.find("") is None


def test_every_form_of_an_option_says_the_same(options: FieldOptions) -> None:
    options.put(["Urgent", ("later", "Much later"), FieldOption(value="never", name="Never", active=False)])
    options.put({"high": "Very high", "some-day_1": "Some day"})
    assert {one.value: (one.name, one.active) for one in options.list()} == {
        "high": ("Very high", True),
        "normal": ("Normal", True),
        "low": ("Low", True),
        "Urgent": ("Urgent", True),
        "later": ("Much later", True),
        "never": ("Never", False),
        "some-day_1": ("Some day", True),
    }


def test_what_is_no_option_is_refused_with_all_the_others(options: FieldOptions, calls: Calls) -> None:
    with pytest.raises(RequestError) as caught:
        options.put(["Fine", "Very high", ("Fine", "Finest"), ("a", "b", "c"), 3])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    assert {fault.path: fault.problem.partition(":")[0] for fault in caught.value.faults} == {
        "options[1]": "'Very high' can't be the value as well as the name, for a value has letters, digits, hyphens "
        "and underscores alone",
        "options[2]": "has the value 'Fine', as one before has",
        "options[3]": "is to be a text, a pair of value and name, or a FieldOption, not ('a', 'b', 'c')",
        "options[4]": "is to be a text, a pair of value and name, or a FieldOption, not 3",
    }
    assert "say ('very_high', 'Very high')" in str(caught.value)
    with pytest.raises(TypeError, match="options is to be a list of options, not the text 'High'"):
        options.put("High")
    assert calls() == []


def test_120_options_go_in_three_calls_with_the_refusals_of_all(
    domain: CasesDomain, sim: Simulator, calls: Calls
) -> None:
    status = domain.field("status").options
    wanted = numbered(120)
    # The service's own options can't be changed: one in the first call, one in the last.
    wanted[7], wanted[113] = ("open", "Opened"), ("closed", "Shut")
    result = status.put(wanted)
    assert calls() == ["BatchPutFieldOptions"] * 3
    assert [len((call.params or {})["options"]) for call in sim.calls("BatchPutFieldOptions")[-3:]] == [50, 50, 20]
    assert [failure.value for failure in result.failed] == ["open", "closed"]
    assert {failure.error_code for failure in result.failed} == {"ValidationException"}
    assert len(result.succeeded) == 118
    assert (result.left, result.unchanged, result.ok) == ((), (), False)
    stored = {one.value: one.name for one in status.list()}
    assert stored == {"open": "Open", "closed": "Closed"} | {one.value: one.name for one in result.succeeded}
    with pytest.raises(BatchError, match=r"^118 of 120 options put:\n  open: ValidationException: .*\n  clo"):
        result.raise_for_failures()


def test_a_second_call_that_fails_leaves_the_outcome_of_the_first_known(options: FieldOptions, sim: Simulator) -> None:
    sim.fail("BatchPutFieldOptions", "AccessDeniedException", after=1, times=None)
    with pytest.raises(BatchError, match="the call for options 51 to 100 failed; 50 are stored") as caught:
        options.put(numbered(120))
    result = caught.value.result
    assert isinstance(result, OptionsResult)
    assert [one.value for one in result.succeeded] == [f"o{number}" for number in range(50)]
    assert [one.value for one in result.left] == [f"o{number}" for number in range(50, 120)]
    assert not result.ok
    assert caught.value.__cause__ is not None
    assert len(sim.calls("BatchPutFieldOptions")) == 3, "nothing more is tried: the fixture's, the first and the second"
    assert len(options.list().all()) == 53
    with pytest.raises(BatchError, match="50 of 120 options put:\n  not put: o50, "):
        result.raise_for_failures()


def test_a_first_call_that_fails_is_the_error_itself(options: FieldOptions, sim: Simulator) -> None:
    sim.fail("BatchPutFieldOptions", "ServiceQuotaExceededException")
    with pytest.raises(QuotaExceededError):
        options.put(numbered(60))
    assert len(options.list().all()) == 3


def test_what_a_later_call_holds_too_much_of_is_found_with_what_is_stored(
    options: FieldOptions, sim: Simulator
) -> None:
    sim.quotas = Quotas(options=60)
    with pytest.raises(BatchError) as caught:
        options.put(numbered(120))
    assert len(caught.value.result.succeeded) == 50
    assert isinstance(caught.value.__cause__, QuotaExceededError)


def test_no_options_make_no_call(options: FieldOptions, calls: Calls) -> None:
    assert options.put([]) == options.ensure([]) == options.activate() == OptionsResult()
    assert calls() == []


def test_ensured_twice_they_are_written_once(options: FieldOptions, calls: Calls) -> None:
    wanted: list[str | tuple[str, str] | FieldOption] = [
        *numbered(60),
        ("low", "Lowest"),
        FieldOption(value="normal", name="Normal", active=False),
        "high",
    ]
    with pytest.raises(RequestError, match="as one before has"):
        options.ensure([*wanted, "high"])
    first = options.ensure([*wanted[:-1], ("high", "High")])
    assert calls() == ["ListFieldOptions", "BatchPutFieldOptions", "BatchPutFieldOptions"]
    assert [one.value for one in first.unchanged] == ["high"]
    assert len(first.succeeded) == 62
    again = options.ensure([*wanted[:-1], ("high", "High")])
    assert calls() == ["ListFieldOptions"]
    assert (again.succeeded, len(again.unchanged), again.ok) == ((), 63, True)
    assert options.get("low").name == "Lowest"
    assert not options.get("normal").active


def test_ensuring_what_the_service_refuses_raises(domain: CasesDomain) -> None:
    with pytest.raises(BatchError) as caught:
        domain.field("status").options.ensure([("open", "Opened"), ("waiting", "Waiting")])
    assert isinstance(caught.value.result, OptionsResult)
    assert [failure.value for failure in caught.value.result.failed] == ["open"]
    assert domain.field("status").options.get("waiting").name == "Waiting"


def test_options_are_switched_off_and_on_by_name(options: FieldOptions, calls: Calls) -> None:
    result = options.deactivate("High", "low")
    assert calls() == ["ListFieldOptions", "BatchPutFieldOptions"]
    assert [one.value for one in result.succeeded] == ["high", "low"]
    assert [one.value for one in options.list() if one.active] == ["normal"]
    calls()
    assert options.activate("normal").unchanged == (FieldOption(value="normal", name="Normal", active=True),)
    assert calls() == ["ListFieldOptions"]
    options.activate("high", "High")
    assert [one.value for one in options.list() if one.active] == ["high", "normal"]
    with pytest.raises(UnknownNameError):
        options.activate("highest")


def test_the_schema_knows_new_options_at_once(domain: CasesDomain, calls: Calls) -> None:
    priority = domain.schema["Priority"]
    choices = choices_of(priority)
    assert choices is not None
    assert "urgent" not in choices
    calls()
    domain.field(priority.id).options.put([("urgent", "Urgent")])
    assert priority.eq("Urgent") == priority.eq("urgent")
    assert calls() == ["BatchPutFieldOptions", "ListFieldOptions"], "the fields needn't be read anew"


def test_other_fields_have_no_options(domain: CasesDomain) -> None:
    with pytest.raises(NotFoundError):
        domain.field(NOBODY).options.list().all()
    with pytest.raises(NotFoundError):
        domain.field(NOBODY).options.put(["High"])


def test_the_rows_of_a_csv_file_are_options(domain: CasesDomain) -> None:
    rows = list(csv.reader(["post,Post", "swift_1,Swift Couriers"]))
    field = domain.fields.create(name="Carrier", type="SingleSelect", options=rows)
    assert [(option.value, option.name) for option in field.options.list()] == [
        ("post", "Post"),
        ("swift_1", "Swift Couriers"),
    ]


def test_options_are_switched_one_by_one_and_a_list_of_them_is_told_so(options: FieldOptions, calls: Calls) -> None:
    with pytest.raises(TypeError, match=r"say \(\*options\), not \(\['high', 'low'\]\)"):
        options.deactivate(["high", "low"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the mistake
    assert calls() == []
