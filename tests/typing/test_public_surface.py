"""What a public signature names can be imported by everyone, and the lists of the public names say the same."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import connectkit

from .surface import BY_HAND, MODELS, exported, find, members, mentioned, public

# Says to pydantic how a datetime or a number is read, and is one for everyone else.
ANNOTATED = "connectkit.models._declare."


def everything() -> set[str]:
    """Where what can be imported has its home."""
    return {thing.path for thing in public((*BY_HAND, *MODELS)).values()}


def test_whatever_a_public_signature_names_can_be_imported() -> None:
    home = everything()
    assert len(home) > 500
    hidden: dict[str, list[str]] = {}
    for path, thing in public((*BY_HAND, *MODELS)).items():
        for where, what in [(path, thing), *((f"{path}.{name}", member) for name, member in members(path, thing))]:
            for named in mentioned(what):
                if named.path not in home and not named.path.startswith(ANNOTATED):
                    hidden.setdefault(named.path, []).append(where)
    told = "\n".join(f"{name}, in {', '.join(where[:3])}" for name, where in sorted(hidden.items()))
    assert not hidden, f"these are named in public signatures, and can't be imported from a public module:\n{told}"


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("connectkit.resources.domains.CasesDomain.fields", "connectkit.resources.setup.fields.Fields"),
        ("connectkit.resources.cases.cases.Cases.search", "connectkit.pagination.Pager"),
        ("connectkit.resources.setup._resolving.FieldName", "connectkit.filters.references.FieldRef"),
        ("connectkit.resources.cases.search.SortKey", "connectkit.models.connectcases.case_search.Sort"),
        ("connectkit.task_definitions.fields.NameField.__init__", "connectkit.task_definitions.fields.NameRules"),
    ],
)
def test_the_walk_sees_what_is_named(where: str, named: str) -> None:
    """In a property, an argument, a text that is an alias, and the keywords of an ``Unpack``."""
    found = find(where)
    assert found is not None
    assert named in {one.path for one in mentioned(found)}


def test_a_name_of_the_top_means_one_thing() -> None:
    """Two modules may use a word each in its own way; the package itself takes it from one of them."""
    for name, thing in exported("connectkit").items():
        assert thing is not None, name
        assert find(f"connectkit.{name}") is thing


@pytest.mark.parametrize("module", [*BY_HAND, *MODELS])
def test_every_name_is_there_and_in_order(module: str) -> None:
    if module == "connectkit.simulator.moto":
        pytest.importorskip("moto", reason="it is for those who have moto")
    loaded = import_module(module)
    assert len(set(loaded.__all__)) == len(loaded.__all__)
    for name in loaded.__all__:
        assert getattr(loaded, name) is not None, name
    assert set(loaded.__all__) <= set(dir(loaded))


@pytest.mark.parametrize("module", ["connectkit", "connectkit.models", *MODELS])
def test_what_is_loaded_lazily_is_what_checkers_are_told(module: str) -> None:
    loaded = import_module(module)
    tree = ast.parse(Path(str(loaded.__file__)).read_text(encoding="utf-8"))
    told = {
        name.asname: (node.module or "")
        for branch in tree.body
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    homes = {name: home for home, names in loaded._HOMES.items() for name in names}
    assert told == homes
    assert set(loaded.__all__) - {"__version__"} == set(homes)


def test_the_public_names_are_these() -> None:
    errors = """
        AccessDeniedError BatchError ConfigurationError ConflictError ConnectKitError CredentialsError
        EventDecodeError FieldValueError FileError FilterError IncompleteError InternalServiceError InvalidRequestError
        NoCasesDomainError NotFoundError NotLoadedError OvertakenError PaginationError QuotaExceededError RequestError
        ResponseDecodeError ServiceError ThrottlingError TransportError UnknownNameError WaitError WaitTimeoutError
    """
    filters = """
        AnyRef BooleanRef DateTimeRef Descending F FieldRef Filter NumberRef SelectRef TagRef TextRef UrlRef UserRef
        all_of any_of
    """
    kinds = "Instance Domain Field Layout Template CaseRule View ViewVersion TaskTemplate"
    facades = """
        AuditEvents Case CaseRule Cases CaseRules CasesDomain Comments CreatedCase CreatedRelatedItem Domains
        DomainRelatedItems EventConfiguration Field FieldOptions Fields Instance Instances Layout Layouts ListedCase
        LoadedCase LoadedRelatedItem LoadedTags Merge RelatedItem RelatedItems Schema Tags TaskTemplate TaskTemplates
        Template Templates View Views ViewVersion ViewVersions
    """
    given_and_found = """
        Action AppliedRule AuditChange AuditEvent AuditedMerge CaseLink CaseOutcome Change Comment CommentManyResult
        CommentOutcome ContactLink CustomItem EventSettings FieldOptionsRule FileLink HiddenRule ItemFilter MergeState
        NewSla OptionFailure OptionsResult OtherRule Panel PanelGroup PerformedBy Plan Publication RequiredRule Sla
        SyncResult TaskTemplateDefinition TemplateSettings UnknownContent UpdateManyResult ViewContent ViewDiff
    """
    aliases = """
        ActionKind BatchResult ByKind CaseFate CaseOrId CaseRuleName ChangeKind CommentFate ContentInput Decision
        FieldInputs FieldName FieldsToRead IncludedFields ItemContent KnownResource LayoutName Movable NewItemContent
        OptionInputs PanelInput Performer
        PublicationOutcome Qualifier ReferenceInput RelatedItemSort Rule RuleInput SlaState SortInput SortKey Sources
        SupportsItems TagsInput TaskFieldInputs TemplateName Texts When
    """
    others = "ConnectKit Fault Page Pager RetryPolicy __version__"
    names = f"{errors} {filters} {facades} {given_and_found} {aliases} {others}".split()
    names += [f"{how}{kind}" for how in ("Listed", "Loaded") for kind in kinds.split()]
    assert connectkit.__all__ == sorted(names)
