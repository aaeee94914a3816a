/** `minotaur bus init|produce|tail|lag|verify`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { busLag, type BusLagOptions } from '../../runs/bus/lag.ts';
import { initBus, type BusInitOptions } from '../../runs/bus/init.ts';
import { produceToBus, type BusProduceOptions } from '../../runs/bus/produce.ts';
import { tailBus, type BusTailOptions } from '../../runs/bus/tail.ts';
import { verifyBus, type BusVerifyOptions } from '../../runs/bus/verify.ts';
import { interruption } from '../interruption.ts';
import { namedFiles } from '../named-files.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { initLines, lagLines, produceLines, verifyLines } from '../print/bus.ts';

export type BusInitFlags = BusInitOptions & OutputFlags;
export type BusProduceFlags = Omit<BusProduceOptions, 'trades'> & { readonly trades?: readonly string[] } & OutputFlags;
export type BusTailFlags = Omit<BusTailOptions, 'onRow' | 'onPrediction' | 'signal'> & { readonly values?: true };
export type BusLagFlags = BusLagOptions & OutputFlags;
export type BusVerifyFlags = BusVerifyOptions & OutputFlags;

/** What passes is said where it does not get among the figures. */
export function createNotes(): (words: string) => void {
  let last = '';
  return (words) => {
    if (words !== last) console.error(words);
    last = words;
  };
}

export async function busInitCommand({ json, ...options }: BusInitFlags): Promise<void> {
  print(await initBus({ ...options, onNote: createNotes() }), json, initLines);
}

export async function busProduceCommand({ json, trades, ...options }: BusProduceFlags): Promise<void> {
  const named = namedFiles('--trades', trades);
  if (trades !== undefined && named === undefined)
    fail('config', '--trades', 'NAME=GLOB, the name being that of the chain', `'${trades[0]}'`);
  const { signal } = interruption();
  print(await produceToBus({ ...options, trades: named, signal, onNote: createNotes() }), json, produceLines);
}

export async function busTailCommand({ values, ...options }: BusTailFlags): Promise<void> {
  const { signal } = interruption();
  const report = await tailBus({
    ...options,
    signal,
    onNote: createNotes(),
    onRow(row) {
      const { chain, epoch, ordinal, time, ready, complete } = row;
      const own = values === true ? { values: [...row.values] } : {};
      console.log(JSON.stringify({ chain, epoch, ordinal, time, ready, complete, ...own }));
    },
    onPrediction: (prediction) => console.log(JSON.stringify(prediction)),
  });
  console.error(
    `${report.rows} ${options.model === undefined ? 'rows' : 'predictions'}, ${report.repeated} that had come before`,
  );
  interruption().settled();
}

export async function busLagCommand({ json, ...options }: BusLagFlags): Promise<void> {
  const { signal } = interruption();
  const report = await busLag({ ...options, signal, onNote: createNotes() });
  print(report, json, lagLines);
  failUnless(!report.partitions.some(({ cut }) => cut));
}

export async function busVerifyCommand({ json, ...options }: BusVerifyFlags): Promise<void> {
  const { signal } = interruption();
  const report = await verifyBus({ ...options, signal, onNote: createNotes() });
  print(report, json, verifyLines);
  failUnless(report.holds);
}
