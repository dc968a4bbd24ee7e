"""What stands in addresses: a filing code, and the SHA-256 of a sealed file."""


class _Text:
    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeConverter(_Text):
    regex = "[0-9]{24}"


class Sha256Converter(_Text):
    regex = "[0-9a-f]{64}"
