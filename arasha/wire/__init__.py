"""Shared input and output of programs and server, without Django: files, sockets, the clock."""
