from django.urls import path

from arasha.appeals.urls.converters import PREFIX
from arasha.appeals.views import mailbox

app_name = "mailbox"
urlpatterns = [path(PREFIX, mailbox.bucket, name="bucket")]
