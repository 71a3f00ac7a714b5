import { bookingStoreContract } from '../contracts/bookingStore';
import { changesContract } from '../contracts/changes';
import { databases } from '../contracts/databases';
import { diariesContract } from '../contracts/diaries';
import { figuresContract } from '../contracts/figures';
import { holdsContract } from '../contracts/holds';
import { importContract } from '../contracts/import';
import { jobStoreContract } from '../contracts/jobs';
import { outboxContract } from '../contracts/outbox';
import { rateLimitsContract } from '../contracts/rateLimits';
import { remindersContract } from '../contracts/reminders';
import { smallStoresContract } from '../contracts/smallStores';
import { webhooksContract } from '../contracts/webhooks';

describe.each(databases())('%s', (kind, open) => {
  describe('The store of bookings', () => bookingStoreContract(open));
  describe('A diary', () => diariesContract(kind));
  describe('The reader of changes', () => changesContract(open));
  describe('A hold', () => holdsContract(open));
  describe('The import of bookings', () => importContract(open));
  describe('The outbox', () => outboxContract(open));
  describe('The store of reminders', () => remindersContract(open));
  describe('The limits', () => rateLimitsContract(open));
  describe('The store of webhooks', () => webhooksContract(open));
  describe('The store of jobs', () => jobStoreContract(open));
  describe('The store of figures', () => figuresContract(open));
  describe('The other stores', () => smallStoresContract(open));
});
