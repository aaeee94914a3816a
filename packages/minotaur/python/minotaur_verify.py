"""Feature code under `minotaur verify --foreign`: the runner in the user's own interpreter, and a line for pytest.

As a test (the command `minotaur` has to be there; MINOTAUR names another, as `npx minotaur`):

    from minotaur_verify import verify

    def test_no_lookahead():
        verify('features.py:make', bars='bars.csv')

`pytest -p minotaur_verify` gives the same function as the fixture `minotaur_verify`.

As a runner it is started by Minotaur. It loads the module once, and forks for every run where the system can: a run then costs
what the function costs, and leaves nothing behind. It speaks frames over stdin and stdout: the length of a JSON text as four
bytes, little end first; the text; then as many bytes as its `bytes` says, columns of doubles one after the other. It asks no
network, needs nothing but the standard library, and runs on Python 3.9 and later.
"""
import array
import hashlib
import importlib
import importlib.util
import inspect
import json
import os
import signal
import struct
import subprocess
import sys
import sysconfig
import time
import traceback

VERSION = 1


# --- frames ---------------------------------------------------------------------------------------------------------------


def read_exactly(fd, n):
    parts = []
    while n > 0:
        part = os.read(fd, min(n, 1 << 20))
        if not part:
            return None
        parts.append(part)
        n -= len(part)
    return b''.join(parts)


def read_frame(fd):
    """A frame as (facts, bytes); None at the end."""
    head = read_exactly(fd, 4)
    if head is None:
        return None
    text = read_exactly(fd, struct.unpack('<I', head)[0])
    if text is None:
        return None
    facts = json.loads(text.decode('utf-8'))
    payload = read_exactly(fd, facts.get('bytes', 0))
    return None if payload is None else (facts, payload)


def write_all(fd, data):
    view = memoryview(data)
    while len(view) > 0:
        view = view[os.write(fd, view):]


def write_frame(fd, facts, payload=b''):
    text = json.dumps({**facts, 'bytes': len(payload)}).encode('utf-8')
    write_all(fd, struct.pack('<I', len(text)) + text)
    write_all(fd, payload)


# --- what the code asks of the world --------------------------------------------------------------------------------------

SEEN = {}
PLACES = tuple(
    os.path.realpath(p) + os.sep
    for p in {sys.prefix, sys.base_prefix, *(sysconfig.get_paths().get(k, sys.prefix) for k in ('stdlib', 'purelib', 'platlib'))}
    if p not in ('/', '/usr')
) + ('/usr/lib/python', '/usr/share/zoneinfo/', '/proc/', '/sys/', '/dev/', '/etc/localtime')
HERE = os.path.realpath(__file__)


def note(kind, what):
    if len(SEEN) < 200:
        SEEN[(kind, what)] = SEEN.get((kind, what), 0) + 1


def of_installation(path):
    real = os.path.realpath(path)
    return real == HERE or real.startswith(PLACES) or real.endswith(('.py', '.pyc', '.pyi', '.so', '.pyd'))


def audit(event, args):
    try:
        if event == 'open':
            path, mode, flags = (tuple(args) + (None, None))[:3]
            if isinstance(path, bytes):
                path = os.fsdecode(path)
            if not isinstance(path, str) or of_installation(path) or '__pycache__' in path:
                return
            wrote = (isinstance(mode, str) and any(c in mode for c in 'wax+')) or (
                isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) != 0)
            note('file written' if wrote else 'file read', os.path.abspath(path))
        elif event in ('socket.connect', 'socket.sendto'):
            at = args[1]
            note('network', f'{at[0]}:{at[1]}' if isinstance(at, tuple) else str(at))
        elif event == 'socket.getaddrinfo':
            note('network', f'{args[0]}:{args[1]}')
        elif event in ('subprocess.Popen', 'os.system', 'os.posix_spawn', 'os.exec'):
            note('program', str(args[0]))
        elif event == 'sqlite3.connect':
            note('file read', str(args[0]))
    except Exception:  # A watch must not be what fails.
        pass


CLOCKS = {'time', 'time_ns', 'now', 'utcnow', 'today', 'localtime', 'gmtime', 'monotonic', 'monotonic_ns', 'perf_counter',
          'perf_counter_ns', 'process_time'}
TIMES = {'time', 'datetime'}


CHANCE = {'urandom', 'getrandom', 'random', 'getrandbits', 'uniform', 'gauss'}


def profile(frame, event, arg):
    """Clocks and chance, where a C function is called from Python."""
    if event != 'c_call':
        return
    name = arg.__name__
    if name not in CLOCKS and name not in CHANCE:
        return
    owner = getattr(arg, '__self__', None)
    module = getattr(arg, '__module__', None) or getattr(owner, '__module__', None) or getattr(owner, '__name__', '')
    caller = frame.f_code.co_filename
    if 'importlib' in caller or caller == __file__:
        return
    if os.path.basename(caller) == 'random.py' and frame.f_back is not None:
        frame = frame.f_back
    where = f'{os.path.basename(frame.f_code.co_filename)} line {frame.f_lineno}'
    if name in CLOCKS and module in TIMES:
        note('clock', f'{module}.{name}, {where}')
    elif name in CHANCE and (type(owner).__name__ in ('Random', 'SystemRandom') or module in ('posix', 'nt')):
        note('random', f'{name}, {where}')


def random_states():
    states = []
    if 'random' in sys.modules:
        states.append(('random', hash(sys.modules['random'].getstate())))
    numpy = sys.modules.get('numpy')
    if numpy is not None:
        kept = numpy.random.get_state()
        states.append(('numpy.random', hash((kept[1].tobytes(), kept[2]))))
    return states


def mentions(module):
    """Names of clocks that the code of a module holds: also those that a watch cannot see."""
    found = set()

    def look(code):
        names = set(code.co_names)
        for clock in ('now', 'utcnow', 'today'):
            if clock in names:
                found.add(f'{clock}() in {code.co_name}')
        for const in code.co_consts:
            if inspect.iscode(const):
                look(const)

    for value in list(vars(module).values()):
        code = getattr(value, '__code__', None)
        if code is not None and getattr(value, '__module__', None) == module.__name__:
            look(code)
    return sorted(found)


def move_clock(seconds):
    """Lets the clocks of Python go ahead, for code that is not of the installation."""
    import datetime as dt
    delta = dt.timedelta(seconds=seconds)
    real_datetime, real_date = dt.datetime, dt.date
    real_time, real_ns, real_local, real_gm = time.time, time.time_ns, time.localtime, time.gmtime

    class Meta(type):
        def __instancecheck__(cls, x):
            return isinstance(x, real_datetime)

    class MetaDate(type):
        def __instancecheck__(cls, x):
            return isinstance(x, real_date)

    class Moved(real_datetime, metaclass=Meta):
        @classmethod
        def now(cls, tz=None):
            return real_datetime.now(tz) + delta

        @classmethod
        def utcnow(cls):
            return real_datetime.now(dt.timezone.utc).replace(tzinfo=None) + delta

        @classmethod
        def today(cls):
            return real_datetime.now() + delta

    class MovedDate(real_date, metaclass=MetaDate):
        @classmethod
        def today(cls):
            return (real_datetime.now() + delta).date()

    swaps = {
        id(real_datetime): Moved,
        id(real_date): MovedDate,
        id(real_time): lambda: real_time() + seconds,
        id(real_ns): lambda: real_ns() + int(seconds * 1e9),
        id(real_local): lambda at=None: real_local(real_time() + seconds if at is None else at),
        id(real_gm): lambda at=None: real_gm(real_time() + seconds if at is None else at),
    }
    for name, module in list(sys.modules.items()):
        path = getattr(module, '__file__', None)
        own = path is not None and not os.path.realpath(path).startswith(PLACES) and os.path.realpath(path) != HERE
        if not own and name not in ('time', 'datetime'):
            continue
        for key, value in list(vars(module).items()):
            if id(value) in swaps:
                setattr(module, key, swaps[id(value)])


# --- the table that the function is given ---------------------------------------------------------------------------------


def doubles(payload, k, rows):
    values = array.array('d')
    values.frombytes(payload[8 * k * rows:8 * (k + 1) * rows])
    if sys.byteorder == 'big':
        values.byteswap()
    return values


def first_rows(payload, columns, rows):
    """The first half of every column."""
    return b''.join(payload[8 * k * rows:8 * (k * rows + rows // 2)] for k in range(columns))


def plain_column(spec, values):
    kind = spec['type']
    if kind == 'number':
        return values.tolist()
    if kind == 'integer':
        return [int(v) for v in values]
    if kind == 'boolean':
        return [v != 0 for v in values]
    if kind == 'text':
        words = spec['words']
        return [None if v != v else words[int(v)] for v in values]
    return plain_times(spec['as'], values)


def plain_times(form, values):
    import datetime as dt
    if form in FORMS:
        return [None if v != v else int(v * 1000) if form == 'ns' else int(v // FORMS[form]) for v in values]
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
    out = [None if v != v else epoch + dt.timedelta(microseconds=v) for v in values]
    return [t and t.replace(tzinfo=None) for t in out] if form == 'naive' else out


FORMS = {'s': 1_000_000, 'ms': 1000, 'us': 1, 'ns': None}


def numpy_column(np, spec, values):
    kind = spec['type']
    v = np.array(values, dtype=np.float64)
    if kind == 'integer':
        return v.astype(np.int64)
    if kind == 'boolean':
        return v != 0
    if kind == 'text':
        return np.array(plain_column(spec, values), dtype=object)
    if kind == 'time':
        form, gone = spec['as'], np.isnan(v)
        # Whole numbers have no value that is none: a column of counted times with a hole holds doubles.
        micros = v if form in FORMS and gone.any() else np.where(gone, 0, v).astype(np.int64)
        if form in FORMS:
            return micros * 1000 if form == 'ns' else micros // FORMS[form]
        times = micros.astype('datetime64[us]')
        times[gone] = np.datetime64('NaT')
        return times
    return v


def pandas_column(pd, np, spec, values):
    if spec['type'] != 'time' or spec['as'] in FORMS:
        return numpy_column(np, spec, values)
    times = pd.Series(numpy_column(np, spec, values).astype('datetime64[ns]'))
    return times if spec['as'] == 'naive' else times.dt.tz_localize('UTC')


def polars_column(pl, spec, values):
    """A column whose holes are nulls, as those of a file that polars reads."""
    if spec['type'] == 'time' and spec['as'] not in FORMS:
        micros = pl.Series(spec['name'], [None if v != v else int(v) for v in values], dtype=pl.Int64)
        return micros.cast(pl.Datetime('us', None if spec['as'] == 'naive' else 'UTC'))
    kinds = {'number': pl.Float64, 'integer': pl.Int64, 'time': pl.Int64, 'boolean': pl.Boolean, 'text': pl.String}
    cells = [None if v != v else v for v in values] if spec['type'] == 'number' else plain_column(spec, values)
    return pl.Series(spec['name'], cells, dtype=kinds[spec['type']])


def make_table(frame, request, payload):
    specs, rows = request['columns'], request['rows']
    columns = [(spec, doubles(payload, k, rows)) for k, spec in enumerate(specs)]
    if frame == 'pandas':
        import numpy as np
        import pandas as pd
        table = pd.DataFrame({spec['name']: pandas_column(pd, np, spec, v) for spec, v in columns})
        return table.set_index(request['time']) if request.get('index') else table
    if frame == 'polars':
        import polars as pl
        return pl.DataFrame([polars_column(pl, spec, v) for spec, v in columns])
    if frame == 'numpy':
        import numpy as np
        return {spec['name']: numpy_column(np, spec, v) for spec, v in columns}
    lists = {spec['name']: plain_column(spec, v) for spec, v in columns}
    if frame == 'lists':
        return lists
    return [dict(zip(lists, row)) for row in zip(*lists.values())]


# --- the table that the function gives back -------------------------------------------------------------------------------


class Unusable(Exception):
    pass


def code_of(text):
    return float(int.from_bytes(hashlib.blake2b(text.encode('utf-8', 'replace'), digest_size=6).digest(), 'little'))


def is_missing(value):
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ('NaTType', 'NAType')


def plain_double(value, name):
    if is_missing(value):
        return float('nan')
    if isinstance(value, (list, tuple, dict, set)):
        raise Unusable(f'a number, a time or a text in each cell of {name}|a {type(value).__name__}')
    if isinstance(value, str):
        return code_of(value)
    if hasattr(value, 'timestamp') and hasattr(value, 'year'):
        return micros_of(value)
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return code_of(str(value))


def micros_of(value):
    import datetime as dt
    if isinstance(value, dt.datetime):
        zone = value if value.tzinfo is not None else value.replace(tzinfo=dt.timezone.utc)
        return float((zone - dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)) // dt.timedelta(microseconds=1))
    return value.timestamp() * 1e6


def to_doubles(values, name):
    """Any column as bytes of doubles: bits of floats are kept, times are microseconds, texts are codes."""
    numpy = sys.modules.get('numpy')
    kind = str(getattr(values, 'dtype', ''))
    if numpy is not None and kind != '':
        if kind.startswith('datetime64') or kind.startswith('timedelta64'):
            plain = getattr(values, 'dt', None)
            if plain is not None and getattr(values.dt, 'tz', None) is not None:
                values = values.dt.tz_convert('UTC').dt.tz_localize(None)
            raw = numpy.asarray(values).astype(kind.split('64')[0] + '64[us]')
            out = raw.astype('int64').astype('float64')
            out[numpy.isnat(raw)] = numpy.nan
            return little(out.tobytes())
        try:
            if hasattr(values, 'to_numpy') and kind[:1].isupper():
                return little(values.to_numpy(dtype='float64', na_value=numpy.nan).tobytes())
            raw = numpy.asarray(values)
            if raw.dtype.kind in 'fiub':
                return little(raw.astype('float64').tobytes())
        except (TypeError, ValueError):
            pass
    cells = values.tolist() if hasattr(values, 'tolist') else list(values)
    return little(array.array('d', [plain_double(v, name) for v in cells]).tobytes())


def little(data):
    if sys.byteorder == 'little':
        return data
    swapped = array.array('d')
    swapped.frombytes(data)
    swapped.byteswap()
    return swapped.tobytes()


def one_table(result, given):
    """What was given back as a table; where nothing was, the table that was changed in place."""
    if result is None:
        return given
    if hasattr(result, 'collect_schema') and hasattr(result, 'collect'):  # a lazy frame of polars
        return result.collect()
    if isinstance(result, tuple):
        for part in result:
            if hasattr(part, 'columns') or isinstance(part, dict):
                return one_table(part, given)
        return {str(i): part for i, part in enumerate(result)}
    return result


def named_columns(table):
    """[(name, values)], and the index where the table has one."""
    if hasattr(table, 'to_dict') and hasattr(table, 'iter_rows'):  # polars
        return list(table.to_dict(as_series=False).items()), None
    if hasattr(table, 'columns') and hasattr(table, 'index'):
        names = ['.'.join(str(p) for p in c) if isinstance(c, tuple) else str(c) for c in table.columns]
        return [(n, table.iloc[:, j]) for j, n in enumerate(names)], table.index
    if hasattr(table, 'to_frame') and hasattr(table, 'to_list') and not hasattr(table, 'index'):  # a series of polars
        return [(table.name or 'value', table.to_list())], None
    if hasattr(table, 'to_frame') and hasattr(table, 'index'):
        return [(str(table.name) if table.name is not None else 'value', table)], table.index
    if isinstance(table, dict):
        return [(str(n), v) for n, v in table.items()], None
    if getattr(table, 'ndim', 0) == 2:
        return [(str(j), table[:, j]) for j in range(table.shape[1])], None
    if isinstance(table, (list, tuple)) and table and isinstance(table[0], dict):
        names = list(dict.fromkeys(n for row in table for n in row))
        return [(str(n), [row.get(n) for row in table]) for n in names], None
    if isinstance(table, (list, array.array)) or getattr(table, 'ndim', 0) == 1:
        return [('value', table)], None
    raise Unusable(f'a table: a pandas or polars frame or series, a dict of columns, a list of rows or an array|a {type(table).__name__}')


def length_of(values, name):
    try:
        return len(values)
    except TypeError:
        raise Unusable(f'a column of values as {name}|a {type(values).__name__}')


def is_of_words(values):
    """Whether a column holds words or times, as its first cell says: as numbers they are codes and counts."""
    kind = str(getattr(values, 'dtype', ''))
    if kind.startswith(('datetime64', 'timedelta64')):
        return True
    if kind.lower().startswith(('float', 'int', 'uint', 'bool')):
        return False
    first = next((v for v in values if not is_missing(v)), 0.0)
    try:
        return isinstance(first, str) or float(first) is None
    except (TypeError, ValueError, OverflowError):
        return True


def encode_result(result, given, time_name, time_as):
    columns, index = named_columns(one_table(result, given))
    names, sent, keys, words = [], [], {}, []
    rows = None
    counts = {}
    for name, values in columns:
        n = length_of(values, name)
        rows = n if rows is None else rows
        if n != rows:
            raise Unusable(f'columns of one length|{name} with {n} values beside {columns[0][0]} with {rows}')
    if rows is None:
        raise Unusable('at least one column|none')
    for name, values in columns:
        if name == time_name:
            keys['time'] = as_micros(to_doubles(values, name), time_as, values)
            continue
        counts[name] = counts.get(name, 0) + 1
        names.append(name if counts[name] == 1 else f'{name}#{counts[name]}')
        sent.append(to_doubles(values, name))
        if is_of_words(values):
            words.append(names[-1])
    if index is not None and 'time' not in keys:
        kind = str(getattr(index, 'dtype', ''))
        if kind.startswith('datetime64'):
            keys['time'] = to_doubles(index.to_series().reset_index(drop=True), 'index')
        elif kind.startswith(('int', 'uint')) and type(index).__name__ != 'RangeIndex':
            keys['position'] = to_doubles(index.to_series().reset_index(drop=True), 'index')
        elif type(index).__name__ == 'RangeIndex' and (index.start != 0 or index.step != 1):
            keys['position'] = little(array.array('d', [float(i) for i in index]).tobytes())
    facts = {'rows': rows, 'columns': names, 'keys': list(keys), 'words': words}
    return facts, b''.join(list(keys.values()) + sent)


def as_micros(data, form, values):
    """A column of times in the form that it was given in, as microseconds."""
    if form not in FORMS or str(getattr(values, 'dtype', '')).startswith('datetime64'):
        return data
    v = array.array('d')
    v.frombytes(data)
    return array.array('d', [x / 1000 if form == 'ns' else x * FORMS[form] for x in v]).tobytes()


# --- a run ----------------------------------------------------------------------------------------------------------------


def place_of(error, own):
    """The line of the user's file that an error comes from, or the last line of all."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if os.path.realpath(f.filename) != HERE]
    mine = [f for f in frames if own is not None and os.path.realpath(f.filename) == os.path.realpath(own)]
    last = (mine or frames or [None])[-1]
    return '' if last is None else f'{os.path.basename(last.filename)} line {last.lineno}'


def told(error, own):
    if isinstance(error, SyntaxError):
        return {'error': f'{type(error).__name__}: {error.msg}', 'at': f'{os.path.basename(error.filename or "?")} line {error.lineno}'}
    text = str(error) if str(error) else type(error).__name__
    return {'error': f'{type(error).__name__}: {" ".join(text.split())}'[:300], 'at': place_of(error, own)}


def seed_all(seed):
    import random
    random.seed(seed)
    if 'numpy' in sys.modules:
        sys.modules['numpy'].random.seed(seed % (1 << 32))
    if 'torch' in sys.modules:
        sys.modules['torch'].manual_seed(seed)


def run_once(loaded, request, payload):
    """The answer to a request, as (facts, bytes)."""
    facts = {'id': request['id']}
    try:
        zone = request.get('zone')
        if zone is not None:
            os.environ['TZ'] = zone
            if hasattr(time, 'tzset'):
                time.tzset()
        seed_all(request['seed'])
        if request.get('twice'):
            half = {**request, 'rows': request['rows'] // 2}
            loaded['call'](make_table(loaded['frame'], half, first_rows(payload, len(request['columns']), request['rows'])))
            seed_all(request['seed'])
        table = make_table(loaded['frame'], request, payload)
        if request.get('clock'):
            move_clock(request['clock'])
        SEEN.clear()
        before = random_states()
        started = time.perf_counter()
        watch = request.get('watch', False)
        if watch:
            sys.setprofile(profile)
        try:
            result = loaded['call'](table)
        finally:
            if watch:
                sys.setprofile(None)
        facts['seconds'] = time.perf_counter() - started
        for (name, was), (_, now) in zip(before, random_states()):
            if was != now:
                note('random', f'the global generator of {name}')
        seen = [[kind, what] for kind, what in SEEN]
        spec = next((c for c in request['columns'] if c['name'] == request['time']), None)
        answer, data = encode_result(result, table, request['time'], spec and spec['as'])
        return {**facts, **answer, 'seen': seen}, data
    except Unusable as error:
        expected, found = str(error).split('|', 1)
        return {**facts, 'expected': expected, 'found': found}, b''
    except MemoryError:
        return {**facts, 'error': 'MemoryError', 'at': ''}, b''
    except BaseException as error:  # Code that ends its interpreter is an answer too.
        return {**facts, **told(error, loaded['file'])}, b''


# --- strategies of freqtrade ----------------------------------------------------------------------------------------------

STUBBED = []
PAIR = 'PAIR/USDT'


class Parameter:
    """Any parameter of a strategy, at its default."""

    def __init__(self, *args, default=None, **kwargs):
        choices = args[0] if args and isinstance(args[0], (list, tuple)) else None
        self.value = default if default is not None else choices[0] if choices else args[0] if args else None

    @property
    def range(self):
        return [self.value]


def minutes_of(timeframe):
    units = {'m': 1, 'h': 60, 'd': 1440, 'w': 10080}
    return int(timeframe[:-1]) * units[timeframe[-1]]


def merge_informative(table, coarse, timeframe, coarse_timeframe, ffill=True, append_timeframe=True, date_column='date', suffix=None):
    """Rows of a coarser timeframe beside those of a finer one, each from the time on at which its bar is complete."""
    import pandas as pd
    ahead = minutes_of(coarse_timeframe) - minutes_of(timeframe)
    if ahead < 0:
        raise ValueError('a faster timeframe cannot be merged into a slower one')
    if suffix and append_timeframe:
        raise ValueError('You can not specify `append_timeframe` as True and a `suffix`.')
    end = suffix if suffix is not None else coarse_timeframe if append_timeframe else None
    right = coarse.copy()
    right['date_merge'] = right[date_column] + pd.Timedelta(minutes=ahead)
    if end is not None:
        right.columns = [f'{c}_{end}' for c in right.columns]
    key = 'date_merge' if end is None else f'date_merge_{end}'
    merged = table.merge(right, left_on='date', right_on=key, how='left').drop(columns=key)
    if ffill:
        own = [c for c in right.columns if c != key]
        merged[own] = merged[own].ffill()
    return merged


def informative(timeframe, asset='', fmt=None, *, candle_type=None, ffill=True):
    def mark(function):
        function.informative_of = [*getattr(function, 'informative_of', []), (timeframe, asset, fmt, ffill)]
        return function
    return mark


class Provider:
    """What a strategy asks for bars: those of its own pair, whatever pair it names."""

    def __init__(self):
        self.table, self.minutes = None, 0
        self.runmode = type('RunMode', (), {'value': 'backtest'})()

    def get_pair_dataframe(self, pair=None, timeframe=None, candle_type=None):
        if pair not in (None, PAIR):
            stubbed(f'bars of {pair}, for which those of the table stand in')
        return coarser(self.table, self.minutes, minutes_of(timeframe) if timeframe else self.minutes)

    historic_ohlcv = get_pair_dataframe

    def get_analyzed_dataframe(self, pair=None, timeframe=None):
        return self.table.copy(), None

    def current_whitelist(self):
        return [PAIR]

    def available_pairs(self):
        return [(PAIR, '5m')]

    def ohlcv(self, pair=None, timeframe=None, copy=True, candle_type=None):
        return self.get_pair_dataframe(pair, timeframe)

    def market(self, pair):
        return market_of(pair)

    def get_funding_rate_timeframe(self):
        return '8h'


def market_of(pair):
    base, _, quote = pair.partition('/')
    return {'base': base, 'quote': quote.partition(':')[0]}


def coarser(table, minutes, wanted):
    """Bars of a coarser timeframe, stamped at their open; one that is not complete is not there, as live it is not."""
    import pandas as pd
    if wanted <= minutes:
        return table[['date', 'open', 'high', 'low', 'close', 'volume']].copy()
    how = {'open': 'first', 'high': 'max', 'low': 'min', 'close': 'last', 'volume': 'sum'}
    bars = table.set_index('date').resample(f'{wanted}min').agg(how).dropna(subset=['close']).reset_index()
    end = table['date'].iloc[-1] + pd.Timedelta(minutes=minutes)
    return bars[bars['date'] + pd.Timedelta(minutes=wanted) <= end].reset_index(drop=True)


def stubbed(what):
    if what not in STUBBED:
        STUBBED.append(what)


def crossed(a, b, direction=None):
    import pandas as pd
    a = pd.Series(a)
    b = b if isinstance(b, pd.Series) else pd.Series(b, index=a.index)
    above = (a > b) & (a.shift(1) <= b.shift(1))
    below = (a < b) & (a.shift(1) >= b.shift(1))
    return above if direction == 'above' else below if direction == 'below' else above | below


def bollinger(series, window=20, stds=2):
    import pandas as pd
    mid, width = series.rolling(window).mean(), series.rolling(window).std(ddof=1)
    return pd.DataFrame({'upper': mid + stds * width, 'mid': mid, 'lower': mid - stds * width})


def heikin_ashi(bars):
    import pandas as pd
    close = (bars['open'] + bars['high'] + bars['low'] + bars['close']) / 4
    opens, before = [], (bars['open'].iloc[0] + bars['close'].iloc[0]) / 2
    for value in close:
        opens.append(before)
        before = (before + value) / 2
    first = pd.Series(opens, index=bars.index)
    parts = pd.DataFrame({'open': first, 'close': close, 'high': bars['high'], 'low': bars['low']})
    return pd.DataFrame({'open': first, 'high': parts.max(axis=1), 'low': parts.min(axis=1), 'close': close})


def stub_freqtrade():
    """Modules in place of freqtrade's, with what indicators need of them."""
    import types

    def module(name, **known):
        made = types.ModuleType(name)
        made.__path__ = []

        def other(attribute):
            if attribute.startswith('__'):
                raise AttributeError(attribute)
            stubbed(f'{name}.{attribute}')
            return type(attribute, (), {})

        made.__getattr__ = other
        vars(made).update(known)
        sys.modules[name] = made
        parent, _, leaf = name.rpartition('.')
        if parent:
            setattr(sys.modules[parent], leaf, made)

    class IStrategy:
        timeframe = '5m'

        def __init__(self, config=None):
            self.config = config or {}

        def informative_pairs(self):
            return []

        def bot_start(self, **kwargs):
            pass

        def ft_bot_start(self):
            self.bot_start()
            for space in ('buy', 'sell', 'protection'):
                for name, value in getattr(self, f'{space}_params', {}).items():
                    if isinstance(getattr(self, name, None), Parameter):
                        getattr(self, name).value = value

    kinds = ('IntParameter', 'DecimalParameter', 'RealParameter', 'CategoricalParameter', 'BooleanParameter')
    strategy = {
        'IStrategy': IStrategy, 'informative': informative, 'merge_informative_pair': merge_informative,
        'timeframe_to_minutes': minutes_of, 'timeframe_to_seconds': lambda t: 60 * minutes_of(t), **{k: Parameter for k in kinds},
    }
    module('freqtrade')
    module('freqtrade.strategy', **strategy)
    module('freqtrade.strategy.interface', **strategy)
    module('freqtrade.strategy.hyper', **strategy)
    module('freqtrade.strategy.parameters', **strategy)
    module('freqtrade.persistence')
    module('freqtrade.exchange', timeframe_to_minutes=minutes_of)
    module('freqtrade.data')
    module('freqtrade.data.dataprovider')
    module('freqtrade.vendor')
    module('freqtrade.vendor.qtpylib')
    module('freqtrade.vendor.qtpylib.indicators', crossed=crossed, bollinger_bands=bollinger, heikinashi=heikin_ashi,
           crossed_above=lambda a, b: crossed(a, b, 'above'), crossed_below=lambda a, b: crossed(a, b, 'below'),
           typical_price=lambda bars: (bars['high'] + bars['low'] + bars['close']) / 3,
           mid_price=lambda bars: (bars['high'] + bars['low']) / 2,
           rolling_mean=lambda s, window=200, min_periods=None: s.rolling(window, min_periods=min_periods or window).mean(),
           rolling_std=lambda s, window=200, min_periods=None: s.rolling(window, min_periods=min_periods or window).std(),
           sma=lambda s, window=200, min_periods=None: s.rolling(window, min_periods=min_periods or window).mean())
    stubbed('freqtrade, which is not installed: IStrategy, parameters at their defaults, informative pairs, qtpylib')


def strategy_call(module, name):
    """The indicators of a strategy as a function of a table of bars, and what stands in for freqtrade."""
    base = importlib.import_module('freqtrade.strategy').IStrategy
    is_real = hasattr(base, 'advise_indicators')
    own = [c for c in vars(module).values() if inspect.isclass(c) and issubclass(c, base) and c.__module__ == module.__name__]
    chosen = [c for c in own if c.__name__ == name] if name else own[-1:]
    if not chosen:
        raise Unusable('a strategy' + (f' {name}' if name else '') + '|' + (', '.join(c.__name__ for c in own) or 'no class of IStrategy'))
    provider = Provider()
    kinds = {'runmode': 'backtest', 'candle_type_def': 'spot'}
    if is_real:
        enums = importlib.import_module('freqtrade.enums')
        kinds = {'runmode': enums.RunMode.BACKTEST, 'candle_type_def': enums.CandleType.SPOT}
        provider.runmode = kinds['runmode']
    strategy = chosen[0]({
        **kinds, 'stake_currency': 'USDT', 'trading_mode': 'spot', 'margin_mode': '', 'dry_run': True,
        'exchange': {'name': 'none', 'pair_whitelist': [PAIR]}, 'timeframe': getattr(chosen[0], 'timeframe', '5m'),
    })
    strategy.dp = provider
    started = []

    def indicators(table):
        names = {c.lower(): c for c in table.columns}
        time_name = next(c for c in table.columns if str(table[c].dtype).startswith('datetime64'))
        bars = table.rename(columns={time_name: 'date', **{names[k]: k for k in ('open', 'high', 'low', 'close', 'volume') if k in names}})
        minutes = int(bars['date'].sort_values().diff().dropna().mode().iloc[0].total_seconds() // 60)
        if minutes_of(strategy.timeframe) != minutes and len(bars) > 2:
            raise Unusable(f'bars of {strategy.timeframe}, the timeframe of the strategy|bars of {minutes} minutes')
        provider.table, provider.minutes = bars.copy(), minutes
        if not started:
            started.append(strategy)
            strategy.ft_bot_start()
        out = bars[['date', 'open', 'high', 'low', 'close', 'volume']].copy()
        if is_real:
            out = strategy.advise_indicators(out, {'pair': PAIR})
        else:
            out = strategy.populate_indicators(merge_marked(strategy, provider, out), {'pair': PAIR})
        return out.rename(columns={'date': time_name})

    indicators.__name__ = f'{chosen[0].__name__}.populate_indicators'
    return indicators


def pair_words(pair):
    market = market_of(pair)
    return {**{k: v.lower() for k, v in market.items()}, **{k.upper(): v.upper() for k, v in market.items()}}


def merge_marked(strategy, provider, out):
    """What methods marked `@informative` compute on coarser bars, merged."""
    for method in [getattr(strategy, n) for n in dir(type(strategy)) if hasattr(getattr(type(strategy), n), 'informative_of')]:
        for timeframe, asset, fmt, ffill in method.informative_of:
            pair = asset.format(stake='USDT', stake_currency='USDT', **pair_words(PAIR)).upper() if asset else PAIR
            form = fmt or ('{base}_{quote}_' if asset else '') + '{column}_{timeframe}'
            named = {**pair_words(pair), 'asset': pair, 'timeframe': timeframe}
            name = (lambda c: fmt(column=c, **named)) if callable(fmt) else (lambda c: form.format(column=c, **named))
            coarse = method(provider.get_pair_dataframe(pair, timeframe), {'pair': pair, 'timeframe': timeframe})
            coarse = coarse.rename(columns={c: name(c) for c in coarse.columns})
            out = merge_informative(out, coarse, strategy.timeframe, timeframe, ffill, append_timeframe=False, date_column=name('date'))
    return out


# --- loading --------------------------------------------------------------------------------------------------------------


def load_module(path):
    if not path.endswith('.py'):
        sys.path.insert(0, os.getcwd())
        return importlib.import_module(path)
    if not os.path.exists(path):
        raise Unusable(f'a file of Python code|{path}, no such file')
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def find_function(module, name):
    if name:
        value = module
        for part in name.split('.'):
            if not hasattr(value, part):
                raise Unusable(f'a function {name} in {module.__name__}|' + names_of(module))
            value = getattr(value, part)
        if not callable(value):
            raise Unusable(f'{name} to be a function|a {type(value).__name__}')
        return value
    own = [f for n, f in vars(module).items() if not n.startswith('_') and inspect.isfunction(f) and f.__module__ == module.__name__]
    if not own:
        raise Unusable('a function of the table; of a script --cmd takes the command, with {in} and {out} for its files|' + names_of(module))
    if len(own) != 1:
        raise Unusable(f'the name of a function behind a colon, as {module.__name__}.py:make|' + names_of(module))
    return own[0]


def one_argument(call):
    try:
        signature = inspect.signature(call)
    except (TypeError, ValueError):  # Of compiled code nothing is known.
        return call
    try:
        signature.bind(None)
    except TypeError:
        raise Unusable(f'a function of the table alone; what else it takes needs defaults|{call.__name__}{signature}')
    return call


def names_of(module):
    own = [n for n, f in vars(module).items() if callable(f) and not n.startswith('_') and getattr(f, '__module__', None) == module.__name__]
    return 'the functions ' + ', '.join(own[:20]) if own else 'no function of its own'


def choose_frame(asked):
    if asked != 'auto':
        return asked
    return 'pandas' if 'pandas' in sys.modules else 'polars' if 'polars' in sys.modules else 'numpy' if 'numpy' in sys.modules else 'lists'


def version_of(name):
    return getattr(sys.modules.get(name), '__version__', None)


def split_target(target):
    """`features.py:make` as its two parts; the second is empty where there is none."""
    path, _, name = target.rpartition(':')
    return (path, name) if path and all(part.isidentifier() for part in name.split('.')) else (target, '')


def load(options):
    started = time.perf_counter()
    path, name = split_target(options['target'])
    is_strategy = options.get('kind') == 'freqtrade'
    if is_strategy:
        if importlib.util.find_spec('freqtrade') is None:
            stub_freqtrade()
        else:
            stubbed("the exchange: its bars are the table's")
    module = load_module(path)
    file = getattr(module, '__file__', None)
    call = strategy_call(module, name) if is_strategy else one_argument(find_function(module, name))
    frame = choose_frame(options.get('frame', 'auto'))
    if frame in ('pandas', 'polars', 'numpy'):
        importlib.import_module(frame)  # Here, or every run would import it anew.
    facts = {
        'version': VERSION, 'python': sys.version.split()[0], 'executable': sys.executable, 'file': file,
        'function': getattr(call, '__name__', str(call)), 'frame': frame, 'pandas': version_of('pandas'),
        'numpy': version_of('numpy'), 'polars': version_of('polars'), 'fork': hasattr(os, 'fork') and 'polars' not in sys.modules,
        'seconds': time.perf_counter() - started, 'seen': [[k, w] for k, w in SEEN], 'mentions': mentions(module), 'stubs': STUBBED,
    }
    return {'call': call, 'file': file, 'frame': frame}, facts


# --- the server -----------------------------------------------------------------------------------------------------------


def process_control():
    """Linux's prctl, by which a child ends with its parent however that one ends; None where there is none."""
    try:
        import ctypes
        return ctypes.CDLL(None).prctl if sys.platform == 'linux' else None
    except (ImportError, OSError, AttributeError):
        return None


END_WITH_PARENT = None


def forked(out, loaded, request, payload):
    """Starts a run in a child; returns (pid, where its answer is read from)."""
    source, sink = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(source)
            os.close(out)
            os.setpgid(0, 0)
            if END_WITH_PARENT is not None:
                END_WITH_PARENT(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            write_frame(sink, *run_once(loaded, request, payload))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(sink)
    return pid, source


def reap(pid, data, request, late):
    """The whole answer of a child, or why there is none."""
    _, status = os.waitpid(pid, 0)
    if len(data) >= 4:
        n = struct.unpack('<I', data[:4])[0]
        if len(data) >= 4 + n and len(data) == 4 + n + json.loads(data[4:4 + n].decode('utf-8'))['bytes']:
            return bytes(data)
    if late:
        why = f'no answer within {request["timeout"]} s'
    elif os.WIFSIGNALED(status):
        why = f'its process was ended by signal {os.WTERMSIG(status)} ({signal.Signals(os.WTERMSIG(status)).name})'
    else:
        why = 'its process ended without an answer'
    text = json.dumps({'id': request['id'], 'error': why, 'at': '', 'bytes': 0}).encode('utf-8')
    return struct.pack('<I', len(text)) + text


def serve_forking(source, out, loaded):
    """Runs in children until stdin ends or a signal comes: none of them outlives it."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    running = {}
    try:
        serve_children(source, out, loaded, running)
    except KeyboardInterrupt:
        pass
    finally:
        for run in running.values():
            end_group(run['pid'])


def stop(*_):
    raise KeyboardInterrupt


def serve_children(source, out, loaded, running):
    import select
    while True:
        now = time.monotonic()
        wait = min([r['until'] for r in running.values()], default=now + 3600) - now
        ready = select.select([source, *running], [], [], max(0.0, wait))[0]
        for fd in ready:
            if fd == source:
                frame = read_frame(source)
                if frame is None:
                    return
                request, payload = frame
                pid, pipe = forked(out, loaded, request, payload)
                running[pipe] = {'pid': pid, 'request': request, 'data': bytearray(), 'until': time.monotonic() + request['timeout']}
                continue
            part = os.read(fd, 1 << 20)
            if part:
                running[fd]['data'] += part
                continue
            run = running.pop(fd)
            os.close(fd)
            write_all(out, reap(run['pid'], run['data'], run['request'], run.get('late', False)))
        for run in running.values():
            if time.monotonic() >= run['until'] and not run.get('late'):
                run['late'] = True
                run['until'] = float('inf')
                end_group(run['pid'])
        for fd in [fd for fd, run in running.items() if run.get('late')]:
            run = running.pop(fd)
            os.close(fd)
            write_all(out, reap(run['pid'], b'', run['request'], True))


def end_group(pid):
    for end in (os.killpg, os.kill):
        try:
            end(pid, signal.SIGKILL)
            return
        except (ProcessLookupError, PermissionError):
            continue


def serve(options):
    """Answers runs until stdin ends."""
    out = os.dup(1)
    source = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    if os.name == 'nt':
        import msvcrt
        msvcrt.setmode(out, os.O_BINARY)
        msvcrt.setmode(source, os.O_BINARY)
    global END_WITH_PARENT
    END_WITH_PARENT = process_control()
    sys.addaudithook(audit)
    own = split_target(options['target'])[0]
    try:
        loaded, facts = load(options)
    except Unusable as error:
        expected, found = str(error).split('|', 1)
        return write_frame(out, {'expected': expected, 'found': found})
    except BaseException as error:
        return write_frame(out, told(error, own))
    write_frame(out, facts)
    if facts['fork'] and not options.get('fresh'):
        return serve_forking(source, out, loaded)
    frame = read_frame(source)
    if frame is not None:
        write_frame(out, *run_once(loaded, *frame))


# --- for pytest -----------------------------------------------------------------------------------------------------------


def command():
    """The words that start Minotaur: those of MINOTAUR, or `minotaur`."""
    import shlex
    return shlex.split(os.environ.get('MINOTAUR', 'minotaur'))


def verify(target, bars=None, trades=None, labels=(), options=()):
    """Runs `minotaur verify --foreign` on a function and raises AssertionError with what does not hold.

    target: 'features.py:make'; bars or trades: the file; labels: columns that are labels; options: further words of the
    command, as ['--window', '500']. Returns the report, as `--json` prints it.
    """
    words = [*command(), 'verify', '--foreign', target, '--python', sys.executable, '--json']
    words += ['--bars', str(bars)] if bars is not None else ['--trades', str(trades)]
    words += ['--labels', ','.join(labels)] if labels else []
    done = subprocess.run([*words, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    report = report_in(done.stdout)
    if report is None or done.returncode not in (0, 1):
        untested = [f"{c['name']}: {c['text']}" for c in (report or {}).get('columns', []) if c['verdict'] == 'untested']
        raise AssertionError('\n'.join(['minotaur verify could not answer:', *untested, done.stderr.strip()]).strip())
    wrong = [c for c in report['columns'] if c['fails']]
    lines = [f"{c['name']}: {c['text']}" for c in wrong] + [n['text'] for n in report['findings'] if n['fails']]
    lines += live_lines(report.get('live'))
    if lines or not report['holds']:
        raise AssertionError('\n'.join([f'{target} does not hold:', *lines]))
    return report


def report_in(text):
    """The report that was printed; None where none was."""
    try:
        report = json.loads(text)
    except ValueError:
        return None
    return report if isinstance(report, dict) and 'columns' in report else None


def live_lines(live):
    """Where a live program and its batch part."""
    if live is None:
        return []
    if not live['columns']:
        return ['live and batch have no column in common']
    lines = []
    for c in live['columns']:
        if c['compared'] == 0:
            lines.append(f"{c['name']}: live and batch have no row in common")
        elif c['first'] is not None:
            where = f"first in row {c['first']['row'] + 1}: {c['first']['batch']} in batch, {c['first']['live']} live"
            lines.append(f"{c['name']}: differs in {c['differ']} of {c['compared']} rows, {where}")
    return lines


if __name__ != '__main__':
    try:
        import pytest

        @pytest.fixture
        def minotaur_verify():
            """The function `verify`."""
            return verify
    except ImportError:
        pass


if __name__ == '__main__':
    if len(sys.argv) != 3 or sys.argv[1] != 'serve':
        sys.exit('This file is started by `minotaur verify --foreign`, or imported by a test.')
    serve(json.loads(sys.argv[2]))
