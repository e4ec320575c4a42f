import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import Http404
from pydantic import ValidationError

from programs.engine.configuration import SCORING, packaged_body, release
from programs.engine.heuristics import default_heuristics
from programs.models import HeuristicConfig
from programs.selectors.configurations import active_version, require_version, version_differences, versions_of
from programs.services.configuration import (
    ENGINE,
    ConfigInvalidError,
    activate_version,
    active_heuristics,
    reload_configuration,
    save_version,
)

pytestmark = pytest.mark.django_db


def rest(seconds):
    """A body that changes the main rest of strength and is silent on all else."""
    leaf = {"value": seconds, "grade": "B", "source": "Example 2026", "because": "To see it change."}
    return {"goals": {"strength": {"main_rest": leaf}}}


def stored(body, name=ENGINE):
    return save_version(name=name, body=body, user=None)


def test_without_a_stored_version_the_packaged_one_is_used(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert active_heuristics() == default_heuristics()
    assert [(one.name, one.version, one.active) for one in versions_of()] == [("engine", 1, True), ("scoring", 1, True)]


def test_a_saved_version_counts_only_once_it_is_active_and_version_one_brings_the_packaged_back():
    row = stored(rest([200, 240]))
    assert active_heuristics() == default_heuristics()
    activate_version(name=ENGINE, version=row.version, user=None)
    now = active_heuristics()
    assert now.goals["strength"].main_rest == (200, 240)
    assert now.sources["goals.strength.main_rest"].source == "Example 2026"
    assert now.config_version == f"{release()}+engine.2"
    activate_version(name=ENGINE, version=1, user=None)
    assert active_heuristics() == default_heuristics()


def test_a_version_that_lacks_a_newer_value_takes_the_shipped_one_with_its_source():
    row = stored(rest([200, 240]))
    activate_version(name=ENGINE, version=row.version, user=None)
    now, shipped = active_heuristics(), default_heuristics()
    assert now.time == shipped.time
    assert now.sources["time.transition"] == shipped.sources["time.transition"]


def test_scoring_is_a_configuration_of_its_own():
    leaf = packaged_body(SCORING)["runners_up"]
    row = stored({"runners_up": {**leaf, "value": 5}}, name=SCORING)
    activate_version(name=SCORING, version=row.version, user=None)
    assert active_heuristics().scoring.runners_up == 5
    assert active_heuristics().config_version == f"{release()}+scoring.2"
    assert active_version(ENGINE).version == 1


def test_one_version_is_active_at_a_time():
    for seconds in (200, 210, 220):
        row = stored(rest([seconds, 240]))
        activate_version(name=ENGINE, version=row.version, user=None)
    assert [one.version for one in versions_of() if one.active] == [4, 1]
    assert HeuristicConfig.objects.filter(active=True).count() == 1


def test_the_difference_names_the_path_and_both_values():
    row = stored(rest([200, 240]))
    (one,) = version_differences(require_version(ENGINE, 1), require_version(ENGINE, row.version))
    assert (one.path, one.kind) == ("goals.strength.main_rest", "changed")
    assert (one.old.value, one.new.value) == ([150, 300], [200, 240])
    assert one.new.source == "Example 2026"


def test_a_body_that_cannot_work_is_refused_with_the_path_and_nothing_is_stored():
    with pytest.raises(ConfigInvalidError) as refused:
        stored(rest([300, 100]))
    assert list(refused.value.errors) == ["goals.strength.main_rest"]
    assert "smaller number first" in str(refused.value)
    assert not HeuristicConfig.objects.exists()


def test_an_unknown_name_or_version_is_not_found():
    for name, version in (("engine", 9), ("nonsense", 1)):
        with pytest.raises(Http404):
            activate_version(name=name, version=version, user=None)


def test_a_stored_body_of_the_wrong_shape_is_refused_loudly():
    broken = {"goals": {"strength": {"main_rest": {**rest([1, 2])["goals"]["strength"]["main_rest"], "value": "x"}}}}
    HeuristicConfig.objects.create(name=ENGINE, version=2, body=broken, active=True)
    with pytest.raises(ValidationError):
        active_heuristics()


def test_a_change_behind_the_back_of_this_process_counts_at_the_next_generation():
    """The database is asked each time: what another process activates needs no restart here."""
    row = stored(rest([200, 240]))
    activate_version(name=ENGINE, version=row.version, user=None)
    assert active_heuristics().goals["strength"].main_rest == (200, 240)
    other = HeuristicConfig.objects.get(pk=row.pk)
    other.body = rest([205, 240])
    other.save()
    assert active_heuristics().goals["strength"].main_rest == (205, 240)
    assert reload_configuration() == active_heuristics()


@pytest.mark.django_db(transaction=True)
def test_another_process_works_with_what_this_one_activated():
    row = stored(rest([200, 240]))
    name = settings.DATABASES["default"]["NAME"]
    code = (
        "import sys, django; django.setup()\n"
        "from django.conf import settings; settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
        "from django.db import connections; connections['default'].settings_dict['NAME'] = sys.argv[1]\n"
        "from programs.services.configuration import active_heuristics as now\n"
        "for line in sys.stdin: print(now().config_version, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "gainsly.settings"},
    )

    def asked():
        process.stdin.write("?\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    try:
        assert asked() == release()
        activate_version(name=ENGINE, version=row.version, user=None)
        assert asked() == f"{release()}+engine.2"
    finally:
        process.communicate()
