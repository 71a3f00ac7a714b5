import fc from 'fast-check';
import { newReference, parseReference, REFERENCE_ALPHABET } from '../../../src/domain/booking/reference';

describe('A reference', () => {
  it('has two groups of four and no two letters that look alike', () => {
    expect(REFERENCE_ALPHABET).not.toMatch(/[01258BILOSUVZ]/);
    const drawn = fc.infiniteStream(fc.nat());
    fc.assert(
      fc.property(drawn, (numbers) => {
        const reference = newReference((below) => (numbers.next().value ?? 0) % below);
        expect(reference).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$/);
        expect(parseReference(reference)).toBe(reference);
      }),
    );
  });

  it.each(['k7mq-4xwt', 'K7MQ4XWT', ' k7mq 4xwt ', 'K7MQ–4XWT', 'k7 mq 4x wt'])(
    'is recognised as typed: %p',
    (typed) => {
      expect(parseReference(typed)).toBe('K7MQ-4XWT');
    },
  );

  it.each(['', 'K7MQ', 'K7MQ-4XWTA', 'K0MQ-4XWT', '<script>', 'ß'.repeat(8)])('is not recognised in %p', (typed) => {
    expect(parseReference(typed)).toBeNull();
  });
});
