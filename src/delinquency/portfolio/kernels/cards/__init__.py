"""The replay of many cards in compiled loops, a module for each thing that a day does to a card.

The one idea: the moving state of a card is a few columns of whole numbers, so that its parts are functions
of columns and addresses, compiled once each and called.
"""
