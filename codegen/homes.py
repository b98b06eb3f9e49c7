"""Which module each class lives in. Generated modules import in one direction, so the order of the modules decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.description import Service


def settle(service: Service, users: Mapping[str, set[str]], own: Mapping[str, Sequence[str]]) -> None:
    """Give every class and enum of a service a home: its only user, or the first of those that share it.

    Args:
        service: gets the homes; its modules come out with those of ``own`` before the others.
        users: by class or enum, the modules whose operations lead to it.
        own: by module, what lives there although only others use it.
    """
    order = [*own, *service.modules]
    for name, modules in users.items():
        service.homes[name] = min(modules, key=order.index)
    for module, names in own.items():
        for name in names:
            _pull(service, name, module, order)
    service.modules = {module: [] for module in order}
    for name, home in service.homes.items():
        service.modules[home].append(name)


def _pull(service: Service, name: str, module: str, order: list[str]) -> None:
    """Move a class and what it needs up to ``module``, so that imports keep pointing upwards."""
    service.homes[name] = module
    for needed in service.needs(name):
        if order.index(service.homes[needed]) > order.index(module):
            _pull(service, needed, module, order)
