"""What is wrong or missing in this installation, and how to mend it."""

import json
import sys
from dataclasses import asdict

import click

from advocacy.clock import now
from advocacy.commands.desk import settings
from advocacy.doctor.finding import any_wrong
from advocacy.doctor.rounds import look_round


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as data.")
def doctor(as_json: bool) -> None:
    """Say what is fine, what to look at and what is wrong; status 1 when something is wrong."""
    findings = list(look_round(settings(), now()))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(finding.line)
    sys.exit(any_wrong(findings))
