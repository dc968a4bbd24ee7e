from django.urls import path

from arasha.cases.views import keeping, retention

urlpatterns = [
    path("keeping/", retention.retention, name="retention"),
    path("keeping/<uuid:key>/", retention.retention_list, name="retention_list"),
    path("keeping/<uuid:key>/agree/", retention.agree, name="retention_agree"),
    path("keeping/<uuid:key>/withdraw/", retention.withdraw, name="retention_withdraw"),
    path("keeping/<uuid:key>/take-out/<int:entry>/", retention.take_out, name="retention_take_out"),
    path("keeping/<uuid:key>/protocol/", retention.protocol, name="retention_protocol"),
    path("<uuid:key>/keeping/", keeping.keeping, name="keeping"),
    path("<uuid:key>/keeping/hold/", keeping.place_hold, name="hold"),
    path("<uuid:key>/keeping/hold/<uuid:hold_key>/lift/", keeping.lift_hold, name="lift_hold"),
    path("<uuid:key>/keeping/class/", keeping.retention_class, name="retention_class"),
    path("<uuid:key>/notes/", keeping.notes, name="notes"),
    path("<uuid:key>/codes/", keeping.codes, name="codes"),
    path("<uuid:key>/codes/<uuid:code_key>/replace/", keeping.replace_code, name="replace_code"),
    path("<uuid:key>/codes/<uuid:code_key>/revoke/", keeping.revoke_code, name="revoke_code"),
]
