"""Accounts in the admin. Secrets and token ids are never shown."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest

from accounts.models import DisciplineProfile, EnjoyableActivity, Injury, Profile, RefreshSession, Settings, User


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = UserCreationForm
    ordering = ("-date_joined",)
    list_display = ("email", "name", "role", "is_active", "is_staff", "date_joined")
    list_filter = ("role", "is_active", "is_staff")
    search_fields = ("email", "name")
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Rights", {"fields": ("role", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)


class DisciplineInline(admin.TabularInline):
    model = DisciplineProfile
    extra = 0


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):
    list_display = ("user", "experience_level", "session_minutes", "time_zone", "onboarding_completed_at")
    list_filter = ("experience_level",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    autocomplete_fields = ("user",)
    inlines = (DisciplineInline,)


@admin.register(Settings)
class SettingsAdmin(admin.ModelAdmin):
    list_display = ("user", "units", "e1rm_formula", "persona_tone", "persona_aggression", "theme")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    autocomplete_fields = ("user",)


@admin.register(Injury)
class InjuryAdmin(admin.ModelAdmin):
    list_display = ("user", "area", "severity", "since", "until")
    list_filter = ("area", "severity")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    autocomplete_fields = ("user",)


@admin.register(EnjoyableActivity)
class EnjoyableActivityAdmin(admin.ModelAdmin):
    list_display = ("user", "type", "custom_name", "recommend_every_days", "enabled")
    list_filter = ("type", "enabled")
    list_select_related = ("user",)
    search_fields = ("user__email", "custom_name")
    autocomplete_fields = ("user",)


@admin.register(RefreshSession)
class RefreshSessionAdmin(admin.ModelAdmin):
    """Devices, to look at and to end; only signing in makes one."""

    list_display = ("user", "device", "last_used_at", "expires_at", "revoked_at", "reuse_detected_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "device")
    fields = readonly_fields = (
        "user",
        "device",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
        "reuse_detected_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
