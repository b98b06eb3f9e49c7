"""What an editor offers at the cursor, asked of a real language server."""

from __future__ import annotations

import pytest

import connectkit
from connectkit.filters import SYSTEM_FIELDS
from connectkit.models import connect, connectcases

from .lsp import CURSOR, LanguageServer
from .surface import BY_HAND, members, public

HEAD = """\
import connectkit
from connectkit import ConnectKit, F
from connectkit.models import connect, connectcases as cases

kit = ConnectKit(region_name="us-east-1")
reply = kit.send(cases.SearchCasesRequest(domain_id="d"))
"""


@pytest.fixture
def offered(editor: LanguageServer, request: pytest.FixtureRequest) -> set[str]:
    return set(editor.completions(HEAD + request.param))


def after(text: str, rest: str = "") -> pytest.MarkDecorator:
    """The cursor stands after ``text``; editors put closing brackets, ``rest``, behind it by themselves."""
    return pytest.mark.parametrize("offered", [text + CURSOR + rest], indirect=True, ids=[text])


@after("cases.SearchCasesRequest(")
def test_a_request_offers_its_members_as_keywords(offered: set[str]) -> None:
    keywords = {"domain_id", "filter", "sorts", "fields", "search_term", "max_results", "next_token"}
    assert {name for name in offered if name.endswith("=")} == {f"{keyword}=" for keyword in keywords}


@after('kit.send(cases.SearchCasesRequest(domain_id="d", ')
def test_a_keyword_that_is_given_is_not_offered_again(offered: set[str]) -> None:
    assert "search_term=" in offered
    assert "domain_id=" not in offered


@after("cases.CaseFilter(")
def test_a_union_offers_its_members(offered: set[str]) -> None:
    assert {name for name in offered if name.endswith("=")} == {"field=", "not_=", "tag=", "and_all=", "or_all="}


@after("cases.CaseFilter(and_all=[cases.CaseFilter(or_all=[cases.CaseFilter(not_=cases.CaseFilter(", "))])])")
def test_a_union_inside_a_union_offers_its_members(offered: set[str]) -> None:
    assert {"field=", "not_=", "tag=", "and_all=", "or_all="} <= offered


@after("reply.cases[0].")
def test_an_answer_offers_its_attributes(offered: set[str]) -> None:
    assert {"case_id", "template_id", "fields", "tags"} <= offered


@after("reply.cases[0].fields[0].value.")
def test_an_answer_offers_attributes_all_the_way_down(offered: set[str]) -> None:
    assert {"string_value", "double_value", "boolean_value", "empty_value", "user_arn_value", "member"} <= offered


@after("reply.metadata.")
def test_an_answer_offers_its_metadata(offered: set[str]) -> None:
    assert {"request_id", "status", "attempts"} <= offered


@after('for field in kit.paginate(cases.ListFieldsRequest(domain_id="d")):\n    field.')
def test_an_item_of_a_page_offers_its_attributes(offered: set[str]) -> None:
    assert {"field_id", "field_arn", "name", "type", "namespace"} <= offered


@after('cases.Sort(field_id="title", sort_order="')
def test_an_enum_offers_its_values(offered: set[str]) -> None:
    assert {name.strip('"') for name in offered} >= {"Asc", "Desc"}


@after("cases.")
def test_the_package_of_cases_offers_every_name(offered: set[str]) -> None:
    assert set(connectcases.__all__) <= offered
    assert "SearchCasesRequest" in offered


@after("connect.")
def test_the_package_of_connect_offers_every_name(offered: set[str]) -> None:
    assert set(connect.__all__) <= offered
    assert "CreateViewRequest" in offered


@after("kit.")
def test_a_kit_offers_what_it_does(offered: set[str]) -> None:
    assert {"send", "paginate", "connect", "connectcases"} <= offered


def named(offered: set[str]) -> set[str]:
    """Without what every object has, and what is nobody's business."""
    return {name for name in offered if not name.startswith("_")}


@after("F.")
def test_filters_begin_with_the_system_fields_and_the_kinds_of_field(offered: set[str]) -> None:
    kinds = {"text", "number", "boolean", "datetime", "select", "url", "user", "tag"}
    assert named(offered) == {*SYSTEM_FIELDS, *kinds}


OF_ANY = {"id", "type", "name", "eq", "ne", "one_of", "is_empty", "is_set"}
ORDER = {"gt", "gte", "lt", "lte", "between"}


@pytest.mark.parametrize(
    ("offered", "operators"),
    [
        (f"F.status.{CURSOR}", OF_ANY),
        (f"F.created_by.{CURSOR}", OF_ANY),
        (f'F.boolean("f").{CURSOR}', OF_ANY),
        (f"F.title.{CURSOR}", OF_ANY | {"contains"}),
        (f'F.url("f").{CURSOR}', OF_ANY | {"contains"}),
        (f'F.number("f").{CURSOR}', OF_ANY | ORDER),
        (f"F.created_datetime.{CURSOR}", OF_ANY | ORDER),
        (f'F.tag("team").{CURSOR}', {"key", "eq", "ne", "one_of"}),
        (f'F.status.eq("open").{CURSOR}', {"from_wire", "matches", "node", "to_model", "to_wire"}),
    ],
    indirect=["offered"],
)
def test_a_field_offers_what_its_type_can_do(offered: set[str], operators: set[str]) -> None:
    assert named(offered) == operators


@after("connectkit.")
def test_the_package_offers_its_public_names(offered: set[str]) -> None:
    assert set(connectkit.__all__) <= offered
    assert "TYPE_CHECKING" not in offered
    assert "lazy_attributes" not in offered


@after("kit.paginate(cases.ListFieldsRequest(domain_id='d'), ")
def test_paginate_offers_its_options(offered: set[str]) -> None:
    assert {"page_size=", "limit=", "start_token=", "prefetch="} <= offered


def test_names_are_offered_as_what_they_are(editor: LanguageServer) -> None:
    offered = editor.completions(HEAD + f"cases.{CURSOR}")
    assert offered["SearchCasesRequest"] == "class"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"reply.cases[0].tem{CURSOR}plate_id", "ID of the template that the case was created from."),
        (f"cases.SearchCases{CURSOR}Request", "Searches cases by keywords and by filter."),
        (f"kit.se{CURSOR}nd", "Call the operation that `request` belongs to."),
        (f"cases.SearchCases{CURSOR}Request", "API_connect-cases_SearchCases.html"),
        (f"F.sta{CURSOR}tus", "one of the options that the domain adds"),
        (f"F.number('n').betw{CURSOR}een", "both included"),
    ],
)
def test_pointing_at_a_name_tells_what_it_is(editor: LanguageServer, text: str, told: str) -> None:
    assert told in editor.hover(HEAD + text).replace("\\", "")  # Markdown's own


HOVERED = [module for module in BY_HAND if module not in {"connectkit.pytest_plugin", "connectkit.simulator.moto"}]
# pydantic's own, and a text.
UNTOLD = {"model_config", "__version__"}


@pytest.mark.parametrize("module", HOVERED)
def test_pointing_at_anything_public_tells_what_it_is(editor: LanguageServer, module: str) -> None:
    """The name itself, and every method, property and attribute that a class has for everyone."""
    words = [
        f"{path}.{name}".rstrip(".")
        for path, thing in public((module,)).items()
        for name in ["", *dict(members(path, thing))]
        if not name.startswith("__") and not {name, path.rpartition(".")[2]} & UNTOLD
    ]
    assert words
    told = editor.hovers("\n".join([f"import {module}", *words]))[1:]
    untold = [word for word, text in zip(words, told, strict=True) if not text.partition("---")[2].strip()]
    assert not untold, "\n" + "\n".join(untold)


WAYS = """\
from connectkit import *
from connectkit.events import parse_event
from connectkit.simulator import simulate
from connectkit.task_definitions import NameField, TaskTemplateDefinition

kit = ConnectKit(region_name="us-east-1")
domain = kit.domain("d")
case = domain.case("c")
instance = kit.instance("i")
view = instance.view("v")
with simulate() as sim:
    pass

"""


@pytest.mark.parametrize(
    ("path", "offered_there"),
    [
        ("kit", "connect connectcases domain domains instance instances paginate send"),
        ("kit.domains", "create ensure find get list"),
        ("kit.instances", "find get list"),
        (
            "domain",
            """
            case case_rule case_rules cases delete domain_id event_configuration field fields forget_names id kind
            layout layouts refresh related_items schema tags template templates wait_until_active
            """,
        ),
        ("domain.cases", "count create find for_contact get list search update_many"),
        ("domain.fields", "create ensure find get get_many list"),
        ("domain.layouts", "create ensure find get list"),
        ("domain.templates", "create ensure find get list"),
        ("domain.case_rules", "create ensure find get get_many list"),
        ("domain.related_items", "comment_many search"),
        ("domain.event_configuration", "get replace update"),
        ("domain.tags", "delete list update"),
        (
            "case",
            """
            add_custom add_sla audit_events comments delete domain_id id kind link_case link_contact link_file merge
            merge_status refresh related_item related_items tags update wait_until_readable wait_until_searchable
            """,
        ),
        ("case.comments", "add list"),
        ("case.related_items", "create get list search"),
        ("case.audit_events", "list"),
        ("instance", "cases_domain id kind refresh task_template task_templates view views"),
        ("instance.views", "create create_from find get list publish search sync"),
        (
            "view",
            "delete id instance_id is_managed kind publish refresh rollback update update_content version versions",
        ),
        ("view.versions", "create delete get list newest"),
        ("instance.task_templates", "create ensure find get list sync"),
        ("domain.cases.search()", "all first map map_pages pages"),
        (
            "domain.fields.list().all()[0]",
            "arn delete domain_id id kind multiline name namespace options reference refresh tags type update",
        ),
    ],
)
def test_a_way_offers_what_is_there_and_nothing_of_the_inside(
    editor: LanguageServer, path: str, offered_there: str
) -> None:
    assert named(set(editor.completions(f"{WAYS}{path}.{CURSOR}"))) == set(offered_there.split())


@pytest.mark.parametrize(
    ("path", "some"),
    [
        ("parse_event({})", "case_id domain_id id performed_by raw time type"),
        ("sim", "add_contact add_instance calls clock events fail instance_id requests reset slow_down"),
        ("TaskTemplateDefinition(name='Refund', fields=[NameField('Name')])", "contact_flow description fields name"),
    ],
)
def test_a_value_offers_what_it_has(editor: LanguageServer, path: str, some: str) -> None:
    offered = named(set(editor.completions(f"{WAYS}{path}.{CURSOR}")))
    assert set(some.split()) <= offered
