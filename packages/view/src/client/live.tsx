/** Fills the page of a live service. */
import { render } from 'preact';
import { Live } from './live/live.tsx';

const place = document.getElementById('live');
if (place !== null) render(<Live />, place);
