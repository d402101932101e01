"""What the READMEs say of the rulebook is what the rulebook says of itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import delinquency as dq
from delinquency import rulebook

ROOT = Path(__file__).parents[2]
WORDS = {
    "README.md": {
        dq.Verification.OFFICIAL_TEXT: "official text",
        dq.Verification.SECONDARY: "secondary",
        dq.Verification.UNVERIFIED: "unverified",
    },
    "README.zh-CN.md": {
        dq.Verification.OFFICIAL_TEXT: "原文",
        dq.Verification.SECONDARY: "二手资料",
        dq.Verification.UNVERIFIED: "未核对",
    },
}


def row_of(policy: str, readme: str) -> str:
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.startswith("| `") and f"`{policy}`" in line), "")


@pytest.mark.parametrize("readme", WORDS)
@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_each_packaged_policy_is_listed_with_its_verification(
    entry: rulebook.RulebookEntry, readme: str
) -> None:
    last_cell = row_of(entry.name, readme).rstrip("| ").rpartition("|")[2]
    assert WORDS[readme][entry.verification] in last_cell


@pytest.mark.parametrize("readme", WORDS)
def test_every_extra_is_listed_with_the_packages_that_it_brings(readme: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra, needs in project["optional-dependencies"].items():
        row = row_of(extra, readme)
        packages = [re.match(r"[\w-]+", need)[0] for need in needs]
        assert all(package in row for package in packages), (extra, packages)
        listed = re.split(r"[,、] ?", row.split("|")[2].strip())
        assert sorted(listed) == sorted(packages)


@pytest.mark.parametrize("readme", WORDS)
def test_every_link_of_a_readme_leads_to_a_file(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([\w./-]+)\)", text)
    assert "docs/how-to/json.md" in links
    assert not [link for link in links if not (ROOT / link).exists()]


@pytest.mark.parametrize("readme", WORDS)
def test_both_commands_are_named(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
