from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, form: Form, **more: object) -> HttpResponse:
    """A page with one form: 422 once something was sent that could not be accepted."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **more}, status=status)
