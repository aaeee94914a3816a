/** The keys, in a window of their own. */
import { useEffect, useRef } from 'preact/hooks';
import { BINDINGS } from './keys.ts';

export function Help({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-label="Keys" onClose={close}>
      <h2>Keys</h2>
      <dl class="facts">
        {BINDINGS.map(({ action, shown, what }) => (
          <>
            <dt key={action}>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
      <p class="soft small">
        Wheel: nearer and further away. Drag: along the bars. Two fingers: both. The axis of prices can be dragged, and
        a double click sets it right again; the line between two panes can be dragged too.
      </p>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
