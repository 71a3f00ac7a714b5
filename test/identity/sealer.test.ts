import { sealer } from '../../src/identity/sealer';

const SECRET = 'a secret of the tests, at least 32 letters long';

describe('A seal', () => {
  const { seal, open } = sealer(SECRET, null);
  const text = JSON.stringify({ name: 'Олена "Kim" 山田' });

  it('opens for its purpose, and looks different each time', () => {
    const sealed = seal(text, 'form a');
    expect(open(sealed, 'form a')).toBe(text);
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(seal(text, 'form a')).not.toBe(sealed);
  });

  it('does not open for another purpose, when changed or cut off, or with another secret', () => {
    const sealed = seal(text, 'form a');
    expect(open(sealed, 'form b')).toBeUndefined();
    expect(sealer('another secret, at least 32 letters long', null).open(sealed, 'form a')).toBeUndefined();
    for (let i = 0; i < sealed.length; i += 5) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      expect(open(changed, 'form a')).toBeUndefined();
      expect(open(sealed.slice(0, i), 'form a')).toBeUndefined();
    }
  });

  it('opens after the secret was rotated, as long as the previous one is known', () => {
    const sealed = seal(text, 'form a');
    expect(sealer('another secret, at least 32 letters long', SECRET).open(sealed, 'form a')).toBe(text);
  });
});
