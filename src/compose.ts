import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { compareZoneData, type ZoneFindings } from './app/check/zoneData';
import { unmetLedger } from './app/demand/unmetLedger';
import type { AppDeps, CalendarDeps, WaitingDeps, WebhookDeps } from './app/deps';
import { wakeAfterWrites, watchDesks } from './app/live/watchDesks';
import type { MailboxWatcher } from './app/notifications/readMailbox';
import type { Clock } from './app/ports/clock';
import type { Ids } from './app/ports/ids';
import type { Inbox } from './app/ports/inbox';
import type { Mailer } from './app/ports/mailer';
import type { MailReader } from './app/ports/mailReader';
import type { WriteMail } from './app/ports/mailWriter';
import type { Passwords } from './app/ports/passwords';
import type { Storage } from './app/ports/storage';
import { tellChanges } from './app/tellChanges';
import { type App, calendarCases, useCases, webhookCases } from './app/useCases';
import { offerFreed } from './app/waiting/offerFreed';
import { tellWebhooks } from './app/webhooks/tellWebhooks';
import { type Config, ConfigError, mayBeRead } from './config';
import type { Desk } from './domain/desk';
import { isRefusal } from './domain/errors';
import { eventStreams, type StreamBounds } from './http/eventStreams';
import { type Measures, measures } from './http/measures';
import { reportDefects } from './http/middleware/requestLog';
import { server } from './http/server';
import { knownDevices } from './identity/knownDevices';
import { limitKeys } from './identity/limitKeys';
import { manageTokens } from './identity/manageTokens';
import { sealer } from './identity/sealer';
import { type Job, pause, schedule } from './jobs/schedule';
import { isMailbox } from './mail/address';
import { calendarEntries, calendarFiles, organizerAddress, senderAddress } from './mail/calendarFile';
import { collectMailFacts } from './mail/collectMailFacts';
import { collectWaitingFacts } from './mail/collectWaitingFacts';
import { imapInbox } from './mail/imap';
import { mailbox } from './mail/mailbox';
import { mailWriter, messageWriter } from './mail/mailWriter';
import { smtpMailer } from './mail/smtp';
import { textsVersion } from './mail/textsVersion';
import { calendarReader } from './outgoing/calendars';
import { receivers } from './outgoing/receivers';
import { loadTemplates } from './presentation/templates';
import { loadTexts } from './presentation/texts';
import type { OpenDatabase } from './storage/engine';
import { makeFolder, makePrivate, preparePlace } from './storage/place';
import { postgresDatabase } from './storage/postgres/open';
import { sqliteDatabase } from './storage/sqlite/open';
import { turns } from './turns';

/** Loads the zone library with the first check, not at the start of the program. */
const vtimezones = (): typeof import('./feeds/vtimezone') => require('./feeds/vtimezone');

/** What is chosen outside: the machine's, or a test's. */
interface Parts {
  readonly config: Pick<Config, 'baseUrl' | 'mailFrom' | 'production' | 'trustProxy' | 'calendarAllow'>;
  readonly storage: Storage;
  readonly now: Clock;
  readonly ids: Ids;
  readonly passwords: Passwords;
  readonly logger: Logger;
  readonly secret: string;
  /** SECRET_PREVIOUS: what was made with it still counts. */
  readonly secretPrevious?: string | null;
  readonly mailer: Mailer;
  /** The mailbox to which answers and reports come; null: none is read. */
  readonly inbox?: Inbox | null;
  /** Null where mail is really sent. */
  readonly mailReader: MailReader | null;
  /** Bounds of streams of events, where they are others than usual. */
  readonly streamBounds?: Partial<StreamBounds>;
}

export interface Program {
  readonly http: RequestListener;
  readonly app: App;
  readonly deps: AppDeps & WaitingDeps & WebhookDeps & CalendarDeps;
  readonly jobs: readonly Job[];
  /** Writes the mails of the outbox, for the jobs. */
  readonly writeMail: WriteMail;
  /** Compares time zone data now, and says in the log where they disagree; a job does so once an hour. */
  readonly watchZoneData: () => Promise<void>;
  /** Aborted when the program is to end: from then on it says that it is not ready. */
  readonly stopping: AbortController;
  readonly measures: Measures;
}

export const VIEWS = join(__dirname, '..', 'views');

/** Ties all parts together; the only place that knows every one. */
export function compose(parts: Parts): Program {
  const {
    config,
    now,
    ids,
    passwords,
    logger,
    secret,
    secretPrevious = null,
    mailer,
    mailReader,
    inbox = null,
  } = parts;
  const { baseUrl, mailFrom, production, trustProxy, calendarAllow } = config;
  const texts = loadTexts(VIEWS, { production });
  const templates = loadTemplates(VIEWS);
  const tokens = manageTokens(secret, secretPrevious);

  const factsDeps = { textsVersion: textsVersion(VIEWS), baseUrl, mailFrom };
  const mailFacts = collectMailFacts(factsDeps);
  const waitingFacts = collectWaitingFacts(factsDeps);
  // Webhooks are told what is free after those who wait had their turn.
  const storage = offerFreed(tellWebhooks(parts.storage, { now, ids }), { now, ids, mailFacts, waitingFacts });
  const measured = measures();
  const turn = turns();
  const elapsed = () => performance.now();
  const deps: Program['deps'] = {
    storage,
    now,
    ids,
    tokens,
    turn,
    unmet: unmetLedger(storage),
    sealer: sealer(secret, secretPrevious),
    receivers: measured.countedReceivers(receivers({ allow: calendarAllow })),
    calendars: calendarReader({ allow: calendarAllow }),
    mailFacts,
    waitingFacts,
    sender: (desk) => organizerAddress({ mailFrom }, desk),
  };
  const stopping = new AbortController();
  const unseen = (job: string) => (error: unknown) => reportDefects(logger.child({ job }))(error, undefined);
  const live = watchDesks({
    changes: storage.changes,
    elapsed,
    pause,
    // That the database is away is said by the jobs, once.
    failed: (error) => isRefusal(error, 'unavailable') || unseen('watchDesks')(error),
  });
  const told = wakeAfterWrites(tellChanges(storage, measured.changed), live.wake);
  // The link of a mail that is only looked at is nobody's.
  const showMail = messageWriter({ texts, templates, manageToken: () => 'x' });
  const telling = { ...deps, storage: told, showMail };
  const app = measured.counted({ ...useCases(telling), ...webhookCases(telling), ...calendarCases(telling) });
  const calendars = { texts, baseUrl, mailFrom };
  const compare = compareZoneData({
    storage,
    now,
    calendarAgrees: (at, zone) => vtimezones().calendarAgrees(at, zone),
  });
  let zoneFindings: ZoneFindings = { looked: 0, disagreements: [] };
  const watchZoneData = async () => {
    zoneFindings = await compare();
    for (const { source, bookings } of zoneFindings.disagreements)
      logger.warn({ source, bookings, tzdata: process.versions.tz }, 'time zone data disagree about bookings ahead');
  };
  const http = server(
    {
      app,
      storage,
      texts,
      now,
      ids,
      tokens,
      turn,
      limitKey: limitKeys(secret),
      devices: knownDevices(secret, secretPrevious),
      sealer: deps.sealer,
      passwords,
      logger,
      baseUrl,
      production,
      calendarEntry: calendarEntries(calendars),
      calendarFile: calendarFiles(calendars),
      measures: measured,
      live,
      streams: eventStreams(
        { measures: measured, stopping: stopping.signal, failed: unseen('eventStreams') },
        parts.streamBounds,
      ),
      elapsed,
      zoneData: () => zoneFindings.disagreements,
      mailbox: async () => (await storage.mailboxes.list()).find(({ name }) => name === inbox?.name) ?? null,
      stopping: stopping.signal,
    },
    { templates, viewsDir: VIEWS, trustProxy, mailReader },
  );
  const returnPath = (desk: Desk) => senderAddress({ mailFrom }, desk);
  const writeMail = mailWriter({ texts, templates, manageToken: (id) => tokens.tokenFor(id) });
  const watcher: MailboxWatcher = {
    read: measured.incoming,
    failing: (why) =>
      why === null ? logger.info('mailbox available again') : logger.warn({ why }, 'the mailbox cannot be read'),
    defect: (error) => unseen('readMailbox')(error),
  };
  const sending = { returnPath, writeMail, mailer: measured.countedMailer(mailer) };
  const jobs = schedule({ ...deps, ...sending, watchZoneData, ...(inbox && { reading: { inbox, watcher } }) });
  return { http, app, deps, jobs, writeMail, watchZoneData, stopping, measures: measured };
}

/**
 * Opens and migrates the database of the configuration; for SQLite it makes its folder if need be.
 *
 * @throws ConfigError if there can be no file at that place, or no server answers there
 * @throws UnusableDatabase if it is damaged, too old, or made by a newer program
 */
export async function openDatabase({ database }: Pick<Config, 'database'>, now: Clock): Promise<OpenDatabase> {
  if (database.kind === 'postgres') return openOnServer(database.url, now);
  const { file } = database;
  try {
    preparePlace(file);
    return await sqliteDatabase(file, { now: now() });
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    if (!NO_FILE_THERE.test(String(code))) throw error;
    throw new ConfigError([`DATABASE_URL: cannot open ${file} (${message})`]);
  }
}

/** As `openDatabase`, for those who need no more than the stores. */
export async function openStorage(config: Pick<Config, 'database'>, now: Clock): Promise<Storage> {
  return (await openDatabase(config, now)).storage;
}

/** The address is told without user and password. */
async function openOnServer(url: string, now: Clock): Promise<OpenDatabase> {
  try {
    return await postgresDatabase(url, { now: now() });
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
    const { host, pathname } = new URL(url);
    throw new ConfigError([
      `DATABASE_URL: cannot reach ${host}${pathname} (${(error.cause as Error | undefined)?.message})`,
    ]);
  }
}

const NO_FILE_THERE = /^(SQLITE_(CANTOPEN|NOTADB|READONLY|BUSY|FULL|IOERR)|EACCES|EEXIST|ENOTDIR|EROFS|ENOENT|EPERM)/;

/**
 * A real SMTP server, or the embedded mailbox beside the database.
 *
 * @param noTls told, once, that mail waits because its server offers no TLS
 * @throws ConfigError for a sender that is not one address: every mail would fail with it
 */
export function openMail(
  { smtpUrl, mailFrom, dataDir, allowHttp }: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir' | 'allowHttp'>,
  noTls?: () => void,
): Pick<Parts, 'mailer' | 'mailReader'> {
  if (mailFrom !== null && !isMailbox(mailFrom))
    throw new ConfigError(['MAIL_FROM: expected one mail address, or Name <address>']);
  const requireTls = smtpUrl !== null && mayBeRead(smtpUrl) && !allowHttp;
  if (smtpUrl) return { mailer: smtpMailer(smtpUrl, { requireTls, ...(noTls && { noTls }) }), mailReader: null };
  const kept = mailbox(join(dataDir, 'mailbox'));
  return { mailer: kept, mailReader: kept };
}

/** Returns the mailbox to which answers and reports come; null: none is read. */
export function openInbox({ imapUrl, allowHttp }: Pick<Config, 'imapUrl' | 'allowHttp'>): Inbox | null {
  if (imapUrl === null) return null;
  const isInside = !mayBeRead(imapUrl);
  return imapInbox(imapUrl, { startTls: isInside ? 'never' : allowHttp ? 'offered' : 'required' });
}

/** SECRET, or one that is made once and kept beside the database, so that links in old mails still open after a restart. */
export function readSecret({ secret, dataDir }: Pick<Config, 'secret' | 'dataDir'>, ids: Pick<Ids, 'secret'>): string {
  if (secret) return secret;
  const file = join(dataDir, 'secret');
  if (existsSync(file)) makePrivate(file);
  else {
    makeFolder(dirname(file));
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, ids.secret(), { mode: 0o600 });
    // A link appears whole or fails: of two processes that start together, both read the same secret.
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8').trim();
}
