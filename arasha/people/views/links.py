"""Links that open an account: joining, a lost passkey, and the demo's one-time sign-in."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import ANONYMOUS
from arasha.people import selectors, services
from arasha.people.errors import LinkDeadError
from arasha.people.forms import JoinForm, NewPasswordForm
from arasha.people.limits import limit_tries
from arasha.people.models import User
from arasha.people.views.answers import form_page


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Looking does not use the link up: mail programs look at links."""
    limit_tries(request)
    now = timezone.now()
    invitation = selectors.invitation_behind(viewer=ANONYMOUS, token=token, at=now)
    if invitation is None:
        raise LinkDeadError
    person = User(email=invitation.email, full_name=invitation.full_name)
    form = JoinForm(request.POST or None, user=person, initial={"language": invitation.language})
    if not form.is_valid():
        return form_page(request, "people/join.html", form, person=person, post=invitation.post)
    user = services.accept_invitation(
        token=token,
        password=form.cleaned_data["password"],
        language=form.cleaned_data["language"],
        at=now,
    )
    return _sign_in_with_password(request, user)


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, token: str) -> HttpResponse:
    limit_tries(request)
    now = timezone.now()
    restoration = selectors.restoration_behind(viewer=ANONYMOUS, token=token, at=now)
    if restoration is None:
        raise LinkDeadError
    form = NewPasswordForm(request.POST or None, user=restoration.user)
    if not form.is_valid():
        return form_page(request, "people/restore.html", form, person=restoration.user)
    user = services.restore(token=token, password=form.cleaned_data["password"], at=now)
    return _sign_in_with_password(request, user)


@require_GET
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """The demo only: the link is the password and the second factor."""
    limit_tries(request)
    user = services.use_sign_in_link(token=token, at=timezone.now())
    get_adapter(request).logout(request)
    record_authentication(request, user, method="demo")
    get_adapter(request).login(request, user)
    return redirect("home")


def _sign_in_with_password(request: HttpRequest, user: User) -> HttpResponse:
    """The password was set a moment ago; what is missing now is the second factor."""
    get_adapter(request).logout(request)
    record_authentication(request, user, method="password", email=user.email)
    answer: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=reverse("mfa_index"))
    )
    return answer
