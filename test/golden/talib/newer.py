"""Functions that TA-Lib 0.8 has and 0.6 had not, which the catalogue has not either, or under another name."""

NEWER = set(
    'ac adr ao cmf cmou coppock cumsum cvi donchian dpo efi er eri fosc fractal ha hma kc kdj marketfi massi nvi percentile '
    'percentrank pvi pvo pvt qstick rma rvi rvol smi supertrend tsi vhf vortex vwap vwma wad zlema'.split()
)
