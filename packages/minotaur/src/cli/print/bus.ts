/** Reports of a bus in words. */
import type { BusInitReport } from '../../runs/bus/init.ts';
import type { BusLagReport } from '../../runs/bus/lag.ts';
import type { BusProduceReport } from '../../runs/bus/produce.ts';
import { isLate, isWhole, type BusVerifyReport } from '../../runs/bus/verify.ts';
import type { BusWorkerReport } from '../../runs/bus/worker.ts';

const figure = (value: number): string => value.toLocaleString('en');

export function initLines({ topics }: BusInitReport): string {
  return topics
    .map(({ topic, partitions, made }) => `${topic}: ${figure(partitions)} partitions${made ? '' : ', there already'}`)
    .join('\n');
}

export function produceLines({ chains, seconds }: BusProduceReport): string {
  const lines = chains.map(({ chain, partition, epoch, events, before, bytes }) => {
    const written = events - before;
    const each = written === 0 ? '' : `, ${(bytes / written).toFixed(2)} bytes each`;
    const had = before === 0 ? '' : ` behind ${figure(before)} that were there`;
    return `${chain}: ${figure(written)} events${had}, in partition ${partition}, epoch ${epoch}${each}`;
  });
  return [...lines, `${seconds.toFixed(1)} s`].join('\n');
}

export function lagLines({ partitions, lag }: BusLagReport): string {
  const lines = partitions
    .filter(({ end }) => end > 0)
    .map(({ partition, lag: own, chains, cut, from, first }) => {
      const words = cut ? `: CUT OFF, ${figure(from)} is needed and ${figure(first)} is the first` : '';
      return `partition ${partition}: ${figure(own)} messages, ${figure(chains)} chains with a snapshot${words}`;
    });
  return [...lines, `${figure(lag)} messages behind the snapshots`].join('\n');
}

export function verifyLines({ chains, rows, repeated, predictions, holds }: BusVerifyReport): string {
  const lines = chains.flatMap(({ chain, predictions: said, ...of }) => [
    ...differenceLines(chain, 'row', of),
    ...(said === null ? [] : differenceLines(chain, 'prediction', said)),
  ]);
  const predicted = chains.some((one) => one.predictions !== null) ? `, ${figure(predictions)} predictions` : '';
  const counted = `${figure(rows)} rows of ${figure(chains.length)} chains, ${figure(repeated)} written again${predicted}`;
  const isBehind = !holds && chains.every((one) => isWhole(one) || isLate(one));
  const words = isBehind ? 'NOT all there, same bits as far as they are (does a worker run?)' : 'NOT the same';
  return [...lines, `${holds ? 'same bits' : words}: ${counted}`].join('\n');
}

function differenceLines(
  chain: string,
  what: string,
  { expected, found, differs }: Pick<BusVerifyReport['chains'][number], 'expected' | 'found' | 'differs'>,
): string[] {
  if (differs !== null) return [`${chain}: ${what} ${figure(differs)} has other bits`];
  return expected === found ? [] : [`${chain}: ${figure(found)} of ${figure(expected)} ${what}s`];
}

export function workerLines({ events, rows, predictions, snapshots, repeated, refused }: BusWorkerReport): string {
  const rest = `${figure(repeated)} seen again, ${figure(refused)} refused`;
  const made = `${figure(rows)} rows, ${figure(predictions)} predictions, ${figure(snapshots)} snapshots`;
  return `ended as told: ${figure(events)} events (${rest}), ${made}`;
}
