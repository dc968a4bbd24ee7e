from django.urls import path

from arasha.handoffs import views

app_name = "handoffs"
urlpatterns = [path("", views.passed_list, name="list")]
