import pytest
import yaml
from pydantic import ValidationError

from programs.engine.heuristics import DEFAULTS, default_heuristics
from programs.models import HeuristicConfig
from programs.services.configuration import ENGINE, active_heuristics

pytestmark = pytest.mark.django_db


def body():
    return yaml.safe_load(DEFAULTS.read_text())


def test_without_a_stored_version_the_packaged_one_is_used():
    assert active_heuristics() == default_heuristics()


def test_the_active_version_in_the_database_wins():
    HeuristicConfig.objects.create(name=ENGINE, version=1, body={**body(), "version": "old"}, active=False)
    HeuristicConfig.objects.create(name=ENGINE, version=2, body={**body(), "version": "mine-2"}, active=True)
    assert active_heuristics().config_version == "mine-2"


def test_a_body_of_the_wrong_shape_is_refused_loudly():
    HeuristicConfig.objects.create(name=ENGINE, version=1, body={"version": "x"}, active=True)
    with pytest.raises(ValidationError):
        active_heuristics()
