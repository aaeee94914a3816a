"""Reads a Parquet file of trades with polars and puts them into dollar bars; prints seconds and processor seconds of each run as JSON."""
import json
import resource
import sys
import time

import polars as pl

FILE, THRESHOLD, RUNS = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])


def bars():
    """Open, high, low, close, volume, turnover, trades, last time and id, and what takers bought."""
    dollars = pl.col('price') * pl.col('qty')
    bar = ((dollars.cum_sum() - dollars) / THRESHOLD).floor().cast(pl.Int64)
    return (
        pl.scan_parquet(FILE)
        .with_columns(dollars=dollars, bar=bar)
        .group_by('bar', maintain_order=True)
        .agg(
            open=pl.col('price').first(),
            high=pl.col('price').max(),
            low=pl.col('price').min(),
            close=pl.col('price').last(),
            volume=pl.col('qty').sum(),
            dollars=pl.col('dollars').sum(),
            trades=pl.len(),
            time=pl.col('time').last(),
            id=pl.col('id').last(),
            bought=pl.col('qty').filter(~pl.col('is_buyer_maker')).sum(),
        )
        .collect()
    )


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


runs = []
for _ in range(RUNS):
    began, used = time.perf_counter(), processor()
    rows = bars().height
    runs.append({'seconds': time.perf_counter() - began, 'processor': processor() - used, 'rows': rows})
print(json.dumps(runs))
