import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command reads and writes: the process, or a test. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line for whoever asked; programs read it, too. */
  out(line: string): void;
  /** A line about what went wrong, or what to do. */
  err(line: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
}

/** One of the operator's commands. */
export interface Command {
  /** As it is typed: `user add`. */
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** How it is used, without the command itself: `--desk D`. */
  readonly usage: string;
  /** What else `--help` says. */
  readonly details: string;
  /** @throws UsageError, Refusal, Incomplete; whatever else is thrown means a defect or a broken machine */
  run(args: readonly string[], terminal: Terminal): Promise<void>;
}

/** The command was not understood: exit code 2. */
export class UsageError extends Error {}

/** It was understood, and cannot be done: exit code 1, nothing was changed. */
export class Refusal extends Error {}

/** It was done, but for some of it, which the command has listed: exit code 1. */
export class Incomplete extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The command's options as they were typed. @throws UsageError for one that it does not know, and for arguments where it takes none */
export function optionsOf<T extends Options>(args: readonly string[], options: T) {
  return parsed(() => parseArgs({ args: [...args], options, allowPositionals: false, strict: true })).values;
}

/** The command's arguments; it has no options. @throws UsageError */
export function argumentsOf(args: readonly string[]): string[] {
  return parsed(() => parseArgs({ args: [...args], options: {}, allowPositionals: true, strict: true })).positionals;
}

/** Both, for a command that has both, as they were typed. @throws UsageError for an option that it does not know */
export function optionsAndArguments<T extends Options>(args: readonly string[], options: T) {
  return parsed(() => parseArgs({ args: [...args], options, allowPositionals: true, strict: true }));
}

/** The values of options that must be there, in their order. @throws UsageError that names all that are missing */
export function required<K extends string>(
  values: { readonly [name in K]?: string | boolean | undefined },
  names: readonly K[],
): Record<K, string> {
  const given = names.map((name) => [name, String(values[name] ?? '').trim()] as const);
  const missing = given.filter(([, value]) => value === '').map(([name]) => `--${name}`);
  if (missing.length > 0) throw new UsageError(`${missing.join(', ')}: expected`);
  return Object.fromEntries(given) as Record<K, string>;
}

/** Node's own complaint, in one line and without its advice. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(message.split(/\. |\n/)[0]?.replace(/\.$/, ''));
  }
}
