import { MAIL_TEXTS } from '../../src/domain/notifications/mailTexts';
import { faultOf } from '../../src/domain/notifications/textFaults';
import { usualWording } from '../../src/presentation/programTexts';
import { CLIENT_LOCALES } from '../../src/presentation/texts';
import { aDesk } from '../support/builders';
import { aLife, aMailWriter, aMessageFrom, bytesOf, clientMail, mailDeps, mailFacts, reader } from '../support/mails';

const OWN = {
  'mail.booked.subject': { de: 'Am {{when}} sehen wir uns' },
  'mail.booked.introVisit': { de: 'Kaffee & Kekse stehen bereit.\nWir < freuen > uns.' },
  'mail.greetingWithName': { de: 'Hallo {{name}},' },
  'mail.footer.automatic': { de: 'Ihr Team schreibt automatisch.' },
};
const compose = aMailWriter();

/** The client's mail at a stage, from a desk that words it so. */
function mailOf(stage: 'booked' | 'moved' | 'cancelled', ownTexts: object = OWN, language: 'de' | 'en' = 'de') {
  const occasion = aLife(reader(language))[stage];
  return clientMail(compose({ ...occasion, desk: aDesk({ ownTexts: { ...ownTexts } }) }));
}

describe('The texts that a desk may word', () => {
  it.each(CLIENT_LOCALES)('are all texts of the program, whose own wording is possible: %s', (language) => {
    for (const text of MAIL_TEXTS) {
      const wording = usualWording(mailDeps.texts, aDesk(), text, language);
      expect([text.key, faultOf(text, wording)]).toEqual([text.key, null]);
    }
  });

  it('have the placeholders of the program, and no other', () => {
    for (const text of MAIL_TEXTS) {
      const names = text.placeholders.map(({ name }) => name);
      const wording = usualWording(mailDeps.texts, aDesk(), text, 'de');
      expect([text.key, names.filter((name) => !wording.includes(`{{${name}}}`))]).toEqual([text.key, []]);
    }
  });
});

describe('A mail of a desk with words of its own', () => {
  it('says them in both parts and in the subject, in HTML as what they are', () => {
    const { subject, text, html } = mailOf('booked');
    expect(subject).toBe('Am Donnerstag, 25. März 2027, 09:00 Uhr sehen wir uns');
    expect(text).toContain('Hallo Renée Größe,\nKaffee & Kekse stehen bereit.\nWir < freuen > uns.\n\nThema');
    expect(html).toContain(
      '<bdi>Hallo Renée Größe,</bdi><br>Kaffee &amp; Kekse stehen bereit.<br>Wir &lt; freuen &gt; uns.</td>',
    );
    for (const part of [text, html]) expect(part).toContain('Ihr Team schreibt automatisch.');
  });

  it('is the program’s in another language, and so is what the desk does not word', () => {
    const plain = clientMail(compose(aLife(reader('en')).booked));
    expect(mailOf('booked', OWN, 'en')).toEqual(plain);
    expect(mailOf('moved').subject).toBe(clientMail(compose(aLife(reader('de')).moved)).subject);
    expect(mailOf('moved').text).toContain('Hallo Renée Größe,');
  });

  it('keeps its calendar entry as every desk has it', () => {
    const everything = Object.fromEntries(MAIL_TEXTS.map(({ key }) => [key, { de: 'Wort {{when}}' }]));
    const plain = clientMail(compose(aLife(reader('de')).booked));
    expect(mailOf('booked', everything).calendar).toEqual(plain.calendar);
  });

  it('has the same bytes when it is written again after the desk has other words', () => {
    const occasion = aLife(reader('de')).booked;
    const [stored] = mailFacts()({ ...occasion, desk: aDesk({ ownTexts: OWN }) });
    const facts = JSON.parse(JSON.stringify(stored));
    const before = bytesOf(aMessageFrom(facts));
    const later = { 'mail.booked.subject': { de: 'Anders am {{when}}' } };
    expect(mailOf('booked', later).subject).toMatch(/^Anders am/);
    expect(bytesOf(aMessageFrom(facts))).toEqual(before);
  });

  it('stays in one line and has no header of its own, whatever is filled in', () => {
    const desk = aDesk({
      name: { de: 'Stelle\r\nBcc: x@y.example', en: 'E' },
      ownTexts: { 'mail.booked.subject': { de: '{{desk}}: {{when}}' } },
    });
    const { subject } = clientMail(compose({ ...aLife(reader('de')).booked, desk }));
    expect(subject).toMatch(/^Stelle Bcc: x@y\.example: Donnerstag/);
  });
});
