import type * as PromClient from 'prom-client';
import type { Registry } from 'prom-client';
import type { JobState } from '../app/ports/jobStore';
import type { MailboxState } from '../app/ports/mailboxes';
import { type Mailer, MailRefused } from '../app/ports/mailer';
import type { OutboxState } from '../app/ports/outbox';
import type { WebhookReceivers } from '../app/ports/receivers';
import type { WebhooksState } from '../app/ports/webhooks';
import type { ToldChange } from '../app/tellChanges';
import type { App } from '../app/useCases';
import { DomainError, isRefusal } from '../domain/errors';
import { LIMIT_NAMES } from '../domain/limits';
import { INCOMING_KINDS, type IncomingKind } from '../domain/notifications/incoming';
import { isTaken } from '../domain/webhooks/delivery';
import { LIMITS, MAX_STREAMS } from './limits';

/** Is loaded when there is something to count, not at the start of the program: with it come 80 files, most of them for traces. */
export const promClient = (): typeof PromClient => require('prom-client');

/** A request that was answered, or whose client disconnected before. */
interface Answered {
  readonly method: string;
  /** A class of addresses, never an address itself. */
  readonly route: string;
  /** Null: the client disconnected before the answer. */
  readonly status: number | null;
  /** Null for a stream, which lasts as long as its reader wants. */
  readonly seconds: number | null;
}

/** The figures that all processes share, read for one scrape. */
export interface Figures {
  readonly outbox: OutboxState;
  readonly webhooks: WebhooksState;
  /** Null: no mailbox is read. */
  readonly mailbox: MailboxState | null;
  readonly jobs: readonly JobState[];
}

/**
 * The metrics of the program, for Prometheus. No label contains anything from outside, neither an id nor an address.
 */
export interface Measures {
  answered(request: Answered): void;
  changed(change: ToldChange): void;
  /** Counts a request that was refused by a limit before any use case. */
  limited(limit: keyof typeof LIMITS | keyof typeof MAX_STREAMS): void;
  /** Counts a mail that was read in the mailbox. */
  incoming(kind: IncomingKind): void;
  /** Notes how many streams of events are open now. */
  streams(open: number): void;
  /** Returns the use cases with their refusals counted. */
  counted(app: App): App;
  /** Returns the mailer with its outcomes counted. */
  countedMailer(mailer: Mailer): Mailer;
  /** Returns what sends to other programs, with its attempts counted. */
  countedReceivers(receivers: WebhookReceivers): WebhookReceivers;
  /**
   * Returns all metrics in the text format of Prometheus 0.0.4.
   *
   * @param figures null if the database does not answer
   */
  exposition(figures: Figures | null): Promise<string>;
  /** Returns only what this process has counted itself. */
  counters(): Promise<string>;
  readonly contentType: string;
}

/** Creates the counters of one program; those of several programs in one process are independent. */
export function measures(): Measures {
  let made: Counters | undefined;
  const own = () => {
    made ??= counters();
    return made;
  };
  const process = processRegistry();

  return {
    answered({ method, route, status, seconds }) {
      const { requests, durations } = own();
      requests.inc({ method, route, status: status ?? 'aborted' });
      if (seconds !== null)
        durations.observe(
          { method, route, status: status === null ? 'aborted' : `${Math.floor(status / 100)}xx` },
          seconds,
        );
    },
    changed({ booking: { deskId: desk, source }, event: { type: change } }) {
      own().changes.inc({ desk, change, source });
    },
    limited: (limit) => own().limited.inc({ limit }),
    incoming: (kind) => own().incoming.inc({ kind }),
    streams: (open) => own().streams.set(open),
    counted: (app) => {
      const counted = wrapped(app, (action, error) => {
        const { conflicts, refusals, limited } = own();
        if (isRefusal(error, 'slot-unavailable')) conflicts.inc({ action });
        else if (error instanceof DomainError) refusals.inc({ action, code: error.code });
        if (isRefusal(error, 'too-many-requests')) limited.inc({ limit: String(error.details.limit) });
      });
      return {
        ...counted,
        cancelFalseBookings: async (request) => {
          const answer = await counted.cancelFalseBookings(request);
          const cancelled = answer.value.filter(({ outcome }) => outcome === 'cancelled').length;
          if (!answer.replayed) own().falseBookings.inc(cancelled);
          return answer;
        },
      };
    },
    countedMailer: (mailer) => ({
      ...mailer,
      send: async (message) => {
        const outcome = await mailer.send(message).then(
          () => 'sent' as const,
          (error: unknown) => {
            own().mails.inc({ outcome: error instanceof MailRefused && error.permanent ? 'refused' : 'postponed' });
            throw error;
          },
        );
        own().mails.inc({ outcome });
      },
    }),
    countedReceivers: (receivers) => ({
      ...receivers,
      post: async (message) => {
        const outcome = await receivers.post(message);
        own().webhooks.inc({ outcome: isTaken(outcome) ? 'taken' : 'status' in outcome ? 'refused' : 'not_reached' });
        return outcome;
      },
    }),
    exposition: async (figures) => {
      const parts = [own().registry, sharedRegistry(figures), process()];
      const texts = await Promise.all(parts.map((registry) => registry.metrics()));
      // prom-client writes a value that was not measured yet as `Nan`; the format knows only `NaN`.
      return texts.join('\n').replaceAll(' Nan\n', ' NaN\n');
    },
    counters: () => own().registry.metrics(),
    get contentType() {
      return own().registry.contentType;
    },
  };
}

type Counters = ReturnType<typeof counters>;

function counters() {
  const { Counter, Gauge, Histogram, Registry } = promClient();
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `sprechstunde_${name}`, help, labelNames, registers });

  const conflicts = counter('conflicts_total', 'Refusals because nobody is free any more at the time asked for.', [
    'action',
  ]);
  const mails = counter('mails_total', 'Mails handed to the mail server, by outcome of the attempt.', ['outcome']);
  const webhooks = counter('webhook_attempts_total', 'Attempts to send messages to other programs, by outcome.', [
    'outcome',
  ]);
  for (const outcome of ['taken', 'refused', 'not_reached']) webhooks.inc({ outcome }, 0);
  // A counter that first appears with its first increase hides that increase from rate().
  for (const action of ['holdSlot', 'bookConsultation', 'moveBooking', 'restoreBooking']) conflicts.inc({ action }, 0);
  for (const outcome of ['sent', 'postponed', 'refused']) mails.inc({ outcome }, 0);
  const incoming = counter('incoming_mails_total', 'Mails that were read in the mailbox, by what they are.', ['kind']);
  for (const kind of INCOMING_KINDS) incoming.inc({ kind }, 0);
  const limited = counter(
    'limited_total',
    'Refusals because there was too much of something, by what there was too much of.',
    ['limit'],
  );
  for (const limit of [...LIMIT_NAMES, ...Object.keys(LIMITS), ...Object.keys(MAX_STREAMS)]) limited.inc({ limit }, 0);
  return {
    registry,
    conflicts,
    mails,
    webhooks,
    incoming,
    limited,
    falseBookings: counter(
      'false_bookings_cancelled_total',
      'Bookings that reception cancelled as false, in runs.',
      [],
    ),
    requests: counter('http_requests_total', 'Requests, by their answer.', ['method', 'route', 'status']),
    durations: new Histogram({
      name: 'sprechstunde_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    changes: counter('booking_changes_total', 'Changes of bookings, as they were committed.', [
      'desk',
      'change',
      'source',
    ]),
    refusals: counter('refusals_total', 'What was refused for another reason than a taken time, by use case.', [
      'action',
      'code',
    ]),
    streams: new Gauge({
      name: 'sprechstunde_event_streams',
      help: 'Streams of events that are open to pages and programs of staff.',
      registers,
    }),
  };
}

/**
 * Returns the metrics that come from the database and are the same in every process. They are created for each scrape,
 * so that no old value is shown when the database is away.
 */
function sharedRegistry(figures: Figures | null): Registry {
  const { Counter, Gauge, Registry } = promClient();
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `sprechstunde_${name}`, help, labelNames, registers });
  const counter = (name: string, help: string) =>
    new Counter({ name: `sprechstunde_${name}`, help, labelNames: ['job'], registers });

  gauge('database_up', 'Whether the database answers (1) or not (0).').set(figures ? 1 : 0);
  if (!figures) return registry;

  const { depth, age, paused } = figures.outbox;
  gauge('outbox_waiting_messages', 'Messages that wait to be sent.').set(depth);
  gauge('outbox_oldest_waiting_seconds', 'Age of the oldest message that waits; 0: none waits.').set(age / 1000);
  gauge('outbox_paused', 'Whether nothing is sent until somebody confirms it (1), as after a restore.').set(
    paused ? 1 : 0,
  );

  if (figures.mailbox) {
    const { failing, lookedAt } = figures.mailbox;
    gauge('mailbox_up', 'Whether the mailbox for answers and reports can be read (1) or not (0).').set(failing ? 0 : 1);
    gauge('mailbox_last_read_timestamp_seconds', 'When it was last read to its end (Unix time).').set(
      (lookedAt ?? 0) / 1000,
    );
  }

  const { waiting, age: oldest, failed } = figures.webhooks;
  gauge('webhook_waiting_messages', 'Messages to other programs that wait to be sent.').set(waiting);
  gauge('webhook_oldest_waiting_seconds', 'Age of the oldest of them; 0: none waits.').set(oldest / 1000);
  gauge('webhook_failed_messages', 'Messages to other programs that were given up and are still kept.').set(failed);

  const runs = counter('job_runs_total', 'Runs of a background job, on all machines.');
  const failures = counter('job_failures_total', 'Runs that failed.');
  const held = gauge('job_held', 'Whether some process runs this job (1) or none does (0).', ['job']);
  const lastRun = gauge('job_last_run_timestamp_seconds', 'When the last run began (Unix time).', ['job']);
  const lastSuccess = gauge('job_last_success_timestamp_seconds', 'When the last run ended well (Unix time).', ['job']);
  for (const { name: job, ...state } of figures.jobs) {
    runs.inc({ job }, state.runs);
    failures.inc({ job }, state.failures);
    held.set({ job }, state.holder === null ? 0 : 1);
    if (state.lastRunAt !== null) lastRun.set({ job }, state.lastRunAt / 1000);
    if (state.lastSuccessAt !== null) lastSuccess.set({ job }, state.lastSuccessAt / 1000);
  }
  return registry;
}

/**
 * Returns Node's own metrics: memory, event loop, garbage collection. They start with the first scrape, because they
 * need a timer that cannot be stopped.
 */
function processRegistry(): () => Registry {
  let registry: Registry | undefined;
  return () => {
    if (!registry) {
      const { collectDefaultMetrics, Registry } = promClient();
      registry = new Registry();
      collectDefaultMetrics({ register: registry });
    }
    return registry;
  };
}

type UseCase = (...asked: unknown[]) => Promise<unknown>;

function wrapped(app: App, refused: (action: string, error: unknown) => void): App {
  const entries = (Object.entries(app) as [string, UseCase][]).map(([action, run]): [string, UseCase] => [
    action,
    (...asked) =>
      run(...asked).catch((error: unknown) => {
        refused(action, error);
        throw error;
      }),
  ]);
  return Object.fromEntries(entries) as unknown as App;
}
