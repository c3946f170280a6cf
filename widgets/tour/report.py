"""The story's report in Markdown: each step, what was checked, how long it took."""

from collections.abc import Sequence
from pathlib import Path

from widgets.tour.player import Told


def write_report(told: Sequence[Told], out: Path) -> bool:
    """Write `report.md` beside the pictures; True if every step came through."""
    lines = ["# 值班故事 · Shift story", "", *_table(told)]
    for step in told:
        lines += ["", f"## {step.title}", ""]
        lines += [f"- {check}" for check in step.checks]
        lines += [f"![{step.title}]({name})" for name in step.pictures]
        if step.failure:
            lines += ["", "```", step.failure.rstrip(), "```"]
    (out / "report.md").write_text("\n".join(lines) + "\n", "utf-8")
    return all(not step.failure for step in told)


def _table(told: Sequence[Told]) -> list[str]:
    head = ["| step | checked | pictures | seconds | result |", "|---|---|---|---|---|"]
    return head + [
        f"| {step.title} | {len(step.checks)} | {len(step.pictures)} | {step.seconds:.1f} "
        f"| {'FAILED' if step.failure else 'ok'} |"
        for step in told
    ]
