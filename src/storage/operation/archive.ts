import type { Readable } from 'node:stream';
import { clientProgram, type ServerPlace } from './clientPrograms';
import { OperationRefused } from './refused';

/** What an archive of pg_dump holds. */
interface Archive {
  /** The number of the newest migration; 0 if the archive belongs to another program. */
  readonly schema: number;
  readonly bookings: number;
}

const COPY = /^COPY (?:[\w"]+\.)?(\w+) \(([^)]*)\) FROM stdin;$/;
const END = '\\.';

/**
 * Reads an archive from its first byte to its last, as a restore would, and counts what it holds.
 *
 * @throws OperationRefused if pg_restore is missing, too old for the archive, or finds it damaged
 */
export async function readArchive(file: string, { env }: Pick<ServerPlace, 'env'>): Promise<Archive> {
  const counted = { schema: 0, bookings: 0 };
  let rows: ((fields: readonly string[]) => void) | undefined;
  let whole = false;
  const onLine = (line: string) => {
    if (rows) {
      if (line === END) rows = undefined;
      else rows(line.split('\t'));
      return;
    }
    const [, table = '', columns = ''] = COPY.exec(line) ?? [];
    if (table !== '') rows = countersOf(counted)(table, columns.split(', '));
    if (line.startsWith('-- PostgreSQL database dump complete')) whole = true;
  };
  await clientProgram(
    'pg_restore',
    ['--file=-', file],
    { url: NO_SERVER, env },
    {
      consume: (output) => eachLine(output, onLine),
    },
  );
  if (!whole) throw new OperationRefused(`${file} is damaged: it has no end.`);
  return counted;
}

/** A placeholder: pg_restore opens no connection when it only reads an archive. */
const NO_SERVER = 'postgres://localhost/none';

/**
 * Splits the output at line feeds only. Node's `readline` would also split at Unicode line separators, which a row may
 * contain.
 */
async function eachLine(output: Readable, onLine: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const text of output.setEncoding('utf8')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  }
  if (rest !== '') onLine(rest);
}

/** Returns, for a table, the function that counts one of its rows; most tables are read without being counted. */
function countersOf(counted: { schema: number; bookings: number }) {
  return (table: string, columns: readonly string[]) => {
    const field = (name: string) => columns.indexOf(name);
    const [number, status] = [field('number'), field('status')];
    return (fields: readonly string[]): void => {
      if (table === 'migration') counted.schema = Math.max(counted.schema, Number(fields[number]));
      if (table === 'booking' && !/^(held|lapsed)$/.test(fields[status] ?? '')) counted.bookings++;
    };
  };
}
