"""__init__.py - the parts of the generator of the made-up case."""
