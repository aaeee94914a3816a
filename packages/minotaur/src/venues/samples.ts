/** For tests: what venues send, a message each. */

/** A message with a trade for each venue; Bitfinex announces its channel first. */
export const SAMPLES: readonly string[] = [
  '{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}',
  '{"e":"trade","E":1596240000596,"T":1596240000519,"s":"BTCUSDT","t":173525189,"p":"11343.67","q":"0.467","X":"MARKET","m":false}',
  '[{"id":1111471896,"price":"60814.78000000","qty":"0.00034000","quoteQty":"20.67702520","time":1634943219887,"isBuyerMaker":true,"isBestMatch":true}]',
  '{"type":"match","trade_id":216544,"side":"buy","size":"0.97133855","price":"4.97800000","product_id":"ETC-GBP","sequence":253395153,"time":"2019-08-01T00:00:03.816000Z"}',
  '{"channel":"market_trades","events":[{"type":"update","trades":[{"product_id":"BTC-USD","trade_id":"929248657","price":"88355.59","size":"0.00136573","time":"2025-12-31T06:00:12.44524Z","side":"SELL"}]}]}',
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":77313.3,"qty":0.0084064,"trade_id":107612614,"timestamp":"2026-09-13T20:52:59.976634Z"}]}',
  '[170,[["0.01136500","2.51146536","1561939201.587070","s","l",""]],"trade","LTC/XBT"]',
  '{"error":[],"result":{"XBTUSDT":[["105433.60000","0.00027625",1762795433.9717445,"b","l","",10218208]],"last":"1762820035982277754"}}',
  '{"topic":"publicTrade.BTCUSDT","ts":1680652847526,"type":"snapshot","data":[{"i":"2290000000050703789","T":1680652847524,"p":"28165.38","v":"0.041732","S":"Sell","s":"BTCUSDT","BT":false}]}',
  '{"arg":{"channel":"trades-all","instId":"BSV-USDT"},"data":[{"instId":"BSV-USDT","tradeId":"84834539","px":"42.52","sz":"3.75","side":"buy","ts":"1697760012017"}]}',
  '{"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.BTC-PERPETUAL.100ms","data":[{"timestamp":1765531356452,"price":92294.5,"amount":10.0,"direction":"sell","instrument_name":"BTC-PERPETUAL","trade_seq":271252854}]}}',
  '{"data":{"microtimestamp":"1569888000557673","amount_str":"0.02834000","price_str":"8304.47","type":0,"id":98000129},"event":"trade","channel":"live_trades_btcusd"}',
  '[89,"te",[382489563,1564617600709,0.00705845,10087.98969503],18,1564617600784]',
  '{"table":"trade","action":"insert","data":[{"timestamp":"2021-07-22T22:36:10.014Z","symbol":"UNIUSDT","side":"Buy","size":52,"price":17.297,"trdMatchID":"39744121-c20e-44ba-8cc8-a6b8cdf72885"}]}',
  '{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"105056.0","sz":"0.00219","time":1737918794873,"tid":121451470284048,"users":["0x0","0x0"]}]}',
];

/** Before the messages of Bitfinex's channel. */
export const ANNOUNCED = '{"event":"subscribed","channel":"trades","chanId":89,"symbol":"tBTCUSD","pair":"BTCUSD"}';
