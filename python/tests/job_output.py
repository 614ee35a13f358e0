"""What the Spark job wrote, for the tests that compare it."""

import pathlib

import pyarrow.dataset

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = [page.read_text("utf-8") for page in sorted((ROOT / "seeds").glob("*.txt"))]


def rows(table):
    names = [name for name in table.schema.names if name != "published_year"]
    return table.select(names).sort_by([("path", "ascending"), ("record", "ascending"), ("byte_start", "ascending")])


def files(output):
    return sorted(output.glob("published_year=*/*.parquet"))


def written(output):
    return rows(pyarrow.dataset.dataset([str(path) for path in files(output)]).to_table())
