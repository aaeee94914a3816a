/** Exits with 0 where the service in this container answers: the image has no curl. */
const response = await fetch(process.argv[2] ?? 'http://127.0.0.1:8080/healthz', { signal: AbortSignal.timeout(2000) });
process.exitCode = response.ok ? 0 : 1;
