import fc from 'fast-check';
import { MAIL_TEXTS, mailTextOf, ownWordsOf } from '../../../src/domain/notifications/mailTexts';
import { assertWording, faultOf, filledIn } from '../../../src/domain/notifications/textFaults';
import { cases } from '../../support/cases';
import { refusal } from '../../support/refusal';

const textOf = (key: string) => {
  const found = mailTextOf(key);
  if (!found) throw new Error(`no text ${key}`);
  return found;
};
const SUBJECT = textOf('mail.booked.subject');
const ASKED = textOf('mail.moved.introAsked');
const INTRO = textOf('mail.booked.intro');

describe("A desk's own wording", () => {
  it.each([
    [SUBJECT, 'Termin am {{when}}'],
    [SUBJECT, 'Termin am {{when}} bei {{desk}} am {{when}}'],
    [ASKED, 'Passt es?\n\nBitte bis {{until}}.'],
    [INTRO, 'Kaffee & Kekse, 2 < 3, I <3 you'],
  ])('of $key can be %j', (text, wording) => {
    expect(faultOf(text, wording)).toBeNull();
  });

  it.each([
    [SUBJECT, '', 'empty', ''],
    [INTRO, ' \n ', 'empty', ''],
    [SUBJECT, `{{when}} ${'x'.repeat(90)}`, 'tooLong', ''],
    [SUBJECT, 'Termin am {{when}}\r\nBcc: a@b.example', 'lines', ''],
    [SUBJECT, 'Termin am {{when}}\u2028', 'lines', ''],
    [INTRO, 'Gl\u0007ocke', 'controls', ''],
    [INTRO, 'Sehr <b>wichtig</b>', 'markup', ''],
    [INTRO, 'Caf&eacute;', 'markup', ''],
    [SUBJECT, 'Termin am {{wen}}', 'unknownPlaceholder', 'wen'],
    [SUBJECT, 'Termin am {{When}}', 'unknownPlaceholder', 'When'],
    [SUBJECT, '{{name}}, Ihr Termin am {{when}}', 'unknownPlaceholder', 'name'],
    [INTRO, 'Guten Tag {{name}}', 'unknownPlaceholder', 'name'],
    [SUBJECT, 'Termin am {{ when }}', 'brokenPlaceholder', ''],
    [SUBJECT, 'Termin am {{when}} {desk}', 'brokenPlaceholder', ''],
    [SUBJECT, 'Termin am {{{when}}}', 'brokenPlaceholder', ''],
    [INTRO, '{{#if x}}ja{{/if}}', 'brokenPlaceholder', ''],
    [SUBJECT, 'Ihr Termin', 'missingPlaceholder', 'when'],
    [ASKED, 'Passt es?', 'missingPlaceholder', 'until'],
  ] as const)('of $key cannot be %j: %s', (text, wording, fault, placeholder) => {
    expect(faultOf(text, wording)).toEqual({ fault, placeholder });
  });

  it('is refused with the language, and with the placeholders that are possible', () => {
    expect(() => assertWording(SUBJECT, { de: 'Termin am {{when}}', uk: '{{wenn}}' })).toThrow(refusal('invalid'));
    expect.assertions(2);
    try {
      assertWording(SUBJECT, { de: 'Termin am {{when}}', uk: '{{wenn}}' });
    } catch (error) {
      expect(error).toMatchObject({
        details: { part: 'uk', reason: '{{wenn}} is no placeholder of this text; possible here: {{when}}, {{desk}}' },
      });
    }
  });

  it('that is accepted is filled in completely, and what is filled in stays as it is', () => {
    const piece = fc.oneof(
      fc.constantFrom('{{when}}', '{{desk}}', '{{', '}}', '{', '}', '<', 'when', '$t(x)', ' ', 'é', '{{name}}'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const wording = `{{when}}${pieces.join('')}`;
        fc.pre(faultOf(SUBJECT, wording) === null);
        const filled = filledIn(wording, { when: '{{desk}} $& $1', desk: 'D' });
        expect(filled).toBe(wording.split('{{desk}}').join('D').split('{{when}}').join('{{desk}} $& $1'));
        expect(/[\r\n]/.test(filled)).toBe(false);
      }),
      { numRuns: cases(500) },
    );
  });
});

describe('The texts that a desk may word', () => {
  it('have nothing of a client in their subjects', () => {
    const inSubjects = MAIL_TEXTS.filter(({ isSubject }) => isSubject).flatMap(({ placeholders }) => placeholders);
    expect(new Set(inSubjects.map(({ name }) => name))).toEqual(new Set(['when', 'desk']));
  });

  it('of one mail are its own and those of every mail, in its language only', () => {
    const own = {
      'mail.booked.title': { de: 'Gebucht', fr: 'Réservé' },
      'mail.moved.title': { de: 'Verschoben' },
      'mail.greeting': { de: 'Hallo,' },
      'mail.secret': { de: 'Egal' },
    };
    const words = (of: string, language: string) => ownWordsOf(own, { words: of, language });
    expect(words('booked', 'de')).toEqual({ 'mail.booked.title': 'Gebucht', 'mail.greeting': 'Hallo,' });
    expect(words('booked', 'fr')).toEqual({ 'mail.booked.title': 'Réservé' });
    expect(words('moved', 'fr')).toBeUndefined();
    expect(ownWordsOf(undefined, { words: 'booked', language: 'de' })).toBeUndefined();
  });
});
