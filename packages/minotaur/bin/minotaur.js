#!/usr/bin/env node
// Stands beside dist, which a fresh checkout does not have yet: npm links a command only where its file exists.
await import('../dist/cli/main.js');
