/** Fills the page of a run. */
import { render } from 'preact';
import { placeId } from '../parts/page-data.ts';
import { readData } from './data.ts';
import { sourceOf } from './view/source.ts';
import { Viewer } from './view/viewer.tsx';

const place = document.getElementById(placeId('view'));
const scene = readData('view');
if (place !== null && scene !== undefined) render(<Viewer scene={scene} source={sourceOf(scene)} />, place);
