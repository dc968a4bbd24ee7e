"""The register of the demo: cases as prosecutors, clerks and victims meet them, each told to some point."""
