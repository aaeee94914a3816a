/** `minotaur worker`. */
import { runBusWorker, type BusWorkerOptions } from '../../runs/bus/worker.ts';
import { interruption } from '../interruption.ts';
import { print, type OutputFlags } from '../output.ts';
import { workerLines } from '../print/bus.ts';
import { createNotes } from './bus.ts';

export type WorkerFlags = Omit<BusWorkerOptions, 'signal' | 'onListening' | 'onNote'> & OutputFlags;

export async function workerCommand({ json, ...options }: WorkerFlags): Promise<void> {
  const { signal } = interruption();
  const onNote = createNotes();
  const onListening = (url: string): void => onNote(`${url}/readyz ${url}/metrics ${url}/v1/status`);
  const report = await runBusWorker({ ...options, signal, onNote, onListening });
  print(report, json, workerLines);
  interruption().settled();
}
