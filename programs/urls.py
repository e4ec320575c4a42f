"""Paths of the program pages, below /programs/."""

from django.urls import path

from .views import editing, evidence, program, refinement, replanning, session, substitutes, templates, wizard

app_name = "programs"
urlpatterns = [
    path("", program.program_list, name="list"),
    path("current/", program.current, name="current"),
    path("evidence/", evidence.evidence, name="evidence"),
    path("new/", wizard.wizard, name="wizard"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:slug>/", templates.template, name="template"),
    path("grade/", templates.grade, name="grade"),
    path("substitutes/<str:key>/", substitutes.substitutes, name="substitutes"),
    path("<uuid:pk>/", program.program, name="program"),
    path("<uuid:pk>/activate/", program.activate, name="activate"),
    path("<uuid:pk>/favorite/", program.favorite, name="favorite"),
    path("<uuid:pk>/duplicate/", program.duplicate, name="duplicate"),
    path("<uuid:pk>/replan/", replanning.replan, name="replan"),
    path("<uuid:pk>/replan/undo/", replanning.undo, name="replan_undo"),
    path("<uuid:pk>/refinement/", refinement.progress, name="refinement"),
    path("<uuid:pk>/refine/", refinement.ask, name="refine"),
    path("<uuid:pk>/delete/", program.delete, name="delete"),
    path("sessions/<uuid:pk>/", session.session, name="session"),
    path("sessions/<uuid:pk>/move/", session.move, name="move"),
    path("sessions/<uuid:pk>/skip/", session.skip, name="skip"),
    path("sessions/<uuid:pk>/refinement/undo/", refinement.undo, name="refinement_undo"),
    path("sessions/<uuid:pk>/swap/", editing.swap, name="swap"),
    path("sessions/<uuid:pk>/edit/", editing.edit, name="edit"),
    path("sessions/<uuid:pk>/lock/exercise/", editing.lock_exercise, name="lock_exercise"),
    path("sessions/<uuid:pk>/lock/", session.lock, name="lock"),
]
