from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from arasha.access.table import policy_table, post_table


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Who may see what: the rules in force, for everybody."""
    return render(
        request, "access/public_policy.html", {"sections": policy_table(), "posts": post_table()}
    )
