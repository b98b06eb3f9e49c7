"""boto3 clients: made when first needed, one per service, from what the caller gave us; or the caller's own."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any, cast

from ..errors import ConfigurationError
from .capture import watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    import boto3
    from botocore.config import Config

__all__ = ["Clients"]

_log = logging.getLogger("connectkit")
# What botocore uses where a client's configuration doesn't say.
_DEFAULT_ATTEMPTS = {"legacy": 5, "standard": 3, "adaptive": 3}


class Clients:
    """The raw boto3 client of each service. Safe to share between threads."""

    def __init__(
        self,
        *,
        session: boto3.Session | None,
        region_name: str | None,
        profile_name: str | None,
        endpoint_url: str | None,
        config: Config | None,
        own: Mapping[str, Any],
    ) -> None:
        self._session = session
        self._region_name = region_name
        self._profile_name = profile_name
        self._endpoint_url = endpoint_url
        self._config = config
        self._lock = threading.Lock()
        self._clients: dict[str, Any] = {}
        self._retrying: set[str] = set()
        for service, client in own.items():
            if client is not None:
                self._clients[service] = self._adopted(service, client)

    def get(self, service: str) -> Any:
        """The client of ``service``.

        Raises:
            ConfigurationError: it can't be made, e.g. for want of a region.
        """
        client = self._clients.get(service)
        if client is None:
            # boto3 sessions aren't made for several threads at once.
            with self._lock:
                client = self._clients.get(service)
                if client is None:
                    client = self._clients[service] = self._made(service)
        return client

    def retries_by_itself(self, service: str) -> bool:
        """Whether the client is the caller's own and repeats failed calls; then nobody else should."""
        return service in self._retrying

    def _made(self, service: str) -> Any:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError

        from .translate import configuration_error

        # Ours alone: three attempts over three are nine calls. And the check before a call is ours as well.
        config = Config(retries={"total_max_attempts": 1, "mode": "standard"}, parameter_validation=False)
        if self._config is not None:
            config = self._config.merge(config)
            if getattr(self._config, "retries", None):
                _log.warning("Config(retries=...) is left aside: RetryPolicy decides how often connectkit tries")
        try:
            if self._session is None:
                self._session = boto3.Session(region_name=self._region_name, profile_name=self._profile_name)
            session = cast("Any", self._session)  # its stubs know literal service names, not a variable
            client = session.client(
                service,
                region_name=self._region_name,
                endpoint_url=self._endpoint_url,
                config=config,
            )
        except (BotoCoreError, ValueError) as error:
            raise configuration_error(error) from error
        watch(client)
        return client

    def _adopted(self, service: str, client: Any) -> Any:
        has = client.meta.service_model.service_name
        if has != service:
            raise ConfigurationError(f"the client given as {service} is one for {has}")
        retries: dict[str, Any] = client.meta.config.retries or {}
        mode: str = retries.get("mode", "legacy")
        attempts: int = retries.get("total_max_attempts", _DEFAULT_ATTEMPTS.get(mode, 1))
        if attempts > 1:
            self._retrying.add(service)
            _log.warning(
                "the %s client handed in retries by itself (%s mode, up to %d attempts), so connectkit does not; "
                "make it with Config(retries={'total_max_attempts': 1}) to have RetryPolicy decide",
                service,
                mode,
                attempts,
            )
        watch(client)
        return client
