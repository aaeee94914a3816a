"""Functions that TA-Lib 0.8 has and 0.6 had not: make_newer.py makes their files, gaps, scales and silences included."""

NEWER = set(
    'ac adr ao cmf cmou coppock cumsum cvi donchian dpo efi er eri fosc fractal ha hma kc kdj marketfi massi nvi percentile '
    'percentrank pvi pvo pvt qstick rma rvi rvol smi supertrend tsi vhf vortex vwap vwma wad zlema'.split()
)
