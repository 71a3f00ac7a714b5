import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command reads and writes: the streams of the process, or those of a test. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a line of the result to standard output. Programs read these lines, too. */
  out(line: string): void;
  /** Writes a line about progress, an error or advice to standard error. */
  err(line: string): void;
  /** Reads standard input to its end. */
  readInput(): Promise<string>;
}

/** One of the operator's commands. */
export interface Command {
  /** The words that the operator types: `user add`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The options and arguments, without the name: `--desk D`. */
  readonly usage: string;
  /** The text that `--help` prints below the usage. */
  readonly details: string;
  /** @throws UsageError, Refusal, Incomplete. Any other error means a defect or a broken machine. */
  run(args: readonly string[], terminal: Terminal): Promise<void>;
}

/** The command was not understood. The exit code is 2. */
export class UsageError extends Error {}

/** The command was understood but cannot be done, and nothing was changed. The exit code is 1. */
export class Refusal extends Error {}

/** The command did only a part of its work and has listed the rest. The exit code is 1. */
export class Incomplete extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads the options of a command that takes no arguments. @throws UsageError for an unknown option or any argument */
export function optionsOf<T extends Options>(args: readonly string[], options: T) {
  return parsed(() => parseArgs({ args: [...args], options, allowPositionals: false, strict: true })).values;
}

/** Reads the arguments of a command that has no options. @throws UsageError for any option */
export function argumentsOf(args: readonly string[]): string[] {
  return parsed(() => parseArgs({ args: [...args], options: {}, allowPositionals: true, strict: true })).positionals;
}

/** Reads the options and arguments of a command that has both. @throws UsageError for an unknown option */
export function optionsAndArguments<T extends Options>(args: readonly string[], options: T) {
  return parsed(() => parseArgs({ args: [...args], options, allowPositionals: true, strict: true }));
}

/**
 * Returns the values of mandatory options in the order of `names`.
 *
 * @throws UsageError that lists all missing options
 */
export function required<K extends string>(
  values: { readonly [name in K]?: string | boolean | undefined },
  names: readonly K[],
): Record<K, string> {
  const given = names.map((name) => [name, String(values[name] ?? '').trim()] as const);
  const missing = given.filter(([, value]) => value === '').map(([name]) => `--${name}`);
  if (missing.length > 0) throw new UsageError(`${missing.join(', ')}: expected`);
  return Object.fromEntries(given) as Record<K, string>;
}

/** Turns an error of Node's `parseArgs` into a UsageError of one line, without the advice that Node appends. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(message.split(/\. |\n/)[0]?.replace(/\.$/, ''));
  }
}
