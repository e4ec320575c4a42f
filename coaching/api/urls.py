"""The coach over the API."""

from django.urls import path

from .views import adaptation, conversations, sentence

urlpatterns = [
    path("days/<str:date>/adapt", adaptation.AdaptView.as_view()),
    path("days/<str:date>/adapt/stream", adaptation.AdaptStreamView.as_view()),
    path("days/<str:date>/accept", adaptation.AcceptView.as_view()),
    path("days/<str:date>/reject", adaptation.RejectView.as_view()),
    path("programs/read", sentence.SentenceView.as_view()),
    path("coach/conversations", conversations.ConversationListView.as_view()),
    path("coach/conversations/<uuid:pk>", conversations.ConversationView.as_view()),
    path("coach/conversations/<uuid:pk>/turns", conversations.TurnListView.as_view()),
]
