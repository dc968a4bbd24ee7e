"""Papers of an office: tables, letters, bags, uploads. Bytes in, bytes out, and never a path or a clock."""
