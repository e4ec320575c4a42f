import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Profile, RefreshSession, Settings, User
from tests.factories.accounts import PASSWORD, RefreshSessionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> APIClient:
    return APIClient()


def bearer(tokens: dict) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    return client


def register(api: APIClient, **changes: object):
    body = {"email": "alice@example.com", "password": PASSWORD, "name": "Alice", **changes}
    return api.post("/api/v1/auth/register", body)


def login(api: APIClient, email: str = "alice@example.com", password: str = PASSWORD, **extra: object):
    return api.post("/api/v1/auth/login", {"email": email, "password": password}, **extra)


class TestRegister:
    def test_answers_a_pair_of_tokens_that_works(self, api):
        answer = register(api)
        assert answer.status_code == 201
        assert set(answer.json()) == {"access", "refresh"}
        me = bearer(answer.json()).get("/api/v1/auth/me").json()
        assert (me["email"], me["name"], me["role"]) == ("alice@example.com", "Alice", "user")

    def test_makes_profile_settings_and_address_with_the_account(self, api):
        register(api)
        user = User.objects.get()
        assert Profile.objects.get().user == user
        assert Settings.objects.get().user == user
        assert EmailAddress.objects.get().email == "alice@example.com"

    def test_lets_the_account_sign_in_at_the_html_form(self, api, client):
        register(api)
        client.post(reverse("account_login"), {"login": "Alice@Example.com", "password": PASSWORD})
        if "_auth_user_id" not in client.session:
            pytest.fail("the account made over the API cannot sign in in the browser")

    def test_keeps_the_address_in_lower_case_and_refuses_it_in_any_other(self, api):
        register(api, email="Alice@Example.COM")
        assert User.objects.get().email == "alice@example.com"
        answer = register(api, email="ALICE@example.com")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["email"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"email": "nobody"}, "email"),
            ({"email": ""}, "email"),
            ({"email": "a" * 250 + "@example.com"}, "email"),
            ({"password": "short"}, "password"),
            ({"password": "1234567890"}, "password"),
            ({"password": "password1234"}, "password"),
            ({"password": "alice@example.com"}, "password"),
            ({"password": None}, "password"),
            ({"name": "x" * 121}, "name"),
            ({"role": "admin"}, "role"),
        ],
    )
    def test_refuses_bad_input_at_its_field_and_saves_nothing(self, api, changes, field):
        answer = register(api, **changes)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]
        assert not User.objects.exists()

    def test_is_limited_by_address(self, api):
        for number in range(20):
            assert register(api, email=f"a{number}@example.com").status_code == 201
        refused = register(api, email="late@example.com")
        assert refused.status_code == 429
        assert int(refused["Retry-After"]) > 0
        assert refused.json()["code"] == "throttled"
        assert register(APIClient(REMOTE_ADDR="127.0.0.9"), email="late@example.com").status_code == 201

    def test_trusts_no_forwarded_address_unless_told_to(self, api, settings):
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "register": (1, 3600)}
        assert register(api, email="a@example.com").status_code == 201
        assert register(APIClient(HTTP_X_FORWARDED_FOR="10.0.0.1"), email="b@example.com").status_code == 429
        settings.TRUST_PROXY = True
        assert register(APIClient(HTTP_X_FORWARDED_FOR="6.6.6.6, 10.0.0.1"), email="b@example.com").status_code == 201
        assert register(APIClient(HTTP_X_FORWARDED_FOR="7.7.7.7, 10.0.0.1"), email="c@example.com").status_code == 429

    def test_asks_for_a_confirmed_address_where_the_installation_does(self, api, settings):
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        answer = register(api)
        assert (answer.status_code, answer.json()["code"]) == (403, "email_unverified")
        assert [message.to for message in mail.outbox] == [["alice@example.com"]]
        assert login(api).status_code == 403
        EmailAddress.objects.update(verified=True)
        assert login(api).status_code == 200


class TestLogin:
    def test_answers_tokens_whatever_the_case_of_the_address(self, api):
        UserFactory(email="alice@example.com")
        answer = login(api, "ALICE@example.com")
        assert answer.status_code == 200
        assert set(answer.json()) == {"access", "refresh"}
        assert User.objects.get().last_login is not None

    def test_answers_alike_for_a_wrong_password_an_unknown_address_and_an_inactive_account(self, api):
        UserFactory(email="alice@example.com")
        UserFactory(email="gone@example.com", is_active=False)
        answers = [
            login(api, "alice@example.com", "wrong-one"),
            login(api, "nobody@example.com"),
            login(api, "gone@example.com"),
        ]
        bodies = [{**answer.json(), "request_id": None} for answer in answers]
        assert bodies[0] == bodies[1] == bodies[2]
        assert bodies[0]["code"] == "bad_credentials"
        assert {answer.status_code for answer in answers} == {401}

    def test_hashes_once_for_known_and_unknown_addresses(self, api, monkeypatch):
        UserFactory(email="alice@example.com")
        hashed = []
        encode = MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
        login(api, "alice@example.com", "wrong-one")
        known = len(hashed)
        login(api, "nobody@example.com", "wrong-one")
        assert len(hashed) == 2 * known > 0

    def test_locks_an_account_after_ten_failures_even_for_the_right_password(self, api):
        UserFactory(email="alice@example.com")
        for number in range(10):
            assert login(api, password="wrong-one", REMOTE_ADDR=f"127.0.1.{number}").status_code == 401
        refused = login(api, REMOTE_ADDR="127.0.2.1")
        assert refused.status_code == 429
        assert 0 < int(refused["Retry-After"]) <= 1800

    def test_locks_an_unknown_address_just_the_same(self, api):
        for number in range(10):
            login(api, "nobody@example.com", REMOTE_ADDR=f"127.0.1.{number}")
        assert login(api, "nobody@example.com", REMOTE_ADDR="127.0.2.1").status_code == 429

    def test_limits_the_guesses_from_one_address_over_many_accounts(self, api):
        for number in range(10):
            login(api, f"a{number}@example.com")
        assert login(api, "another@example.com").status_code == 429

    def test_is_open_again_after_the_window(self, api):
        UserFactory(email="alice@example.com")
        with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), tick=False) as clock:
            for _ in range(10):
                login(api, password="wrong-one")
            wait = int(login(api)["Retry-After"])
            clock.shift(wait + 1)
            assert login(api).status_code == 200

    def test_does_not_count_successes(self, api):
        UserFactory(email="alice@example.com")
        assert {login(api).status_code for _ in range(12)} == {200}

    def test_shares_its_count_of_failures_with_the_html_form(self, api, client):
        UserFactory(email="alice@example.com")
        for _ in range(10):
            login(api, password="wrong-one")
        client.post(reverse("account_login"), {"login": "alice@example.com", "password": PASSWORD})
        assert "_auth_user_id" not in client.session

    def test_ignores_a_token_that_is_no_longer_good(self, api):
        UserFactory(email="alice@example.com")
        api.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
        assert login(api).status_code == 200


class TestRefresh:
    @pytest.fixture
    def tokens(self, api) -> dict:
        UserFactory(email="alice@example.com")
        return login(api).json()

    def refresh(self, api, token):
        return api.post("/api/v1/auth/refresh", {"refresh": token})

    def test_rotates_both_tokens_in_the_same_session(self, api, tokens):
        answer = self.refresh(api, tokens["refresh"])
        assert answer.status_code == 200
        fresh = answer.json()
        assert fresh["refresh"] != tokens["refresh"]
        assert bearer(fresh).get("/api/v1/auth/me").status_code == 200
        assert RefreshSession.objects.count() == 1

    def test_a_token_used_twice_ends_the_whole_family(self, api, tokens):
        fresh = self.refresh(api, tokens["refresh"]).json()
        again = self.refresh(api, tokens["refresh"])
        assert (again.status_code, again.json()["code"]) == (401, "token_invalid")
        assert self.refresh(api, fresh["refresh"]).status_code == 401
        session = RefreshSession.objects.get()
        assert session.reuse_detected_at is not None
        assert session.revoked_at is not None

    def test_reuse_on_one_device_leaves_the_others_signed_in(self, api, tokens):
        other = login(api).json()
        self.refresh(api, tokens["refresh"])
        self.refresh(api, tokens["refresh"])
        assert self.refresh(api, other["refresh"]).status_code == 200

    @pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "x" * 2001, None, 5])
    def test_refuses_what_is_no_token(self, api, token):
        assert self.refresh(api, token).status_code in {400, 401}

    def test_refuses_an_access_token(self, api, tokens):
        assert self.refresh(api, tokens["access"]).status_code == 401

    def test_refuses_a_token_after_seven_days(self, api, tokens):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=7, minutes=1)):
            assert self.refresh(api, tokens["refresh"]).status_code == 401

    def test_refuses_an_inactive_user(self, api, tokens):
        User.objects.update(is_active=False)
        assert self.refresh(api, tokens["refresh"]).status_code == 401
        assert bearer(tokens).get("/api/v1/auth/me").status_code == 401

    def test_an_access_token_ends_after_thirty_minutes(self, tokens):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=31)):
            answer = bearer(tokens).get("/api/v1/auth/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")


class TestLogout:
    def test_ends_the_session_of_the_token(self, api):
        UserFactory(email="alice@example.com")
        tokens = login(api).json()
        assert api.post("/api/v1/auth/logout", {"refresh": tokens["refresh"]}).status_code == 204
        assert api.post("/api/v1/auth/refresh", {"refresh": tokens["refresh"]}).status_code == 401

    def test_is_no_error_for_a_token_that_is_gone_already(self, api):
        assert api.post("/api/v1/auth/logout", {"refresh": "nonsense"}).status_code == 204


class TestSessions:
    def test_lists_my_devices_and_marks_this_one(self, api):
        UserFactory(email="alice@example.com")
        login(api, HTTP_USER_AGENT="Phone")
        tokens = login(api, HTTP_USER_AGENT="Laptop").json()
        RefreshSessionFactory(device="of somebody else")
        rows = bearer(tokens).get("/api/v1/auth/sessions").json()
        assert {(row["device"], row["current"]) for row in rows} == {("Phone", False), ("Laptop", True)}

    def test_ends_one_device(self, api):
        UserFactory(email="alice@example.com")
        phone, laptop = login(api).json(), login(api).json()
        other = next(row for row in bearer(laptop).get("/api/v1/auth/sessions").json() if not row["current"])
        assert bearer(laptop).delete(f"/api/v1/auth/sessions/{other['id']}").status_code == 204
        assert api.post("/api/v1/auth/refresh", {"refresh": phone["refresh"]}).status_code == 401
        assert bearer(laptop).delete(f"/api/v1/auth/sessions/{other['id']}").status_code == 404


class TestMe:
    def test_needs_somebody_signed_in(self, api):
        answer = api.get("/api/v1/auth/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_erases_the_account_with_everything_it_owns(self, api):
        tokens = register(api).json()
        me = bearer(tokens)
        me.post("/api/v1/settings/injuries", {"area": "knee", "severity": 1})
        assert me.delete("/api/v1/auth/me", {"password": PASSWORD}).status_code == 204
        assert not User.objects.exists()
        assert not Profile.objects.exists()
        assert not EmailAddress.objects.exists()
        assert me.get("/api/v1/auth/me").status_code == 401

    def test_erases_nothing_without_the_right_password(self, api):
        me = bearer(register(api).json())
        answer = me.delete("/api/v1/auth/me", {"password": "wrong-one"})
        assert (answer.status_code, answer.json()["code"]) == (400, "password_wrong")
        assert me.delete("/api/v1/auth/me", {}).status_code == 400
        assert User.objects.exists()

    def test_takes_the_session_cookie_too_with_csrf(self):
        client = APIClient(enforce_csrf_checks=True)
        client.force_login(UserFactory())
        assert client.get("/api/v1/auth/me").status_code == 200
        refused = client.delete("/api/v1/auth/me", {"password": PASSWORD})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
