import type { Kysely } from 'kysely';
import type { Stores } from '../app/ports/storage';
import { bookingStore } from './bookingStore';
import { busyCalendarStore } from './busyCalendarStore';
import { caseStore } from './caseStore';
import { ChangeNotice } from './changeNotice';
import type { SnapshotReads } from './deskAsRead';
import { deskStore } from './deskStore';
import { deskTexts } from './deskTexts';
import { diaryStore } from './diaries';
import type { Engine } from './engine';
import { feedStore } from './feedStore';
import { figureStore } from './figureStore';
import { freedPlaceStore } from './freedPlaceStore';
import { hoursVersions } from './hoursVersions';
import { idempotencyKeys } from './idempotencyKeys';
import { jobStore } from './jobStore';
import { linkKeys } from './linkKeys';
import { openStartsStore } from './openStartsStore';
import { operationStore } from './operationStore';
import { outbox } from './outbox';
import { planStore } from './planStore';
import { queueStore } from './queueStore';
import { rateLimits } from './rateLimits';
import { reminderStore } from './reminderStore';
import { mailboxStore, replyStore } from './replyStore';
import { retentionStore } from './retentionStore';
import type { Revisions } from './revisions';
import type { Database } from './schema';
import { passingSnapshot, type SnapshotBranch } from './snapshots';
import { staffStore } from './staffStore';
import { taskStore } from './taskStore';
import { trailStore } from './trailStore';
import { unmetDemand } from './unmetDemand';
import { waitingStore } from './waitingStore';
import { webhookStore } from './webhookStore';

/**
 * Makes all stores on one executor, which is the database for reading, or a transaction.
 *
 * @param snapshot the snapshots that are remembered; absent: nothing is remembered
 */
export function stores(db: Kysely<Database>, engine: Engine, snapshot?: Stores['snapshot']): Stores {
  const desks = deskStore(db, engine);
  return {
    snapshot: snapshot ?? (async (deskId) => passingSnapshot(deskId, snapshotReads(db, engine))),
    desks: snapshot ? { ...desks, find: async (id) => (await snapshot(id)).desk() } : desks,
    texts: deskTexts(db),
    hoursVersions: hoursVersions(db),
    bookings: bookingStore(db, engine),
    outbox: outbox(db, engine),
    reminders: reminderStore(db),
    freedPlaces: freedPlaceStore(db),
    replies: replyStore(db),
    mailboxes: mailboxStore(db),
    tasks: taskStore(db),
    operations: operationStore(db),
    plans: planStore(db),
    queue: queueStore(db),
    waiting: waitingStore(db),
    cases: caseStore(db),
    trail: trailStore(db),
    staff: staffStore(db),
    keys: idempotencyKeys(db),
    jobs: jobStore(db),
    limits: rateLimits(db),
    demand: unmetDemand(db),
    figures: figureStore(db, engine),
    openStarts: openStartsStore(db),
    retention: retentionStore(db, engine),
    linkKeys: linkKeys(db),
    webhooks: webhookStore(db, engine),
    feeds: feedStore(db),
    busyCalendars: busyCalendarStore(db),
  };
}

/**
 * The stores of a transaction in which nobody else writes at the desk. Its snapshot is looked at once, by `within`, and shared with all
 * others until the transaction changes anything: from then on nothing is remembered.
 */
export function storesAt(
  desk: string,
  trx: Kysely<Database>,
  { engine, branch, within }: { engine: Engine; branch: SnapshotBranch; within: Revisions },
): Stores {
  const notice = new ChangeNotice();
  const db = trx.withPlugin(notice);
  const reads = snapshotReads(db, engine);
  let shared: ReturnType<Stores['snapshot']> | undefined;
  return stores(db, engine, async (deskId) => {
    if (deskId !== desk || notice.hasChanged) return passingSnapshot(deskId, reads);
    shared ??= branch.of(deskId, within, reads);
    return shared;
  });
}

/** What the snapshots of desks are read by. */
export function snapshotReads(db: Kysely<Database>, engine: Engine): SnapshotReads {
  const desks = deskStore(db, engine);
  return { desk: desks.find, absences: desks.absences, diaries: diaryStore(db, engine).diaries };
}
