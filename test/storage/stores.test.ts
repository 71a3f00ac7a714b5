import { bookingStoreContract } from '../contracts/bookingStore';
import { databases } from '../contracts/databases';
import { holdsContract } from '../contracts/holds';
import { outboxContract } from '../contracts/outbox';
import { smallStoresContract } from '../contracts/smallStores';

describe.each(databases())('%s', (_, open) => {
  describe('The store of bookings', () => bookingStoreContract(open));
  describe('A hold', () => holdsContract(open));
  describe('The outbox', () => outboxContract(open));
  describe('The other stores', () => smallStoresContract(open));
});
