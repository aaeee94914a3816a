/** A minute for each target. */
import { fuzzTests } from '../fuzz/trial.ts';

fuzzTests(60);
