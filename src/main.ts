// Is imported first, because it helps only what is loaded after it.
import './compileCache';

import type { Server } from 'node:http';
import { pino } from 'pino';
import { seedDesks } from './app/desks/seedDesks';
import type { Storage } from './app/ports/storage';
import { compose, openInbox, openMail, openStorage, readSecret } from './compose';
import { ConfigError, inClear, readConfig } from './config';
import { exposedLine } from './exposed';
import { boundedServer } from './http/bounds';
import { closing } from './http/closing';
import { reportDefects } from './http/middleware/requestLog';
import { randomIds } from './identity/ids';
import { argon2Passwords } from './identity/passwords';
import { isOver, nameOfThisProcess } from './jobs/processes';
import { runJobs } from './jobs/runner';
import { loadRest } from './loadRest';
import { settleSecret } from './settleSecret';
import { UnusableDatabase } from './storage/unusable';

/** After SIGTERM running requests have this long to finish. */
const GRACE_MS = 8_000;
/**
 * So long after SIGTERM the process ends, whatever still runs. A mail that is being sent has a lease, and another
 * process sends it after that.
 */
const STOP_MS = 9_500;

/** What only a database without desks, and only development needs, is not loaded at any other start. */
const deskFiles = () => require('./desks/shippedDesks') as typeof import('./desks/shippedDesks');
const development = () => require('./development') as typeof import('./development');

/** Handles SIGTERM and SIGINT. Until something runs that has to be finished, the process just exits. */
let stop = (): void => process.exit(0);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const now = Date.now;
  // Log lines are written asynchronously, so that requests do not wait for them; the rest is flushed at exit.
  const logger = pino({ level: config.logLevel }, pino.destination({ sync: false }));
  const mail = openMail(config, () =>
    logger.error('SMTP_URL: the mail server offers no TLS, so mail waits; ALLOW_HTTP=1 lets it pass without'),
  );
  const inbox = openInbox(config);
  const storage = await openStorage(config, now);
  const secret = readSecret(config, randomIds);
  const passwords = argon2Passwords;

  await seedIfEmpty(storage);
  const { production, secretPrevious } = config;
  const program = compose({
    config,
    storage,
    now,
    ids: randomIds,
    passwords,
    logger,
    secret,
    secretPrevious,
    ...mail,
    inbox,
  });
  const ofSecret = await settleSecret(program.deps);
  const developing = production ? undefined : await development().startDevelopment(program, { config, passwords });

  const http = boundedServer(program.http);
  const close = closing(http);
  await listen(http, config.port, config.host);
  const jobs = runJobs(program.jobs, {
    storage,
    now,
    holder: nameOfThisProcess(randomIds.uuid()),
    isOver,
    elapsed: () => performance.now(),
    failed: (job, error) => reportDefects(logger.child({ job }))(error, undefined),
    recovered: () => logger.info('database available again'),
  });

  let filled: Promise<void> = Promise.resolve();
  let loaded: Promise<void> = Promise.resolve();

  stop = () => {
    // A second signal is ignored: a terminal sends SIGINT to npm and to the program, and npm passes its own on.
    stop = () => {};
    const exit = () => process.exit(0);
    setTimeout(exit, STOP_MS).unref();
    program.stopping.abort();
    logger.info('stopping');
    const failed = (error: unknown) => reportDefects(logger.child({ job: 'stop' }))(error, undefined);
    const running = [close(GRACE_MS), jobs.stop(), filled, loaded].map((each) => each.catch(failed));
    void Promise.all(running)
      .then(() => mail.mailer.close())
      .then(() => storage.close())
      .catch(failed)
      .finally(exit);
  };

  logger.info({ address: config.baseUrl }, 'listening');
  const unseen = reportDefects(logger.child({ job: 'loadRest' }));
  loaded = loadRest(program).catch((error: unknown) => unseen(error, undefined));
  for (const line of inClear(config)) logger.warn(line);
  const { paused, depth } = await storage.outbox.state(now());
  if (paused) logger.warn({ since: paused.since, waiting: depth }, 'no mail is sent until "outbox resume"');
  for (const line of [ofSecret, exposedLine(config)]) if (line) process.stderr.write(`${line}\n`);
  if (!developing) return;
  process.stderr.write(`${developing.greeting.join('\n')}\n`);
  if (developing.unfilled.length === 0) return;
  logger.info({ desks: developing.unfilled }, 'making demo bookings');
  const told = reportDefects(logger.child({ job: 'demo' }));
  filled = developing.fill().then(
    (made) => logger.info({ made, whole: !program.stopping.signal.aborted }, 'demo bookings made'),
    (error: unknown) => told(error, undefined),
  );
}

/** Puts the desks that come with the program into an empty database. A database with desks is never changed. */
async function seedIfEmpty(storage: Storage): Promise<void> {
  if ((await storage.desks.list()).length > 0) return;
  await seedDesks({ storage })(deskFiles().shippedDesks(randomIds));
}

/** @throws ConfigError that names the setting, if the program cannot listen at this host and port */
function listen(http: Server, port: number, host: string): Promise<void> {
  return new Promise((done, failed) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const why = NOT_HERE[error.code ?? ''];
      failed(why ? new ConfigError([`${why} (${host}:${port})`]) : error);
    });
    http.listen(port, host, () => done());
  });
}

const NOT_HERE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT: another program listens there',
  EACCES: 'PORT: this user may not listen there',
  EADDRNOTAVAIL: 'HOST: not an address of this machine',
  ENOTFOUND: 'HOST: not an address of this machine',
};

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());

main().catch((error: unknown) => {
  const told =
    error instanceof ConfigError || error instanceof UnusableDatabase
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error);
  process.stderr.write(`${told}\n`);
  process.exit(1);
});
