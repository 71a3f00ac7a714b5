import type { Kysely } from 'kysely';
import type { Stores } from '../app/ports/storage';
import { bookingStore } from './bookingStore';
import { deskStore } from './deskStore';
import type { Engine } from './engine';
import { idempotencyKeys } from './idempotencyKeys';
import { jobStore } from './jobStore';
import { linkKeys } from './linkKeys';
import { outbox } from './outbox';
import { rateLimits } from './rateLimits';
import { retentionStore } from './retentionStore';
import type { Database } from './schema';
import { staffStore } from './staffStore';
import { taskStore } from './taskStore';
import { unmetDemand } from './unmetDemand';

/** Makes all stores on one executor, which is the database for reading or a transaction. */
export function stores(db: Kysely<Database>, engine: Engine): Stores {
  return {
    desks: deskStore(db),
    bookings: bookingStore(db, engine),
    outbox: outbox(db, engine),
    tasks: taskStore(db),
    staff: staffStore(db),
    keys: idempotencyKeys(db),
    jobs: jobStore(db),
    limits: rateLimits(db),
    demand: unmetDemand(db),
    retention: retentionStore(db, engine),
    linkKeys: linkKeys(db),
  };
}
