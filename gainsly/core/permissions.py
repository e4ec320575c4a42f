"""Who may use an endpoint beyond being signed in."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from gainsly.lib.vocabulary import Role

ADMINS = frozenset({Role.ADMIN.value, Role.SUPER_ADMIN.value})


class IsAdmin(BasePermission):
    """Admins only; everybody else is told 403 (`forbidden`), visitors 401."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return getattr(request.user, "role", None) in ADMINS


class ReadsOrIsAdmin(IsAdmin):
    """Athletes read, admins write."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method in SAFE_METHODS:
            return bool(request.user and request.user.is_authenticated)
        return super().has_permission(request, view)
