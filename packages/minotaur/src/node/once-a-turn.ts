/** Many calls of one turn are one, after the turn's own work: what published them waits for nobody. */
export function onceATurn(run: () => void): () => void {
  let woken = false;
  return () => {
    if (woken) return;
    woken = true;
    setImmediate(() => {
      woken = false;
      run();
    });
  };
}
