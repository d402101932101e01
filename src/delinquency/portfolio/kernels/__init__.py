"""Loops over one account's slices, written once: compiled where numba is there, else interpreted.

The one idea: a kernel is a plain function of whole numbers and arrays of one fixed set of types, so
that it compiles once, and gives the same answers uncompiled.
"""
