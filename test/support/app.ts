import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOutbox } from '../../src/app/notifications/writeOutbox';
import type { Inbox } from '../../src/app/ports/inbox';
import type { Mailer } from '../../src/app/ports/mailer';
import { compose } from '../../src/compose';
import type { Desk } from '../../src/domain/desk';
import type { StreamBounds } from '../../src/http/eventStreams';
import { randomIds } from '../../src/identity/ids';
import { argon2Passwords } from '../../src/identity/passwords';
import { mailbox } from '../../src/mail/mailbox';
import { aDesk, NOW } from './builders';
import { stoppedClock } from './clock';
import { chosenKind, everythingIn, newDatabase, openUrl } from './databases';
import { testLog } from './logs';

export const SECRET = 'a secret of the tests, at least 32 letters long';

interface Options {
  readonly now?: string | number;
  readonly desks?: readonly Desk[];
  /** Replaces the embedded mailbox. */
  readonly mailer?: Mailer;
  readonly baseUrl?: string;
  readonly onStatement?: (sql: string) => void;
  /** The setting TRUST_PROXY. */
  readonly trustProxy?: string | number;
  /** A database that the caller made and will drop. If `desks` is empty, it may hold desks already. */
  readonly databaseUrl?: string;
  /** Whether the program runs as with NODE_ENV=production. */
  readonly production?: boolean;
  /** The settings SECRET and SECRET_PREVIOUS. */
  readonly secret?: string;
  readonly secretPrevious?: string | null;
  /** Bounds of streams of events, where they are others than usual. */
  readonly streamBounds?: Partial<StreamBounds>;
  /** The mailbox to which answers and reports come. */
  readonly inbox?: Inbox;
  /** The setting CALENDAR_ALLOW. */
  readonly calendarAllow?: readonly string[];
}

/**
 * Returns the real program on an empty database, with a folder of its own and a stopped clock. The caller closes it.
 */
export async function testApp({
  now = NOW,
  desks = [aDesk()],
  mailer,
  baseUrl = 'http://desk.example',
  onStatement,
  trustProxy,
  databaseUrl,
  production = false,
  secret = SECRET,
  secretPrevious = null,
  streamBounds,
  calendarAllow = [],
  inbox,
}: Options = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-'));
  const clock = stoppedClock(now);
  const database = databaseUrl ? { url: databaseUrl, drop: async () => {} } : await newDatabase(chosenKind());
  const opened = await openUrl(database.url, { now: clock.now(), onStatement });
  const { storage } = opened;
  await storage.write(async (stores) => {
    for (const desk of desks) await stores.desks.add(desk);
  });
  const kept = mailbox(join(dir, 'mailbox'));
  const log = testLog();
  const program = compose({
    config: { baseUrl, mailFrom: null, production, trustProxy: trustProxy ?? false, calendarAllow },
    storage,
    now: clock.now,
    ids: randomIds,
    passwords: argon2Passwords,
    logger: log.logger,
    secret,
    secretPrevious,
    mailer: mailer ?? kept,
    mailReader: kept,
    ...(streamBounds && { streamBounds }),
    ...(inbox && { inbox }),
  });
  return {
    ...program,
    storage,
    clock,
    databaseUrl: database.url,
    /** Reads all rows of the database, table by table. */
    everything: () => everythingIn(opened),
    mailbox: kept,
    /** Returns every message about a booking, waiting or not, in the order in which they were written. */
    outbox: (bookingId: string) => storage.outbox.ofBooking(bookingId),
    /** Writes the due mails of the outbox, without sending them. */
    write: writeOutbox({ ...program.deps, writeMail: program.writeMail }),
    /** Runs a background job once. */
    run: async (job: string) => {
      const found = program.jobs.find(({ name }) => name === job);
      if (!found) throw new Error(`no job ${job}`);
      return found.run(new AbortController().signal);
    },
    close: async () => {
      await log.close(opened, program);
      await storage.close();
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof testApp>>;
