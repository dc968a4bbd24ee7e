"""Small programs that run elsewhere, without Django: on a kiosk, beside an auditor, on an officer's machine."""
