// `node test/atOnce.mjs typecheck lint`: scripts of package.json that do not touch one another, at once; what each says in one piece.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** @returns whether it ended well */
async function passes(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise((done) => child.once('close', done));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  console.log(`\n${script}\n${out}${err}`);
  return (await code) === 0;
}

const passed = await Promise.all(process.argv.slice(2).map(passes));
process.exitCode = passed.every(Boolean) ? 0 : 1;
