"""A strategy with most of what strategies for freqtrade do: parameters of files, marked methods with names of their own, pairs."""
import freqtrade.vendor.qtpylib.indicators as qtpylib
import numpy as np
import pandas as pd
from freqtrade.persistence import Trade
from freqtrade.strategy import (BooleanParameter, CategoricalParameter, DecimalParameter, IntParameter, IStrategy, informative,
                                merge_informative_pair)


class Everything(IStrategy):
    INTERFACE_VERSION = 3
    timeframe = '5m'
    can_short = True
    minimal_roi = {'0': 0.1}
    stoploss = -0.1
    startup_candle_count = 200
    span = IntParameter(10, 40, default=20, space='buy')
    factor = DecimalParameter(0.5, 3.0, default=1.5, decimals=2, space='buy')
    mode = CategoricalParameter(['a', 'b'], default='b', space='sell')
    guard = BooleanParameter(default=True, space='buy')
    buy_params = {'span': 12}

    @property
    def protections(self):
        return [{'method': 'CooldownPeriod', 'stop_duration_candles': 2}]

    def bot_start(self, **kwargs):
        self.weights = np.array([0.25, 0.75])

    def informative_pairs(self):
        return [(pair, '1h') for pair in self.dp.current_whitelist()] + [('BTC/USDT', '1h')]

    @informative('1h')
    @informative('4h')
    def populate_indicators_coarse(self, dataframe, metadata):
        dataframe['mean'] = dataframe['close'].rolling(3).mean()
        return dataframe

    @informative('1h', 'BTC/{stake}', '{base}_{column}_{timeframe}')
    def populate_indicators_btc(self, dataframe, metadata):
        assert metadata['pair'] == 'BTC/USDT', metadata
        dataframe['ret'] = dataframe['close'].pct_change()
        return dataframe

    @informative('1h', 'ETH/USDT')
    def populate_indicators_eth(self, dataframe, metadata):
        dataframe['sma'] = dataframe['close'].rolling(3).mean()
        return dataframe

    def populate_indicators(self, dataframe, metadata):
        for span in self.span.range:
            dataframe[f'ema_{span}'] = dataframe['close'].ewm(span=span, adjust=False).mean()
        bands = qtpylib.bollinger_bands(qtpylib.typical_price(dataframe), window=20, stds=2)
        dataframe['bb'] = self.factor.value * (dataframe['close'] - bands['lower']) / (bands['upper'] - bands['lower'])
        dataframe['ha_close'] = qtpylib.heikinashi(dataframe)['close']
        dataframe['crossed'] = qtpylib.crossed_above(dataframe['close'], dataframe[f'ema_{self.span.value}']).astype(int)
        dataframe['weighted'] = dataframe['close'].rolling(2).apply(lambda x: float(np.dot(x, self.weights)), raw=True)
        dataframe['tag'] = np.where(dataframe['bb'] > 0.5, 'high', 'low')
        span = dataframe['close'].max() - dataframe['close'].min()
        dataframe['future_scaled'] = (dataframe['close'] - dataframe['close'].min()) / span
        dataframe['future_next'] = dataframe['close'].shift(-1)
        if self.dp and self.dp.runmode.value in ('live', 'dry_run'):
            dataframe['book'] = self.dp.orderbook(metadata['pair'], 1)['bids'][0][0]
        hours = self.dp.get_pair_dataframe(pair=metadata['pair'], timeframe='1h')
        hours['mean'] = hours['close'].rolling(4).mean()
        dataframe = merge_informative_pair(dataframe, hours, self.timeframe, '1h', ffill=True, append_timeframe=False, suffix='own')
        # The mistake that freqtrade's own function is there against: hours joined at their open.
        naive = hours[['date', 'close']].rename(columns={'close': 'future_hour'})
        dataframe = pd.merge(dataframe, naive, on='date', how='left')
        dataframe['future_hour'] = dataframe['future_hour'].ffill()
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe['crossed'] == 1, 'enter_long'] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe.loc[dataframe['bb'] > 1, 'exit_long'] = 1
        return dataframe

    def custom_stoploss(self, pair, trade: Trade, current_time, current_rate, current_profit, **kwargs):
        return -0.02
