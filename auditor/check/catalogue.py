"""In: rules, and what the user asked for. Out: the rules to run, and the digest of their data."""

from collections.abc import Sequence
from pathlib import Path

from auditor.check.load import rule_files
from auditor.check.rule import Rule
from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.form import rules_dir


def select(
    rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """Give the rules chosen by id prefix, name or tag. Raises UsageError for what names none."""
    wanted = {rule.id for word in select for rule in named(rules, word)}
    unwanted = {rule.id for word in ignore for rule in named(rules, word)}
    return tuple(
        rule for rule in rules if (not select or rule.id in wanted) and rule.id not in unwanted
    )


def find_rule(rules: Sequence[Rule], word: str) -> Rule:
    """Give the rule of that id or name. Raises UsageError."""
    for rule in rules:
        if word.upper() == rule.id.upper() or word == rule.name:
            return rule
    return _refuse(rules, word)[0]


def rules_digest(extra: Sequence[Path] = ()) -> str:
    """Give the fingerprint of all rule and form data that a check depends on."""
    import hashlib  # noqa: PLC0415 - only where a digest is printed

    own = (*sorted(rules_dir().glob("*.toml")), *sorted((rules_dir() / "forms").glob("*.toml")))
    digest = hashlib.sha256()
    for path in (*own, *rule_files(extra)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\n{len(content)}\n".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def named(rules: Sequence[Rule], word: str) -> tuple[Rule, ...]:
    """Give the rules of that id prefix, name or tag. Raises UsageError where there is none."""
    found = tuple(
        rule
        for rule in rules
        if rule.id.upper().startswith(word.upper()) or word == rule.name or word in rule.tags
    )
    return found if word and found else _refuse(rules, word)


def _refuse(rules: Sequence[Rule], word: str) -> tuple[Rule, ...]:
    known = [name for rule in rules for name in (rule.id, rule.name, *rule.tags)]
    near = did_you_mean(word, known)
    raise UsageError(
        f"没有规则或标签“{word}”{near.zh}；用 auditor rules 查看全部规则",
        f"no rule or tag '{word}'{near.en}; auditor rules lists them all",
    )
