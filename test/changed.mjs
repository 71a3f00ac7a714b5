// `npm run test:changed [COMMIT]`: the house's tests of what changed since COMMIT (else since the branch left main), committed or not.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', 'house', '--findRelatedTests'];

/** Tests read these folders as files, so that no import leads to them: whoever imports the reader is asked instead. */
const READERS = {
  'views/locales/': 'src/presentation/texts.ts',
  'views/assets/': 'src/http/middleware/assets.ts',
  'views/': 'src/presentation/templates.ts',
  'data/desks/': 'src/desks/deskFile.ts',
};
/** They read the sources themselves. */
const ALWAYS = git('ls-files', 'test/architecture/*.test.ts');
/** A test that says so asks the program as it was built, and no import says what that depends on. */
const STARTS_PROGRAM = /\bbuildProgram\b/;

const [since = git('merge-base', 'HEAD', 'main')[0]] = process.argv.slice(2);
const changed = [
  ...git('diff', '--name-only', '--diff-filter=d', since),
  ...git('ls-files', '-o', '--exclude-standard'),
];
const asked = new Set(ALWAYS);
for (const file of changed) {
  const folder = Object.keys(READERS).find((start) => file.startsWith(start));
  if (folder) asked.add(READERS[folder]);
  else if (/^(src|test)\/.*\.[cm]?[jt]s$/.test(file)) asked.add(file);
}

const related = execFileSync(process.execPath, [...jest, ...asked, '--listTests'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((line) => line.endsWith('.test.ts'))
  .map((file) => relative(root, file));
const starters = git('ls-files', 'test/*.test.ts', ':!test/faults').filter((file) =>
  STARTS_PROGRAM.test(readFileSync(join(root, file), 'utf8')),
);
const leftOut = starters.filter((file) => !related.includes(file));
console.log(
  `${changed.length} files changed since ${since.slice(0, 9)}. These ${related.length} tests depend on them:`,
);
console.log(related.sort().join('\n'));
console.log(`\nNot run, though they start the program: ${leftOut.join(', ') || 'none'}`);
process.exitCode = spawnSync(process.execPath, [...jest, ...asked], { cwd: root, stdio: 'inherit' }).status ?? 1;
