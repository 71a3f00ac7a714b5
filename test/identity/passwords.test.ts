import { argon2Passwords } from '../../src/identity/passwords';

const { hash, verify } = argon2Passwords;

describe('A password', () => {
  it('matches only itself, including blanks and case', async () => {
    const stored = await hash('Ein Satz, den sich jemand merkt');
    expect(await verify('Ein Satz, den sich jemand merkt', stored)).toBe(true);
    for (const wrong of ['ein Satz, den sich jemand merkt', ' Ein Satz, den sich jemand merkt', 'x', ''])
      expect(await verify(wrong, stored)).toBe(false);
  });

  it('matches however its letters are composed in Unicode', async () => {
    const stored = await hash('schön und größer: Ångström'.normalize('NFD'));
    expect(await verify('schön und größer: Ångström'.normalize('NFC'), stored)).toBe(true);
  });

  it('is wrong for an unknown user', async () => {
    expect(await verify('password', undefined)).toBe(false);
  });

  it('longer than 1,024 characters is wrong, and takes no longer to check than another', async () => {
    const long = 'a'.repeat(1_024);
    const stored = await hash(long);
    expect(await verify(long, stored)).toBe(true);
    expect(await verify(`${long}a`, stored)).toBe(false);
    const started = performance.now();
    expect(await verify('ﷺ'.repeat(1_000_000), stored)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
