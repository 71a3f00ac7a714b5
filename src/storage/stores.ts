import type { Kysely } from 'kysely';
import type { Stores } from '../app/ports/storage';
import { bookingStore } from './bookingStore';
import { deskStore } from './deskStore';
import { idempotencyKeys } from './idempotencyKeys';
import { outbox } from './outbox';
import type { Database } from './schema';
import { staffStore } from './staffStore';
import { taskStore } from './taskStore';

/** All stores on one executor: the database for reading, or a transaction. */
export function stores(db: Kysely<Database>): Stores {
  return {
    desks: deskStore(db),
    bookings: bookingStore(db),
    outbox: outbox(db),
    tasks: taskStore(db),
    staff: staffStore(db),
    keys: idempotencyKeys(db),
  };
}
