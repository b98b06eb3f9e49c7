"""A Cases domain as its facades share it: how to call the service, and what is known of the domain's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._names import MOST_LISTED, Names
from .schema import Schema

if TYPE_CHECKING:
    from .._caller import Caller
    from ..filters import AnyRef

__all__ = ["Scope"]


class Scope:
    """One per domain and kit, made when the domain is first named."""

    def __init__(self, caller: Caller, domain_id: str) -> None:
        self.caller: Caller = caller
        self.domain_id: str = domain_id
        self.schema: Schema = Schema(caller, domain_id)
        where = f"domain {domain_id}"
        self.layouts: Names = Names(caller, "layout", where, self._read_layouts)
        self.templates: Names = Names(caller, "template", where, self._read_templates)
        self.case_rules: Names = Names(caller, "case rule", where, self._read_case_rules)
        self.other_fields: dict[str, AnyRef | None] = {}
        """Fields outside the schema, deleted ones, by id; ``None`` for one that isn't there at all."""
        self._arn: str | None = None

    @classmethod
    def of(cls, caller: Caller, domain_id: str) -> Scope:
        """The scope that all who name this domain share."""
        return caller.shared(("domain", domain_id), lambda: cls(caller, domain_id))

    def arn(self) -> str:
        """ARN of the domain, which never changes; read when first asked for."""
        if self._arn is None:
            from ..models.connectcases.domains import GetDomainRequest

            self._arn = self.caller.send(GetDomainRequest(domain_id=self.domain_id)).domain_arn
        return self._arn

    def _read_layouts(self) -> list[tuple[str, str]]:
        from ..models.connectcases.layouts import ListLayoutsRequest

        pager = self.caller.paginate(ListLayoutsRequest(domain_id=self.domain_id), page_size=MOST_LISTED)
        return [(layout.name, layout.layout_id) for layout in pager]

    def _read_templates(self) -> list[tuple[str, str]]:
        from ..models.connectcases.templates import ListTemplatesRequest

        pager = self.caller.paginate(ListTemplatesRequest(domain_id=self.domain_id), page_size=MOST_LISTED)
        return [(template.name, template.template_id) for template in pager]

    def _read_case_rules(self) -> list[tuple[str, str]]:
        from ..models.connectcases.case_rules import ListCaseRulesRequest

        pager = self.caller.paginate(ListCaseRulesRequest(domain_id=self.domain_id), page_size=MOST_LISTED)
        return [(rule.name, rule.case_rule_id) for rule in pager]
