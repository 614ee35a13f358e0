"""Compare Parquet files in a folder with the facts they were made of, as DuckDB and pandas read them."""

import json
import sys
from decimal import Decimal

import duckdb
import pandas

folder, facts = sys.argv[1:]
with open(facts, encoding="utf-8") as lines:
    wanted = {fact["id"]: fact for fact in (json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines)}


def compare(reader, rows):
    assert len(rows) == len(wanted), (reader, len(rows))
    for row in rows:
        fact = wanted[row["id"]]
        value = Decimal(row["value_exact"]) if row["value_exact"] is not None else row["value"]
        assert isinstance(value, Decimal) and value == fact["value"], (reader, value, fact["value"])
        assert row["quote"] == fact["source"]["quote"], (reader, row["id"])
        assert row["title"] == fact["source"]["title"], (reader, row["id"])
        published = fact["source"].get("published")
        assert (str(row["published"])[:10] if published else None) == published, (reader, row["published"])


pattern = folder + "/*/*.parquet"
# Parquet's decimals are wider than those that DuckDB's Python shows by itself: as text they are exact.
query = f"""SELECT id, value::VARCHAR AS value, value_exact, quote, title, published,
    typeof(value) AS type FROM read_parquet('{pattern}', hive_partitioning = true) ORDER BY id"""
found = duckdb.connect().execute(query)
names = [column[0] for column in found.description]
rows = [dict(zip(names, row)) for row in found.fetchall()]
assert {row["type"] for row in rows} == {"DECIMAL(38,9)"}, rows
for row in rows:
    row["value"] = Decimal(row["value"])
compare("duckdb", rows)

years = duckdb.connect().execute(
    f"SELECT DISTINCT published_year FROM read_parquet('{pattern}', hive_partitioning = true)"
).fetchall()
assert {str(year[0]) for year in years} >= {"2019", "2020"}, years

frame = pandas.read_parquet(folder)
rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
compare("pandas", rows)
