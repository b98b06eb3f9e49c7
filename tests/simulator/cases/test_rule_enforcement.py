"""What case rules on a template do to the cases that are made and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import empty, needs, number, refused, text
from .support import close, compare, decide, make_rule, on, options_rule

if TYPE_CHECKING:
    from ..helpers import DomainFixture

pytestmark = needs("connectcases", "CreateCaseRule")


class Ruled:
    """A template with one rule, which acts upon the summary."""

    def __init__(self, domain: DomainFixture, **rule: Any) -> None:
        self._domain = domain
        self.rule_id = make_rule(domain, **rule)
        self.template_id = domain.template("Ruled", rules=[on(self.rule_id, "summary")])

    def case(self, *fields: dict[str, Any]) -> str:
        """Make a case of it."""
        return self._domain.case("A case", *fields, templateId=self.template_id)

    def wants_summary(self, *fields: dict[str, Any]) -> bool:
        """Say whether a case with these values needs a summary."""
        client = self._domain.client
        values = [text("title", "A case"), *fields]
        try:
            client.create_case(domainId=self._domain.id, templateId=self.template_id, fields=values)
        except client.exceptions.ValidationException as error:
            if "summary is required" not in str(error):
                raise
            return True
        return False


@pytest.fixture
def size(domain: DomainFixture) -> str:
    """A field for numbers."""
    return domain.field("Size", "Number")


# ---- which condition decides ---------------------------------------------------------------------------------------


@pytest.mark.rule("rule.first-true", "rule.required-created")
def test_the_first_condition_that_is_true_decides_else_the_default(domain: DomainFixture, size: str) -> None:
    rule = Ruled(
        domain,
        required=decide(
            compare(size, 1, result=False),
            compare(size, 2, result=True),
            compare(size, 2, result=False),
            compare("status", "closed", result=False),
            default=True,
        ),
    )
    assert not rule.wants_summary(number(size, 1))
    assert rule.wants_summary(number(size, 2), text("status", "closed"))
    assert not rule.wants_summary(number(size, 3), text("status", "closed"))
    assert rule.wants_summary(number(size, 3))


@pytest.mark.rule("rule.first-true")
@pytest.mark.parametrize("default", [True, False])
def test_without_conditions_the_default_decides(domain: DomainFixture, default: bool) -> None:  # noqa: FBT001  # a parameter of the test
    assert Ruled(domain, required=decide(default=default)).wants_summary() is default


@pytest.mark.rule("rule.compound")
def test_compound_conditions_need_all_or_one(domain: DomainFixture, size: str) -> None:
    pair = {"conditions": [compare(size, 1), compare("status", "closed")]}
    every = Ruled(domain, required=decide({"andAll": pair}))
    assert every.wants_summary(number(size, 1), text("status", "closed"))
    assert not every.wants_summary(number(size, 1))
    domain.client.update_case_rule(
        domainId=domain.id, caseRuleId=every.rule_id, rule={"required": decide({"orAll": pair})}
    )
    assert every.wants_summary(number(size, 1))
    assert every.wants_summary(text("status", "closed"))
    assert not every.wants_summary()


@pytest.mark.rule("rule.compound-result")
def test_a_compound_condition_results_in_what_its_first_comparison_would(domain: DomainFixture, size: str) -> None:
    first, second = compare(size, 1, result=False), compare("status", "open", result=True)
    rule = Ruled(domain, required=decide({"andAll": {"conditions": [first, second]}}, default=True))
    assert not rule.wants_summary(number(size, 1))
    assert rule.wants_summary(number(size, 2))


@pytest.mark.rule("rule.compound")
def test_a_compound_condition_may_be_empty(domain: DomainFixture) -> None:
    nothing: dict[str, Any] = {"conditions": []}
    rule = Ruled(domain, required=decide({"orAll": nothing}))
    assert not rule.wants_summary()
    wanted = {"required": decide({"andAll": nothing})}
    domain.client.update_case_rule(domainId=domain.id, caseRuleId=rule.rule_id, rule=wanted)
    assert rule.wants_summary()


@pytest.mark.rule("rule.empty")
def test_no_value_can_be_compared_with(domain: DomainFixture) -> None:
    note = domain.field("Note")
    rule = Ruled(domain, required=decide(compare(note, None)))
    assert rule.wants_summary()
    assert rule.wants_summary(text(note, ""))
    assert not rule.wants_summary(text(note, "x"))
    wanted = {"required": decide(compare(note, None, by="notEqualTo"))}
    domain.client.update_case_rule(domainId=domain.id, caseRuleId=rule.rule_id, rule=wanted)
    assert not rule.wants_summary()
    assert rule.wants_summary(text(note, "x"))


@pytest.mark.rule("rule.not-equal")
def test_a_field_without_a_value_is_not_equal_to_any(domain: DomainFixture, size: str) -> None:
    rule = Ruled(domain, required=decide(compare(size, 1, by="notEqualTo")))
    assert rule.wants_summary()
    assert not rule.wants_summary(number(size, 1))


@pytest.mark.rule("rule.operand")
def test_booleans_numbers_and_texts_are_compared(domain: DomainFixture) -> None:
    flag, note = domain.field("Flag", "Boolean"), domain.field("Note")
    rule = Ruled(domain, required=decide(compare(flag, False), compare(note, "x")))
    assert not rule.wants_summary()
    assert rule.wants_summary({"id": flag, "value": {"booleanValue": False}})
    assert not rule.wants_summary({"id": flag, "value": {"booleanValue": True}})
    assert rule.wants_summary(text(note, "x"))
    assert not rule.wants_summary(text(note, "X"))


# ---- required and hidden -------------------------------------------------------------------------------------------


@pytest.mark.rule("rule.required-updated")
def test_an_update_that_makes_a_field_required_brings_its_value(domain: DomainFixture) -> None:
    case_id = Ruled(domain, required=decide(compare("status", "closed"))).case()
    with refused("ValidationException", "summary is required"):
        close(domain, case_id)
    domain.update(case_id, text("status", "closed"), text("summary", "done"))
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, empty("summary"))
    domain.update(case_id, text("status", "open"), empty("summary"))


@pytest.mark.rule("rule.required-updated")
def test_every_update_is_held_to_what_a_rule_requires(domain: DomainFixture) -> None:
    # The guide's own example: a reason is asked for whenever a case is changed that has been created.
    rule = Ruled(domain, required=decide(compare("created_datetime", None, by="notEqualTo")))
    case_id = rule.case()
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, text("title", "New"))
    domain.update(case_id, text("title", "New"), text("summary", "a typing slip"))
    domain.update(case_id, text("title", "Newer"))


@pytest.mark.rule("rule.required-updated")
def test_a_rule_that_comes_later_holds_for_cases_that_are_there(domain: DomainFixture) -> None:
    case_id = domain.case()
    rule = make_rule(domain, required=decide(default=True))
    here = {"domainId": domain.id, "templateId": domain.template_id}
    domain.client.update_template(**here, rules=[on(rule, "summary")])
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, text("title", "New"))
    domain.client.update_template(**here, rules=[])
    domain.update(case_id, text("title", "New"))


@pytest.mark.rule("rule.hidden")
def test_a_hidden_field_is_not_required(domain: DomainFixture) -> None:
    note = domain.field("Note")
    required = make_rule(domain, "Required", required=decide(default=True))
    hidden = make_rule(domain, "Hidden", hidden=decide(compare("status", "open")))
    rules = [on(required, "summary"), on(hidden, "summary"), on(hidden, note)]
    template_id = domain.template("Refund", required=(note,), rules=rules)
    case_id = domain.case(templateId=template_id)
    with refused("ValidationException", f"{note} is required"):
        domain.update(case_id, text("status", "closed"), text("summary", "x"))
    with refused("ValidationException", "summary is required"):
        domain.update(case_id, text("status", "closed"), text(note, "x"))
    domain.update(case_id, text("status", "closed"), text(note, "x"), text("summary", "x"))
    # It may have a value all the same.
    domain.update(case_id, text("status", "open"))
    assert domain.values(case_id, note, "summary") == {note: "x", "summary": "x"}


@pytest.mark.rule("rule.hidden", "case.title")
def test_a_title_is_needed_though_it_be_hidden(domain: DomainFixture) -> None:
    hidden = make_rule(domain, hidden=decide(default=True))
    template_id = domain.template("Refund", rules=[on(hidden, "title")])
    with refused("ValidationException", "title is required"):
        domain.client.create_case(domainId=domain.id, templateId=template_id, fields=[])


@pytest.mark.rule("rule.read-only")
def test_what_the_service_alone_writes_is_never_required(domain: DomainFixture) -> None:
    rule = make_rule(domain, required=decide(default=True))
    fields = ("case_id", "created_datetime", "last_closed_datetime", "created_by")
    template_id = domain.template("Refund", required=fields, rules=[on(rule, "last_reopened_datetime")])
    domain.update(domain.case(templateId=template_id), text("title", "New"))


# ---- options -------------------------------------------------------------------------------------------------------


@pytest.fixture
def country(domain: DomainFixture) -> str:
    """A field with options that open those of another one."""
    return domain.select("Country", "fr", "de", "it")


@pytest.fixture
def city(domain: DomainFixture) -> str:
    """A field with options that another one opens."""
    return domain.select("City", "paris", "berlin", "anywhere")


@pytest.fixture
def template_id(domain: DomainFixture, country: str, city: str) -> str:
    """A template on which the country opens cities."""
    opens = {"fr": ["paris", "anywhere"], "de": ["berlin", "anywhere"], "unset": ["anywhere"]}
    rule = make_rule(domain, fieldOptions=options_rule(country, city, **opens))
    return domain.template("Places", rules=[on(rule, city)])


@pytest.mark.rule("rule.options-enforced", "rule.options-unset")
def test_a_case_is_made_with_an_option_that_is_open(
    domain: DomainFixture, country: str, city: str, template_id: str
) -> None:
    for value, places in (("fr", "paris"), ("de", "berlin"), ("fr", "anywhere")):
        domain.case("A case", text(country, value), text(city, places), templateId=template_id)
    for value, places in (("fr", "berlin"), ("it", "anywhere")):
        with refused("ValidationException", "is not open while"):
            domain.case("A case", text(country, value), text(city, places), templateId=template_id)
    # Neither without a parent, unless that is mapped, nor is a child needed.
    domain.case("A case", text(city, "anywhere"), templateId=template_id)
    with refused("ValidationException", "has no value"):
        domain.case("A case", text(city, "paris"), templateId=template_id)
    domain.case("A case", text(country, "it"), templateId=template_id)


@pytest.mark.rule("rule.options-enforced")
def test_a_change_of_either_field_is_held_to_it(
    domain: DomainFixture, country: str, city: str, template_id: str
) -> None:
    case_id = domain.case("A case", text(country, "fr"), text(city, "paris"), templateId=template_id)
    for wrong in (text(country, "de"), text(city, "berlin"), empty(country)):
        with refused("ValidationException", "is not open while"):
            domain.update(case_id, wrong)
    domain.update(case_id, text(country, "de"), text(city, "berlin"))
    domain.update(case_id, text(country, "it"), empty(city))


@pytest.mark.rule("rule.options-enforced")
def test_a_rule_that_comes_later_leaves_alone_what_is_not_written(
    domain: DomainFixture, country: str, city: str
) -> None:
    case_id = domain.case("A case", text(country, "fr"), text(city, "berlin"))
    rule = make_rule(domain, fieldOptions=options_rule(country, city, fr=["paris"]))
    domain.client.update_template(domainId=domain.id, templateId=domain.template_id, rules=[on(rule, city)])
    domain.update(case_id, text("title", "New"))
    with refused("ValidationException", "'berlin' is not open"):
        domain.update(case_id, text(city, "berlin"))


@pytest.mark.rule("rule.deleted-field")
@pytest.mark.parametrize("gone", ["parent", "child"])
def test_a_rule_about_options_ends_with_either_field(
    domain: DomainFixture, country: str, city: str, template_id: str, gone: str
) -> None:
    case_id = domain.case("A case", text(country, "fr"), text(city, "paris"), templateId=template_id)
    domain.client.delete_field(domainId=domain.id, fieldId=country if gone == "parent" else city)
    domain.update(case_id, text(city, "berlin"))
    domain.update(case_id, text(country, "it"))


@pytest.mark.rule("rule.options-enforced", "option.inactive")
def test_an_open_option_that_is_inactive_is_not_given_anew(
    domain: DomainFixture, country: str, city: str, template_id: str
) -> None:
    domain.put_options(city, paris=False)
    with refused("ValidationException", "inactive"):
        domain.case("A case", text(country, "fr"), text(city, "paris"), templateId=template_id)
