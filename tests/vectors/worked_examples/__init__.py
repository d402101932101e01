"""Worked examples of regulators, each run through the verbs that a user calls.

The examples WE-01 to WE-27 come with the rulebook, the others are those of the collection that speak of a
status. What is given and what is published is read from the files; how a source counts is said by a policy.

RBI, 12 November 2021
    Its clarification is younger than its example, so the file is asked without the dates of its versions;
    the same for examples of the EU and of China that are older than their file.
Bahrain
    Substandard from 90 days on is the figure of the IFRS 9 backstop, whose file is asked.
FFIEC, MBA, OTS
    Counts of months and of payments, by policies of one line.
Regulation Z
    Amounts of 25 and 35 dollars are those in force from 22 August 2010; each fee is asked of the facts that the
    comment states.
EBA
    Present values at the original effective rate; a share given up is compared by the file of the EU.
"""
