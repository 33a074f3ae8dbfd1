"""Leaves out of the collection of doctests what cannot be imported because its engine is an extra."""

from importlib.util import find_spec

NEEDS = {"arrow": "pyarrow", "datatrove": "datatrove", "hf": "pyarrow", "ray": "pyarrow", "spark": "pyarrow"}

collect_ignore = [f"cleaner/integrations/{name}.py" for name, engine in NEEDS.items() if find_spec(engine) is None]
