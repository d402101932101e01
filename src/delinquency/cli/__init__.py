"""The command line: assess a book, print what a credit-risk analyst looks at first, and why.

The one idea: a command reads files, calls the same verbs as everybody else, and prints; no rule lives
here.
"""
