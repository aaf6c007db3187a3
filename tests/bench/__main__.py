"""`python -m tests.bench [NAME…] [--short]`: run benches; exit 1 where one falls short."""

from __future__ import annotations

import argparse
import importlib
import sys

NAMES = ("generate", "taps", "push", "round", "start", "boards", "formats", "files", "pictures")


def main() -> int:
    """Run the named benches, all by default, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--short", action="store_true", help="smaller loads, for CI")
    parser.add_argument("--answers", type=int, help="boards: how many answers, 1,000,000 usually")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.names if name not in NAMES]:
        parser.error(f"no such bench: {unknown[0]}")
    more = {"boards": {"answers": arguments.answers}}
    failed = [
        name
        for name in arguments.names or NAMES
        if importlib.import_module(f"tests.bench.{name}").main(
            short=arguments.short, **more.get(name, {})
        )
    ]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
