"""The coach over the API."""

from django.urls import path

from .views import adaptation, conversations, keeping, sentence, standing

urlpatterns = [
    path("days/<str:date>/adapt", adaptation.AdaptView.as_view()),
    path("days/<str:date>/adapt/stream", adaptation.AdaptStreamView.as_view()),
    path("days/<str:date>/accept", adaptation.AcceptView.as_view()),
    path("days/<str:date>/reject", adaptation.RejectView.as_view()),
    path("programs/read", sentence.SentenceView.as_view()),
    path("coach/conversations", conversations.ConversationListView.as_view()),
    path("coach/conversations/<uuid:pk>", conversations.ConversationView.as_view()),
    path("coach/conversations/<uuid:pk>/restore", keeping.RestoreView.as_view()),
    path("coach/conversations/<uuid:pk>/export", keeping.TranscriptView.as_view()),
    path("coach/conversations/<uuid:pk>/context", standing.ThreadContextView.as_view()),
    path("coach/export", keeping.ExportView.as_view()),
    path("coach/context", standing.ContextView.as_view()),
    path("coach/standing-notes", standing.NoteListView.as_view()),
    path("coach/standing-notes/<uuid:note_pk>", standing.NoteView.as_view()),
    path("coach/standing-notes/<uuid:note_pk>/confirm", standing.ConfirmView.as_view()),
    path("coach/standing-notes/<uuid:note_pk>/end", standing.EndView.as_view()),
    path("coach/conversations/<uuid:pk>/turns", conversations.TurnListView.as_view()),
    path(
        "coach/conversations/<uuid:pk>/turns/<uuid:turn_pk>/confirm/<int:number>", conversations.ConfirmView.as_view()
    ),
]
