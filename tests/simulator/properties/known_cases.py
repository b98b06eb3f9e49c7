"""What is known of the values in requests to Amazon Connect Cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from ..helpers import PROFILE_ARN, QUEUE_ARN, USER_ARN
from .ingredients import ANY, PLAIN, Fit, Knowledge, Known, Strategy, new_name, one_of
from .wire import has_member
from .world import FIELD_TYPES, Ids

__all__ = ["EMPTY", "FILLED", "KNOWN", "combined", "field_filters", "written"]

_LIVING_FIELDS: Final = ("title", "summary", "status", "case_id", "created_datetime", "assigned_queue")

FILLED: Final[Mapping[str, Strategy]] = {
    "Text": st.text(ANY, min_size=1, max_size=20).map(lambda text: {"stringValue": text}),
    "Number": st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**53), 2**53)).map(
        lambda number: {"doubleValue": number}
    ),
    "Boolean": st.booleans().map(lambda flag: {"booleanValue": flag}),
    "DateTime": one_of("2030-01-01T12:00:00Z", "1999-12-31T23:59:59.123456+05:30", "2030-06-01t00:00z").map(
        lambda text: {"stringValue": text}
    ),
    "SingleSelect": one_of("high", "low").map(lambda text: {"stringValue": text}),
    "Url": one_of("https://example.com", "http://localhost:8080/a?b=c#d", "https://[::1]/é").map(
        lambda text: {"stringValue": text}
    ),
    "User": one_of(USER_ARN).map(lambda arn: {"userArnValue": arn}),
}
EMPTY: Final[Strategy] = st.just({"emptyValue": {}})


def _fixed(*texts: str) -> Strategy:
    return one_of(*texts).map(lambda text: {"stringValue": text})


_SYSTEM_VALUES: Final[Mapping[str, Strategy]] = {
    "summary": st.one_of(FILLED["Text"], _fixed("", "x" * 3000)),
    "status": _fixed("open", "closed"),
    "case_reason": _fixed("high", "low"),
    "assigned_queue": _fixed(QUEUE_ARN),
    "assigned_user": _fixed(USER_ARN),
    "customer_id": _fixed(PROFILE_ARN),
}
_TITLES: Final = st.one_of(
    st.text(ANY, min_size=1, max_size=20).map(lambda text: {"stringValue": text}), _fixed("x" * 4100)
)


def written(got: Ids, *, always: tuple[str, ...], clearing: bool) -> Strategy:
    """Values to write to a case: each field once, and those that must have a value are not cleared."""
    values = {got.fields[kind]: strategy for kind, strategy in FILLED.items()}
    clearable = {name: st.one_of(value, EMPTY) for name, value in {**values, **_SYSTEM_VALUES}.items()}
    optional = {**(clearable if clearing else {**values, **_SYSTEM_VALUES}), "title": _TITLES}
    optional["status"] = _SYSTEM_VALUES["status"]
    required = {name: {**values, "title": _TITLES}[name] for name in always}
    for name in always:
        del optional[name]
    return st.fixed_dictionaries(required, optional=optional).map(
        lambda chosen: [{"id": name, "value": value} for name, value in chosen.items()]
    )


def field_filters(got: Ids) -> Strategy:
    """Comparisons of a field, each with a field whose type has it."""

    def compare(comparison: str, field_id: str, value: Strategy) -> Strategy:
        return value.map(lambda value: {comparison: {"id": field_id, "value": value}})

    made = [compare("equalTo", got.fields[kind], st.one_of(FILLED[kind], EMPTY)) for kind in FIELD_TYPES]
    made += [compare("equalTo", "status", _fixed("open", "closed", "lost"))]
    made += [compare("contains", got.fields[kind], FILLED[kind]) for kind in ("Text", "Url")]
    made += [
        compare(comparison, got.fields[kind], FILLED[kind])
        for comparison in ("greaterThan", "greaterThanOrEqualTo", "lessThan", "lessThanOrEqualTo")
        for kind in ("Number", "DateTime")
    ]
    return st.one_of(*made)


def _case_filters(got: Ids) -> Strategy:
    leaves = field_filters(got).map(lambda comparison: {"field": comparison})
    if has_member("CaseFilter", "tag"):
        values = st.fixed_dictionaries({"key": one_of("team"), "value": one_of("blue", "")})
        leaves = st.one_of(leaves, values.map(lambda wanted: {"tag": {"equalTo": wanted}}))
    return combined(leaves)


def combined(leaves: Strategy) -> Strategy:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda term: {"not": term}),
            st.lists(inner, max_size=3).map(lambda terms: {"andAll": terms}),
            st.lists(inner, max_size=3).map(lambda terms: {"orAll": terms}),
        ),
        max_leaves=6,
    )


def _layout_fields(got: Ids) -> Strategy:
    names = (*got.fields.values(), "summary", "case_reason")
    return st.lists(one_of(*names), max_size=4, unique=True).map(lambda chosen: [{"id": name} for name in chosen])


def _tag_keys(_: Ids) -> Strategy:
    return st.text(PLAIN, min_size=1, max_size=10)


def _options(_: Ids) -> Strategy:
    active_by_value = st.dictionaries(one_of("high", "old", "new", "é", "x" * 100), st.booleans(), max_size=4)
    return active_by_value.map(
        lambda chosen: [{"name": value[:50], "value": value, "active": active} for value, active in chosen.items()]
    )


def _fields_of_type(params: dict[str, Any]) -> dict[str, Any]:
    """Only text fields have attributes."""
    if params["type"] != "Text":
        params.pop("attributes", None)
    return params


def _needs_a_change(params: dict[str, Any]) -> dict[str, Any]:
    return params if params.keys() - {"domainId", "templateId"} else {**params, "description": "new"}


_BY_SHAPE: Final[Mapping[str, Known]] = {
    "Arn": lambda got: one_of(*got.arns),
    "CaseFilter": _case_filters,
    "CaseId": lambda got: one_of(got.case, got.closed_case),
    "DomainId": lambda got: one_of(got.domain),
    "DomainName": new_name(100),
    "FieldFilter": field_filters,
    "FieldGroupFieldsList": _layout_fields,
    "FieldId": lambda got: one_of(*got.fields.values(), *_LIVING_FIELDS),
    "FieldName": new_name(100),
    "LayoutId": lambda got: one_of(got.layout),
    "LayoutName": new_name(100),
    "MutableTagKey": _tag_keys,
    "RequiredFieldList": lambda got: st.lists(one_of(*got.fields.values()), max_size=3, unique=True).map(
        lambda chosen: [{"fieldId": name} for name in chosen]
    ),
    "TagKey": _tag_keys,
    "TemplateId": lambda got: one_of(got.template),
    "TemplateName": new_name(100),
    "UserArn": lambda _: one_of(USER_ARN),
}
_BY_OPERATION: Final[Mapping[str, Callable[[Ids], Mapping[str, Strategy]]]] = {
    "BatchPutFieldOptions": lambda got: {
        "fieldId": one_of(got.fields["SingleSelect"], "case_reason"),
        "options": _options(got),
    },
    "CreateCase": lambda got: {"fields": written(got, always=("title",), clearing=False)},
    "DeleteField": lambda got: {"fieldId": one_of(*got.fields.values())},
    "ListFieldOptions": lambda got: {"fieldId": one_of(got.fields["SingleSelect"], "status")},
    "TagResource": lambda got: {"tags": st.dictionaries(_tag_keys(got), st.text(ANY, max_size=9), max_size=3)},
    "UpdateCase": lambda got: {"fields": written(got, always=(), clearing=True)},
    "UpdateField": lambda got: {"fieldId": one_of(got.fields["Text"])},
}
_FITTED: Final[Mapping[str, Fit]] = {
    "CreateField": _fields_of_type,
    "UpdateTemplate": _needs_a_change,
}
KNOWN: Final = Knowledge(_BY_SHAPE, _BY_OPERATION, _FITTED)
