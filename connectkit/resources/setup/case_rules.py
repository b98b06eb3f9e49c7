"""Case rules, which the console calls case field conditions: made of filters, and read back as filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...errors import Fault, RequestError
from ...models.connectcases.case_rules import (
    BatchGetCaseRuleRequest,
    CaseRuleDetails,
    CaseRuleIdentifier,
    CaseRuleSummary,
    CreateCaseRuleRequest,
    DeleteCaseRuleRequest,
    GetCaseRuleResponse,
    ListCaseRulesRequest,
    ListCaseRulesResponse,
    RuleType,
    UpdateCaseRuleRequest,
)
from .._base import Resource, several
from .._batches import Answer, ItemError, read_many, read_one
from .._collections import OfDomain
from .._loaded import Loaded
from .._names import MOST_LISTED
from ..tags import Tags
from . import rules
from ._resolving import CaseRuleName, Resolving
from .rules import FieldOptionsRule, HiddenRule, OtherRule, RequiredRule, Rule

if TYPE_CHECKING:
    from ...pagination import Pager
    from .._scope import Scope

__all__ = [
    "CaseRule",
    "CaseRules",
    "FieldOptionsRule",
    "HiddenRule",
    "ListedCaseRule",
    "LoadedCaseRule",
    "OtherRule",
    "RequiredRule",
    "Rule",
]

_MOST_READ = 50
"""The most rules that BatchGetCaseRule takes, says the service model."""


class CaseRule(Resource):
    """A case rule, known by its id. ``domain.case_rule(id)`` makes one without a call.

    It has no effect until a template refers to it.
    """

    __slots__ = ()

    kind = "case rule"

    @property
    def tags(self) -> Tags:
        """Its tags."""
        return Tags(self._scope.caller, self, self._read_arn)

    def update(self, *, name: str | None = None, rule: Rule | None = None, description: str | None = None) -> None:
        """Change what is given; nothing given, no call. The templates that it is on follow it at once.

        Args:
            name: Its new name.
            rule: What it is to say, instead of what it said; of the same type.
            description: What it is for; an empty text for nothing.

        Raises:
            RequestError: with every field and option of ``rule`` that isn't there; nothing was sent.
            ConflictError: another rule has that name.
            InvalidRequestError: it is deleted, or says another thing than ``rule``: required, hidden or options.
            NotFoundError: there is no such rule.
        """
        details = None if rule is None else rules.details(self._scope, rule, operation="UpdateCaseRule")
        if name is None and details is None and description is None:
            return
        self._scope.caller.send(
            UpdateCaseRuleRequest(
                domain_id=self.domain_id, case_rule_id=self._id, name=name, rule=details, description=description
            )
        )
        self._scope.case_rules.forget()

    def delete(self) -> None:
        """Delete the rule; :meth:`CaseRules.get` still reads it by its id.

        Raises:
            ConflictError: a template refers to it; take it off first.
            NotFoundError: there is no such rule, or it is deleted already.
        """
        self._scope.caller.send(DeleteCaseRuleRequest(domain_id=self.domain_id, case_rule_id=self._id))
        self._scope.case_rules.forget()

    def refresh(self) -> LoadedCaseRule:
        """Read it; gives it anew, with all there is. A deleted one too.

        Raises:
            NotFoundError: there is no such rule.
        """
        scope = self._scope
        return read_one(scope.caller, self._id, lambda ids: _read_rules(scope, ids), operation="BatchGetCaseRule")

    def _read_arn(self) -> str:
        return self.refresh().arn


class ListedCaseRule(CaseRule):
    """A case rule, with what a list says of it."""

    __slots__ = ("_summary",)

    def __init__(self, scope: Scope, summary: CaseRuleSummary) -> None:
        super().__init__(scope, summary.case_rule_id)
        self._summary = summary

    @property
    def name(self) -> str:
        """Its name."""
        return self._summary.name

    @property
    def description(self) -> str | None:
        """What it is for."""
        return self._summary.description

    @property
    def rule_type(self) -> RuleType:
        """What it decides: ``Required``, ``Hidden`` or ``FieldOptions``."""
        return self._summary.rule_type

    @property
    def arn(self) -> str:
        """Its ARN."""
        return self._summary.case_rule_arn

    def _read_arn(self) -> str:
        return self.arn


class LoadedCaseRule(Loaded, ListedCaseRule):
    """A case rule, with all there is to read of it, as it was when it was read."""

    __slots__ = ("_loaded",)

    def __init__(self, scope: Scope, loaded: GetCaseRuleResponse) -> None:
        summary = CaseRuleSummary(
            case_rule_id=loaded.case_rule_id,
            name=loaded.name,
            case_rule_arn=loaded.case_rule_arn,
            rule_type=rules.rule_type(loaded.rule),
            description=loaded.description,
        )
        super().__init__(scope, summary)
        self._loaded = loaded

    @property
    def rule(self) -> Rule:
        """What it says: a ``RequiredRule`` or ``HiddenRule`` with its conditions as filters, or a ``FieldOptionsRule``.

        An ``OtherRule`` where this version can't tell. It may be given to :meth:`CaseRule.update`, to change it, and to
        :meth:`CaseRules.create`, for another like it.
        """
        return rules.read(self._loaded.rule)

    @property
    def details(self) -> CaseRuleDetails:
        """The same as the service has it."""
        return self._loaded.rule

    def _read(self) -> GetCaseRuleResponse:
        return self._loaded


class CaseRules(OfDomain):
    """The case rules of a domain: ``domain.case_rules``."""

    __slots__ = ()

    def create(self, *, name: str, rule: Rule, description: str | None = None) -> ListedCaseRule:
        """Create a case rule; a template is what applies it.

        ::

            high = domain.schema["Priority"].eq("High")
            needed = domain.case_rules.create(name="Amount needed", rule=RequiredRule(when=high))
            domain.templates.create(name="Refund", rules=[(needed, "Amount")])

        Args:
            name: Its name.
            rule: What it says.
            description: What it is for.

        Raises:
            RequestError: with every field and option of ``rule`` that isn't there; nothing was sent.
            ConflictError: there is a rule of that name.
            InvalidRequestError: the service refuses what it says.
            QuotaExceededError: there are as many rules as the domain may have.
        """
        details = rules.details(self._scope, rule, operation="CreateCaseRule")
        return self._create(name, details, description)

    def ensure(self, *, name: str, rule: Rule, description: str | None = None) -> LoadedCaseRule:
        """The case rule of this name, created first if there is none, and as it is described here.

        A description that is left out stays as it is. Where nothing differs, nothing is written.

        Args:
            name: Its name.
            rule: What it says.
            description: What it is for.

        Raises:
            RequestError: there is a rule of that name and another type; or see :meth:`create`.
        """
        wanted = rules.details(self._scope, rule, operation="CreateCaseRule")
        found = self.find(name)
        if found is None:
            return self._create(name, wanted, description).refresh()
        present = found.refresh()
        if (kind := rules.rule_type(wanted)) != present.rule_type:
            problem = f"case rule {name!r} is there and of type {present.rule_type}, which can't change into {kind}"
            raise RequestError(operation="CreateCaseRule", faults=[Fault("rule", problem)])
        new_rule = None if rules.same(wanted, present.details) else rule
        new_description = None if description == (present.description or "") else description
        if new_rule is None and new_description is None:
            return present
        present.update(rule=new_rule, description=new_description)
        return present.refresh()

    def get(self, case_rule: str) -> LoadedCaseRule:
        """The case rule with this id or name. By its id a deleted one too.

        Raises:
            UnknownNameError: there is no case rule of that name.
            NotFoundError: there is no case rule with that id.
        """
        return CaseRule(self._scope, self._scope.case_rules.id(case_rule)).refresh()

    def get_many(self, case_rules: Iterable[CaseRuleName]) -> Sequence[LoadedCaseRule]:
        """The case rules with these ids or names, in this order; a call for every 50.

        Those that the service leaves unprocessed are asked for again, a few times.

        Args:
            case_rules: Ids, names or case rules; by its id a deleted one too.

        Raises:
            RequestError: with every name that no rule has.
            BatchError: some couldn't be read; its ``result`` has those that could.
        """
        resolving = Resolving(self._scope, "BatchGetCaseRule")
        given = several(case_rules, "case_rules")
        ids = [resolving.case_rule(one, f"case_rules[{index}]") for index, one in enumerate(given)]
        resolving.finish()
        scope = self._scope
        return read_many(scope.caller, ids, lambda ids: _read_rules(scope, ids), what="case rules", size=_MOST_READ)

    def find(self, name: str) -> ListedCaseRule | None:
        """The case rule of this name, or ``None``. Reads pages of 100 until it is found."""
        return next((rule for rule in self.list() if rule.name == name), None)

    def list(
        self, *, page_size: int | None = MOST_LISTED, limit: int | None = None, start_token: str | None = None
    ) -> Pager[ListedCaseRule, ListCaseRulesResponse]:
        """All case rules that aren't deleted.

        Args:
            page_size: Most rules a page may hold, at most 100.
            limit: Most rules in all.
            start_token: Token of the page to begin with.
        """
        request = ListCaseRulesRequest(domain_id=self._scope.domain_id)
        pager = self._scope.caller.paginate(request, page_size=page_size, limit=limit, start_token=start_token)
        return pager.map(lambda summary: ListedCaseRule(self._scope, summary))

    def _create(self, name: str, details: CaseRuleDetails, description: str | None) -> ListedCaseRule:
        request = CreateCaseRuleRequest(
            domain_id=self._scope.domain_id, name=name, rule=details, description=description
        )
        made = self._scope.caller.send(request)
        self._scope.case_rules.forget()
        summary = CaseRuleSummary(
            case_rule_id=made.case_rule_id,
            name=name,
            case_rule_arn=made.case_rule_arn,
            rule_type=rules.rule_type(details),
            description=description,
        )
        return ListedCaseRule(self._scope, summary)


def _read_rules(scope: Scope, ids: Sequence[str]) -> Answer[LoadedCaseRule]:
    wanted = [CaseRuleIdentifier(id=id_) for id_ in ids]
    answer = scope.caller.send(BatchGetCaseRuleRequest(domain_id=scope.domain_id, case_rules=wanted))
    # What is unprocessed is in neither, and so asked for again.
    found = {rule.case_rule_id: LoadedCaseRule(scope, rule) for rule in answer.case_rules or ()}
    failed = [ItemError(error.id, error.error_code, error.message or "") for error in answer.errors or ()]
    return Answer(found, failed, answer)
