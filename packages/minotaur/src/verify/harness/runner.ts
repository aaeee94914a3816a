/** The other end of a job, as a process of some Node version; prints its result as JSON. */
import { runJob } from './job.ts';

console.log(JSON.stringify(await runJob(process.argv[2], Number(process.argv[3]))));
