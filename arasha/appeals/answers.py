"""Answers that programs read."""

from django.http import JsonResponse

from arasha.problems import Problem


def told(problem: Problem) -> JsonResponse:
    said = {
        "problem": problem.code,
        "happened": problem.what_happened,
        "next": problem.what_next,
    }
    return JsonResponse(said, status=problem.status)
