import { HOUR } from '../../src/domain/calendar/interval';
import { limitKeys } from '../../src/identity/limitKeys';
import { SECRET, type TestApp } from './app';

/** Counts wrong passwords of an account as the program does, but verifies none, which would take long. */
export async function guessed(
  { storage, clock }: Pick<TestApp, 'storage' | 'clock'>,
  times: number,
  email: string,
): Promise<void> {
  const key = limitKeys(SECRET)('signInOfAccount', email);
  await storage.atomically(async ({ limits }) => {
    for (let i = 0; i < times; i++) await limits.count(key, HOUR, clock.now());
  });
}
