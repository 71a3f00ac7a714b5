import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VIEWS } from '../../src/compose';
import { loadTexts } from '../../src/presentation/texts';

describe('The texts', () => {
  const { in: of } = loadTexts(VIEWS, { production: false });
  const t = of('client', 'de');

  it.each(['Kim', '{{name}}', '$t(mail.greeting)', '\0name\0', '$&', ''])(
    'insert %j unescaped, and only once',
    (name) => {
      expect(t('mail.greetingWithName', { name })).toBe(`Guten Tag ${name},`);
    },
  );

  it('are filled in separately for each reader', () => {
    const greet = (name: string) => of('client', 'en')('mail.greetingWithName', { name });
    expect([greet('Kim'), greet('Olena')]).toEqual([expect.stringContaining('Kim'), expect.stringContaining('Olena')]);
  });

  it('have singular and plural', () => {
    const count = (count: number) => t('booking.day.count', { count });
    expect([count(1), count(2), count(1)]).toEqual(['1 Termin frei', '2 Termine frei', '1 Termin frei']);
  });

  it('leave no placeholder if a value is missing', () => {
    expect(t('mail.greetingWithName', { name: undefined })).not.toMatch(/undefined|\{|name/);
  });

  it('of one audience are missing for the other, so that a page for staff asks clients’ languages for nothing', () => {
    expect(() => of('staff', 'de')('booking.start.book')).toThrow('text missing: booking.start.book (de)');
    expect(() => of('client', 'de')('staff.signIn.title')).toThrow('text missing: staff.signIn.title (de)');
    expect(of('staff', 'de')('mail.booked.title')).not.toBe(of('client', 'de')('mail.booked.title'));
  });

  it('throw for a missing text', () => {
    expect(() => t('mail.noSuchText', { name: 'Kim' })).toThrow('text missing: mail.noSuchText (de)');
    expect(() => t('mail.noSuchText')).toThrow('text missing');
  });

  it('call the appointment Termin on the client’s German pages; Beratung is only what happens there', () => {
    const lines = ['client/booking', 'errors'].flatMap((file) =>
      readFileSync(join(VIEWS, `locales/de/${file}.json`), 'utf8')
        .split('\n')
        .filter((line) => /\b(Beratung(en)?|Buchung(en)?)\b/.test(line)),
    );
    const ofTheTalk = /Die Beratung kostet nichts|Beratung auf \{\{language\}\}|\{\{name\}\} (war|hatte) am/;
    expect(lines.filter((line) => !ofTheTalk.test(line))).toEqual([]);
    const staff = of('staff', 'de');
    expect([staff('staff.nav.tasks'), staff('staff.tasks.title')]).toEqual(['Offene Aufgaben', 'Offene Aufgaben']);
  });
});
