// Is imported first, because it helps only what is loaded after it.
import './compileCache';

import { text } from 'node:stream/consumers';
import { runCommand } from './cli/run';

runCommand(process.argv.slice(2), {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  readInput: () => {
    if (process.stdin.isTTY) process.stderr.write('Reading standard input; Ctrl+D ends it.\n');
    return text(process.stdin);
  },
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
