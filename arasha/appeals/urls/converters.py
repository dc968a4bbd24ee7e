"""What stands in addresses: a filing code, the SHA-256 of a sealed file, the beginning of a tag."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class _Code(StringConverter):
    regex = "[0-9]{24}"


class _Sha256(StringConverter):
    regex = "[0-9a-f]{64}"


class _Prefix(StringConverter):
    regex = "[0-9a-f]{4}"


register_converter(_Code, "filing_code")
register_converter(_Sha256, "sha256")
register_converter(_Prefix, "tag_prefix")
CODE, SHA256, PREFIX = "<filing_code:code>", "<sha256:sha256>", "<tag_prefix:prefix>"
