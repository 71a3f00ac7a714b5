import { ConfigError } from '../config';
import { DeskFileError } from '../desks/deskFile';
import { DomainError } from '../domain/errors';
import { OperationRefused } from '../storage/operation/refused';
import { UnusableDatabase } from '../storage/unusable';
import { backup } from './backup';
import { checkCommand } from './check';
import { type Command, Incomplete, Refusal, type Terminal, UsageError } from './command';
import { importCommand } from './import';
import { migrate } from './migrate';
import { moveDatabaseCommand } from './moveDatabase';
import { outboxPause, outboxResume, outboxStatus } from './outbox';
import { purgeCommand } from './purge';
import { restore } from './restore';
import { secretRotate } from './secretRotate';
import { seed } from './seed';
import { sessionEnd, sessionList } from './sessions';
import { tokenAdd } from './tokenAdd';
import { tokenList, tokenRevoke } from './tokens';
import { userAdd } from './userAdd';
import { userDisable, userEnable, userList, userPassword, userRemoveDemo, userRole } from './users';

const COMMANDS: readonly Command[] = [
  migrate,
  seed,
  userAdd,
  userList,
  userDisable,
  userEnable,
  userRole,
  userPassword,
  userRemoveDemo,
  tokenAdd,
  tokenList,
  tokenRevoke,
  sessionList,
  sessionEnd,
  importCommand,
  backup,
  restore,
  checkCommand,
  purgeCommand,
  secretRotate,
  moveDatabaseCommand,
  outboxStatus,
  outboxPause,
  outboxResume,
];

const DONE_STATUS = 0;
const REFUSED_STATUS = 1;
const NOT_UNDERSTOOD_STATUS = 2;

/** Runs one of the operator's commands. @returns the exit code: 0 done, 1 refused or failed, 2 not understood */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<number> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, i) => argv[i] === word));
  const args = argv.slice(command?.name.split(' ').length ?? 0);
  if (args.some((arg) => arg === '--help' || arg === '-h') || argv[0] === 'help') {
    terminal.out(command ? helpFor(command) : overview());
    return DONE_STATUS;
  }
  if (!command) {
    const typed = argv.slice(0, 2).join(' ');
    terminal.err(typed === '' ? overview() : `${typed}: no such command; --help lists them.`);
    return NOT_UNDERSTOOD_STATUS;
  }
  try {
    await command.run(args, terminal);
    return DONE_STATUS;
  } catch (error) {
    const usage = error instanceof UsageError;
    terminal.err(usage ? `${error.message}; see ${command.name} --help.` : whatFailed(error));
    return usage ? NOT_UNDERSTOOD_STATUS : REFUSED_STATUS;
  }
}

/** Describes an error that the operator can do something about in one line, and a defect with its stack. */
function whatFailed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = [Refusal, Incomplete, ConfigError, DeskFileError, DomainError, UnusableDatabase, OperationRefused];
  // The messages of SQLite and of the file system say why something cannot be opened, read or written.
  const told = expected.some((kind) => error instanceof kind) || error.name === 'SqliteError' || 'syscall' in error;
  return told ? error.message : (error.stack ?? error.message);
}

function helpFor({ name, usage, summary, details }: Command): string {
  return `npm run cli -- ${[name, usage].filter(Boolean).join(' ')}\n\n${capital(summary)}.\n${details}`;
}

function overview(): string {
  const widest = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`);
  return [
    'npm run cli -- COMMAND',
    '',
    ...lines,
    '',
    'COMMAND --help says more. Settings come from the environment, as for the server.',
  ].join('\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
