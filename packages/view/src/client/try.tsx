/** Fills the page on which a visitor's own trades become bars and features. */
import { render } from 'preact';
import { Trying } from './try/trying.tsx';

const place = document.getElementById('try');
if (place !== null) render(<Trying />, place);
