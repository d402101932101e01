"""Files in which rules and figures of law are written: read key by key, and told with their lines.

The one idea: a reader takes keys out one by one, so that what is left over is a slip of the pen; and whoever
made the slip is told the file, the line and the key. :mod:`~delinquency.rule_files.toml_text` reads the text,
:mod:`~delinquency.rule_files.tables` gives the keys, :mod:`~delinquency.rule_files.places` and
:mod:`~delinquency.rule_files.line_numbers` say where they stand, and
:mod:`~delinquency.rule_files.written_values` what was meant.
"""
