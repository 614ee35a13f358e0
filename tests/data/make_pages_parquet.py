"""Writes the Parquet files that the tests read pages from: `make_pages_parquet.py FOLDER` (needs pyarrow)."""

import datetime
import sys

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc


def text(i):
    return f"Xã Tân Phú {i} có {i + 2}.{i * 31 % 1000:03} hộ dân dùng nước sạch, tăng {i + 1},5% so với năm trước.\n" * 2


def table(rows):
    return pa.table(
        {
            "url": [f"https://bao.example/{i}" for i in rows],
            "text": [None if i == 5 else text(i) for i in rows],
            "date": pa.array([datetime.datetime(2020, 5, 5, 20, tzinfo=UTC)] * len(rows), pa.timestamp("us", tz="UTC")),
            "id": [f"p{i}" for i in rows],
            "tokens": [len(text(i)) for i in rows],
            "labels": [["a", "b"]] * len(rows),
        }
    )


def main(folder):
    for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
        rows = table(list(range(12)))
        version = "2.0" if codec in ("zstd", "none") else "1.0"
        pq.write_table(
            rows,
            f"{folder}/pages-{codec}.parquet",
            compression=codec,
            row_group_size=5,
            data_page_version=version,
            use_dictionary=codec != "gzip",
            column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY"} if codec == "gzip" else None,
        )
    html = [f"<html><body><h1>Trang {i}</h1><p>{text(i)}</p></body></html>".encode() for i in range(3)]
    crawl = pa.table({"content": html, "dump": ["CC-MAIN-2020-24"] * 3, "date": ["2020-06-01"] * 3})
    pq.write_table(crawl, f"{folder}/pages-html.parquet")


main(sys.argv[1])
