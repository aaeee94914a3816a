/** What `live` takes: what its parts take, and where it is served. */
import {
  callback,
  choice,
  byName,
  listOf,
  secret,
  optionsOf,
  textual,
  thing,
  whole,
} from 'minotaur-core/internal/base/options';
import { configArgument } from '../../files/config-file.ts';
import { LIVE_BUS } from './bus-following.ts';
import { NIGHT } from './night.ts';
import { PREDICTING } from './replacement.ts';
import { WARM_START } from './warm-start.ts';
import { RUN } from '../course/options.ts';
import type { ConfigArgument } from '../../files/config-file.ts';
import type { TlsFiles } from '../../service/server/tls-files.ts';
import type { VenueAddress } from '../../service/supervisor/listening.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { RunOptions } from '../course/options.ts';
import type { LiveBusOptions } from './bus-following.ts';
import type { NightOptions } from './night.ts';
import type { PredictingOptions } from './replacement.ts';
import type { WarmStartOptions } from './warm-start.ts';

/** What `live` takes. */
export interface LiveOptions extends RunOptions, WarmStartOptions, PredictingOptions, NightOptions, LiveBusOptions {
  /** The chain: a preset's name, a file, or the configuration itself. Each instrument names its venue. */
  readonly config: ConfigArgument;
  /** Directory of the record; a session that is there goes on. */
  readonly journal: string;
  /** Where venues are, by their names, in place of their own addresses. */
  readonly addresses?: Readonly<Record<string, VenueAddress>> | undefined;
  /** What a hole does that nothing filled: it ends the session (default), or rows go on as not complete. */
  readonly onHole?: 'stop' | 'degrade' | undefined;
  /** 127.0.0.1 where absent. */
  readonly host?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** File of tokens; absent: nobody is asked, on loopback only. */
  readonly tokens?: string | undefined;
  /** Origins of pages from elsewhere that may call. */
  readonly origins?: readonly string[] | undefined;
  /** Files of a certificate. */
  readonly tls?: TlsFiles | undefined;
  /** Clocks and chance; those of the process where absent. */
  readonly around?: Surroundings | undefined;
  /** Is given what reads the files of artefact and model anew, to be called when it is told to; what is returned ends that. */
  readonly onHangup?: ((replace: () => void) => () => void) | undefined;
  /** Once it listens. */
  readonly onListening?: ((url: string) => void) | undefined;
}

const ADDRESS = optionsOf<VenueAddress>(
  {},
  { stream: listOf(textual), rest: textual, restHeaders: byName(secret), dumps: textual },
);
export const LIVE = optionsOf<LiveOptions>(
  { config: configArgument, journal: textual, port: whole },
  {
    ...RUN,
    ...WARM_START,
    ...PREDICTING,
    ...NIGHT,
    ...LIVE_BUS,
    addresses: byName(ADDRESS),
    onHole: choice(['stop', 'degrade']),
    host: textual,
    tokens: textual,
    origins: listOf(textual),
    tls: optionsOf<TlsFiles>({ cert: textual, key: textual }, {}),
    around: thing<Surroundings>('clocks and chance'),
    onHangup: callback,
    onListening: callback,
  },
);
