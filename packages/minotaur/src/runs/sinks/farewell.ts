/** How long a store is waited for. */

/** Milliseconds that a server may take for an answer while rows of a bus are sent; one that takes longer is away. */
export const ANSWER_MS = 30_000;
/** The same once the sink is to end: what runs services kills them some seconds later. */
export const FAREWELL_MS = 5000;

/** What a store answers. Once the signal has come, the store is dropped where an answer takes longer than {@link FAREWELL_MS}. */
export async function answerOf<T>(work: Promise<T>, signal: AbortSignal, drop: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    timer = setTimeout(drop, FAREWELL_MS);
  };
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', begin);
  }
}
