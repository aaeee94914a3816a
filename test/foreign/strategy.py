"""A strategy as they are written for freqtrade, with an informative pair, a marked method, and one look ahead."""
import freqtrade.vendor.qtpylib.indicators as qtpylib
from freqtrade.strategy import IntParameter, IStrategy, informative, merge_informative_pair


class Planted(IStrategy):
    timeframe = '5m'
    span = IntParameter(10, 40, default=20, space='buy')

    @informative('4h')
    def populate_4h(self, dataframe, metadata):
        dataframe['sma'] = dataframe['close'].rolling(3).mean()
        return dataframe

    def populate_indicators(self, dataframe, metadata):
        dataframe['ema'] = dataframe['close'].ewm(span=self.span.value).mean()
        dataframe['crossed'] = qtpylib.crossed_above(dataframe['close'], dataframe['ema'])
        dataframe['future_high'] = dataframe['high'].shift(-3)
        hours = self.dp.get_pair_dataframe(metadata['pair'], '1h')
        hours['ema'] = hours['close'].ewm(span=5).mean()
        return merge_informative_pair(dataframe, hours, self.timeframe, '1h', ffill=True)
