"""The staff door."""

from arasha.config.settings.base import *
from arasha.config.settings.base import (
    ARASHA_DEMO,
    ARASHA_DESK_URL,
    ARASHA_PROXIES,
    ARASHA_READER_URL,
)

ROOT_URLCONF = "arasha.config.urls.desk"
WSGI_APPLICATION = "arasha.config.wsgi.desk.application"
ARASHA_DOOR = "desk"
ALLOWED_HOSTS = [ARASHA_DESK_URL.split("://")[1].split(":")[0]]
SESSION_COOKIE_NAME = "arasha_desk_session"
CSRF_COOKIE_NAME = "arasha_desk_csrf"
LANGUAGE_COOKIE_NAME = "arasha_desk_language"
CSRF_TRUSTED_ORIGINS = [ARASHA_DESK_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ARASHA_DESK_URL.startswith("https:")
SESSION_COOKIE_AGE = 12 * 60 * 60
# The one other origin a desk form may post to: the officer's own reader.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    f"connect-src 'self'; form-action 'self' {ARASHA_READER_URL}; base-uri 'none'; frame-ancestors 'none'"
)
MIDDLEWARE = [
    "arasha.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "arasha.config.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "arasha.desk.middleware.SeenSessions",
    "arasha.desk.middleware.SecondFactor",
    "arasha.desk.middleware.OnlyByButton",
    "arasha.config.middleware.Refusals",
    "arasha.desk.middleware.Viewing",
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "arasha.desk.views.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "arasha.desk.adapters.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "arasha.desk.sign_in.SignInForm",
    "reauthenticate": "arasha.desk.sign_in.PasswordAgainForm",
    "change_password": "arasha.desk.sign_in.NewPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "arasha.desk.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "arasha.desk.sign_in.OneTimeCodeForm",
    "reauthenticate": "arasha.desk.sign_in.OneTimeCodeAgainForm",
    "activate_totp": "arasha.desk.sign_in.FirstCodeForm",
    "add_webauthn": "arasha.desk.sign_in.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Arasha"
# Only so that http://localhost works; a browser refuses passkeys on any other plain address.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ARASHA_DESK_URL.startswith("http://localhost")
USERSESSIONS_TRACK_ACTIVITY = True
# Behind a reverse proxy every request has its address: how many proxies to look past.
ALLAUTH_TRUSTED_PROXY_COUNT = ARASHA_PROXIES
ARASHA_DEMO_SIGN_IN = ARASHA_DEMO
