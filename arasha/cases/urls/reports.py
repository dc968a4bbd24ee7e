from django.urls import path

from arasha.cases.views import reports

urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.take, name="take_report"),
    path("reports/<uuid:key>/", reports.report, name="report"),
    path("reports/<uuid:key>/register/", reports.register, name="register_report"),
    path("reports/<uuid:key>/pass-on/", reports.pass_on, name="pass_on_report"),
    path("reports/<uuid:key>/join/", reports.join, name="join_report"),
    path("reports/<uuid:key>/number/", reports.enter, name="enter_report"),
    path("reports/<uuid:key>/warning/", reports.warn, name="warn_complainant"),
    path("reports/<uuid:key>/notice/<int:number>/", reports.notice, name="pass_on_notice"),
]
