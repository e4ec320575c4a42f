"""The coach over the API."""

from django.urls import path

from .views import conversations

urlpatterns = [
    path("coach/conversations", conversations.ConversationListView.as_view()),
    path("coach/conversations/<uuid:pk>", conversations.ConversationView.as_view()),
    path("coach/conversations/<uuid:pk>/turns", conversations.TurnListView.as_view()),
]
