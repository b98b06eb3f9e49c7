"""Layouts: which fields agents see on a case, in panels made of field names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from ...models.connectcases.layouts import (
    BasicLayout,
    CreateLayoutRequest,
    DeleteLayoutRequest,
    FieldGroup,
    FieldItem,
    GetLayoutRequest,
    GetLayoutResponse,
    LayoutContent,
    LayoutSections,
    LayoutSummary,
    ListLayoutsRequest,
    ListLayoutsResponse,
    Section,
    UpdateLayoutRequest,
)
from .._base import Resource, several
from .._collections import OfDomain
from .._loaded import Loaded
from .._names import MOST_LISTED
from ..schema import FieldName
from ..tags import Tags
from ._resolving import Resolving

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._scope import Scope

__all__ = ["Layout", "Layouts", "ListedLayout", "LoadedLayout", "Panel", "PanelGroup", "PanelInput"]

_NEVER_PLACED = frozenset({"title", "status"})
"""Fields that no layout may have, says the service model: they are always shown."""


@dataclass(frozen=True)
class PanelGroup:
    """A group of fields in a panel."""

    fields: tuple[str, ...]
    """Ids of the fields, from top to bottom."""
    name: str | None = None
    """The title above them, if there is one."""


@dataclass(frozen=True)
class Panel:
    """A panel of a layout. It may be given back, to another layout too."""

    groups: tuple[PanelGroup, ...] = ()
    """Its groups; the service has one in a panel, so far."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Ids of all its fields, from top to bottom."""
        return tuple(field for group in self.groups for field in group.fields)


PanelInput: TypeAlias = "Iterable[FieldName] | Mapping[str, Iterable[FieldName]] | Panel"
"""The fields of a panel, from top to bottom: a list of them, or, where they are to have a title, a mapping of the title
to the list. Each field by its name or id, by a reference, or as the resource that it is."""


class Layout(Resource):
    """A layout, known by its id. ``domain.layout(id)`` makes one without a call."""

    __slots__ = ()

    kind = "layout"

    @property
    def tags(self) -> Tags:
        """Its tags."""
        return Tags(self._scope.caller, self, self._read_arn)

    def update(
        self, *, name: str | None = None, top_panel: PanelInput | None = None, more_info: PanelInput | None = None
    ) -> None:
        """Change what is given; nothing given, no call.

        The service replaces both panels at once. Where one alone is given the layout is read first, so that the other
        stays.

        Args:
            name: Its new name.
            top_panel: The fields above the tabs, instead of those that were there; an empty list for none.
            more_info: The fields of the "More information" tab, likewise.

        Raises:
            RequestError: with every field that isn't there, is there twice, or can't be in a layout; nothing was sent.
            ConflictError: another layout has that name.
            InvalidRequestError: the layout is deleted.
            NotFoundError: there is no such layout.
        """
        resolving = Resolving(self._scope, "UpdateLayout")
        panels = [_panel(resolving, top_panel, "top_panel"), _panel(resolving, more_info, "more_info")]
        resolving.finish()
        content = None
        if top_panel is not None or more_info is not None:
            if None in panels:
                present = self.refresh()
                panels = [panels[0] or present.top_panel, panels[1] or present.more_info]
            content = _content(*panels)
        if name is not None or content is not None:
            self._scope.caller.send(
                UpdateLayoutRequest(domain_id=self.domain_id, layout_id=self._id, name=name, content=content)
            )
            self._scope.layouts.forget()

    def delete(self) -> None:
        """Delete the layout; :meth:`Layouts.get` still reads it by its id.

        Raises:
            NotFoundError: there is no such layout.
        """
        self._scope.caller.send(DeleteLayoutRequest(domain_id=self.domain_id, layout_id=self._id))
        self._scope.layouts.forget()

    def refresh(self) -> LoadedLayout:
        """Read it; gives it anew, with all there is. A deleted one too.

        Raises:
            NotFoundError: there is no such layout.
        """
        request = GetLayoutRequest(domain_id=self.domain_id, layout_id=self._id)
        return LoadedLayout(self._scope, self._scope.caller.send(request))

    def _read_arn(self) -> str:
        return self.refresh().arn


class ListedLayout(Layout):
    """A layout, with what a list says of it."""

    __slots__ = ("_listed",)

    def __init__(self, scope: Scope, listed: LayoutSummary | GetLayoutResponse) -> None:
        super().__init__(scope, listed.layout_id)
        self._listed = listed

    @property
    def name(self) -> str:
        """Its name, unique in the domain."""
        return self._listed.name

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._listed.layout_arn

    def _read_arn(self) -> str:
        return self.arn


class LoadedLayout(Loaded, ListedLayout):
    """A layout, with all there is to read of it, as it was when it was read. Deleted fields aren't in it any more."""

    __slots__ = ("_loaded",)

    def __init__(self, scope: Scope, loaded: GetLayoutResponse) -> None:
        super().__init__(scope, loaded)
        self._loaded = loaded

    @property
    def top_panel(self) -> Panel:
        """The fields above the tabs."""
        basic = self._basic
        return _read_panel(basic.top_panel if basic is not None else None)

    @property
    def more_info(self) -> Panel:
        """The fields of the "More information" tab."""
        basic = self._basic
        return _read_panel(basic.more_info if basic is not None else None)

    def field_names(self, panel: Panel) -> list[str]:
        """What people call the fields of one of its panels. The fields are read, if they weren't before."""
        schema = self._scope.schema.load()
        return [schema.name(field) for field in panel.fields]

    @property
    def _basic(self) -> BasicLayout | None:
        # An answer may lack what it should have.
        return self._loaded.content.basic if cast("object", self._loaded.content) is not None else None

    def _read(self) -> GetLayoutResponse:
        return self._loaded


class Layouts(OfDomain):
    """The layouts of a domain: ``domain.layouts``."""

    __slots__ = ()

    def create(
        self, *, name: str, top_panel: PanelInput | None = None, more_info: PanelInput | None = None
    ) -> ListedLayout:
        """Create a layout.

        ::

            domain.layouts.create(name="Refund", top_panel=["Priority", "Amount"], more_info={"Dates": ["Due date"]})

        Args:
            name: Its name, unique in the domain.
            top_panel: The fields above the tabs; a list, or a mapping of a title to the list.
            more_info: The fields of the "More information" tab, likewise.

        Raises:
            RequestError: with every field that isn't there, is there twice, or can't be in a layout; nothing was sent.
            ConflictError: there is a layout of that name.
            QuotaExceededError: it has more fields than a layout may have.
        """
        resolving = Resolving(self._scope, "CreateLayout")
        panels = _panel(resolving, top_panel, "top_panel"), _panel(resolving, more_info, "more_info")
        resolving.finish()
        request = CreateLayoutRequest(domain_id=self._scope.domain_id, name=name, content=_content(*panels))
        made = self._scope.caller.send(request)
        self._scope.layouts.forget()
        summary = LayoutSummary(layout_id=made.layout_id, layout_arn=made.layout_arn, name=name)
        return ListedLayout(self._scope, summary)

    def ensure(
        self, *, name: str, top_panel: PanelInput | None = None, more_info: PanelInput | None = None
    ) -> LoadedLayout:
        """The layout of this name, created first if there is none, and as it is described here.

        A panel that is left out stays as it is. Where nothing differs, nothing is written.

        Args:
            name: Its name.
            top_panel: The fields above the tabs.
            more_info: The fields of the "More information" tab.

        Raises:
            RequestError: as :meth:`create`.
        """
        present = self._living(name)
        if present is None:
            return self.create(name=name, top_panel=top_panel, more_info=more_info).refresh()
        resolving = Resolving(self._scope, "UpdateLayout")
        top, more = _panel(resolving, top_panel, "top_panel"), _panel(resolving, more_info, "more_info")
        resolving.finish()
        if top in (None, present.top_panel) and more in (None, present.more_info):
            return present
        present.update(top_panel=top or present.top_panel, more_info=more or present.more_info)
        return present.refresh()

    def get(self, layout: str) -> LoadedLayout:
        """The layout with this id or name. By its id a deleted one too.

        Raises:
            UnknownNameError: there is no layout of that name.
            NotFoundError: there is no layout with that id.
        """
        return Layout(self._scope, self._scope.layouts.id(layout)).refresh()

    def find(self, name: str) -> ListedLayout | None:
        """The layout of this name, or ``None``. Reads pages of 100 until it is found."""
        return next((layout for layout in self.list() if layout.name == name), None)

    def list(
        self, *, page_size: int | None = MOST_LISTED, limit: int | None = None, start_token: str | None = None
    ) -> Pager[ListedLayout, ListLayoutsResponse]:
        """All layouts that aren't deleted.

        Args:
            page_size: Most layouts a page may hold, at most 100.
            limit: Most layouts in all.
            start_token: Token of the page to begin with.
        """
        request = ListLayoutsRequest(domain_id=self._scope.domain_id)
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedLayout(self._scope, summary))

    def _living(self, name: str) -> LoadedLayout | None:
        found = self.find(name)
        return found.refresh() if found is not None else None


def _panel(resolving: Resolving, given: PanelInput | None, path: str) -> Panel | None:
    """The panel that ``given`` says, with ids; what is wrong with it is noted."""
    if given is None:
        return None
    seen: dict[str, str] = {}
    groups: list[PanelGroup] = []
    for name, fields, place in _groups(given, path):
        ids = [_placed(resolving, field, f"{place}[{index}]", seen) for index, field in enumerate(fields)]
        groups.append(PanelGroup(tuple(ids), name or None))
    return Panel(tuple(groups))


def _groups(given: PanelInput, path: str) -> Iterator[tuple[str | None, list[FieldName], str]]:
    if isinstance(given, Panel):
        for index, group in enumerate(given.groups):
            yield group.name, [*group.fields], f"{path}.groups[{index}].fields"
    elif isinstance(given, Mapping):
        for name, fields in cast("Mapping[str, Iterable[FieldName]]", given).items():
            yield name, several(fields, f"{path}[{name!r}]"), f"{path}[{name!r}]"
    elif fields := several(given, path):
        yield None, fields, path


def _placed(resolving: Resolving, field: FieldName, path: str, seen: dict[str, str]) -> str:
    id_ = resolving.field(field, path)
    if id_ in _NEVER_PLACED:
        resolving.fault(path, f"is {id_!r}, which agents always see and no layout can have")
    elif id_ in seen:
        # Inferred: nothing official says what becomes of a field that is in a panel twice.
        resolving.fault(path, f"is the field that {seen[id_]} is already")
    elif id_:
        seen[id_] = path
    return id_


def _content(top_panel: Panel | None, more_info: Panel | None) -> LayoutContent:
    return LayoutContent(basic=BasicLayout(top_panel=_sections(top_panel), more_info=_sections(more_info)))


def _sections(panel: Panel | None) -> LayoutSections | None:
    if panel is None:
        return None
    return LayoutSections(sections=[Section(field_group=_field_group(group)) for group in panel.groups])


def _field_group(group: PanelGroup) -> FieldGroup:
    fields = [FieldItem(id=field) for field in group.fields]
    return FieldGroup(fields=fields) if group.name is None else FieldGroup(name=group.name, fields=fields)


def _read_panel(sections: LayoutSections | None) -> Panel:
    groups = [section.field_group for section in (sections.sections if sections is not None else None) or ()]
    return Panel(
        tuple(PanelGroup(tuple(item.id for item in group.fields), group.name or None) for group in groups if group)
    )
