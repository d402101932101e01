"""The version of the library, which the packaging reads too."""

__all__ = ["__version__"]

__version__ = "0.1.0"
