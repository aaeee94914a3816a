/** Before any schema is made: no code is made of text, which the page forbids. */
import { config } from 'zod';

config({ jitless: true });
