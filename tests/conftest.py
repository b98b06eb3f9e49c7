"""How hard hypothesis looks: ``HYPOTHESIS_PROFILE=thorough`` for a long look, ``ci`` for the same every time.

``verdict`` is ``ci`` for whom it is enough that a test fails: nothing is done to find the smallest example that does.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

# Machines that test are slow and shared: how long an example takes says nothing.
settings.register_profile(
    "quick", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True)
settings.register_profile("verdict", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate])
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=400)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick"))
