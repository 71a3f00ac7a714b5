import fc from 'fast-check';
import type { Invitation } from '../../src/domain/notifications/invitation';
import { vtimezone } from '../../src/feeds/vtimezone';
import { calendarFiles } from '../../src/mail/calendarFile';
import { icsOf } from '../../src/mail/ics';
import { NOW } from '../support/builders';
import { contentLines, parseCalendar, physicalLines } from '../support/calendars';
import { cases } from '../support/cases';
import { expectGolden } from '../support/golden';
import { aLife, mailDeps, reader } from '../support/mails';

fc.configureGlobal({ numRuns: cases(100) });

function anInvitation(part: Partial<Invitation> = {}): Invitation {
  return {
    method: 'REQUEST',
    uid: '9f1c6c0e-6a4f-4b7e-9d6c-2f5f2f0a7c11',
    sequence: 0,
    stamp: NOW,
    start: Date.parse('2026-12-01T09:00:00+01:00'),
    end: Date.parse('2026-12-01T09:30:00+01:00'),
    timeZone: 'Europe/Berlin',
    summary: 'Beratung',
    location: 'Musterplatz 1',
    videoLink: null,
    description: 'Referenz',
    contact: 'Desk, Telefon +49 211 0000000',
    organizer: { name: 'Desk', address: 'desk@expat-desk.example' },
    attendee: { name: 'Kim', address: 'kim@client.example' },
    status: 'CONFIRMED',
    alarmMinutes: null,
    ...part,
  };
}

/** What is left of a text, said in another way than the code says it. */
function survives(text: string): string {
  const kept = [
    ...new TextDecoder().decode(new TextEncoder().encode(text)).replaceAll('\r\n', '\n').replaceAll('\r', '\n'),
  ];
  return kept.filter((c) => c === '\n' || c === '\t' || !/\p{Cc}/u.test(c)).join('');
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '\udc00',
        '\r\n',
        '\n',
        '\r',
        '^',
        '^n',
        '"',
        '\\',
        '\\n',
        ';',
        ',',
        ':',
        '日本語',
        '👩‍👩‍👧',
        'ü'.repeat(300),
        ' ',
        '\t',
        'END:VEVENT',
        'ATTACH:x',
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
);

describe('icsOf', () => {
  it('has the alarm that the client wanted, and none otherwise', () => {
    const lines = contentLines(Buffer.from(icsOf(anInvitation({ alarmMinutes: 60 }))));
    const from = lines.indexOf('BEGIN:VALARM');
    expect(lines.slice(from, lines.indexOf('END:VALARM') + 1).sort()).toEqual([
      'ACTION:DISPLAY',
      'BEGIN:VALARM',
      'DESCRIPTION:Beratung',
      'END:VALARM',
      'TRIGGER:-PT1H',
    ]);
    expect(lines.indexOf('END:VALARM')).toBeLessThan(lines.indexOf('END:VEVENT'));
    expect(icsOf(anInvitation({ alarmMinutes: 1_440 }))).toContain('TRIGGER:-P1D\r\n');
    expect(icsOf(anInvitation())).not.toContain('VALARM');
  });

  it('19 keeps summary, location and description as they are, for a second parser', () => {
    const text = 'a;b,c\\d\ne"f:g';
    const { text: read } = parseCalendar(icsOf(anInvitation({ summary: text, location: text, description: text })));
    for (const name of ['summary', 'location', 'description']) expect(read(name)).toBe(text);
  });

  it('19 keeps whatever can be kept of any text', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (summary, location, description) => {
        const ics = icsOf(anInvitation({ summary, location, description }));
        const { text, event } = parseCalendar(ics);
        expect(text('summary')).toBe(survives(summary));
        expect(event.getFirstPropertyValue('location') ?? '').toBe(survives(location));
        expect(event.getFirstPropertyValue('description') ?? '').toBe(survives(description));
      }),
    );
  });

  it('6 folds any text into lines of at most 75 octets, never inside a character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const ics = Buffer.from(
          icsOf(anInvitation({ summary: text, attendee: { name: text, address: 'k@c.example' } })),
        );
        for (const line of physicalLines(ics)) expect(line.length).toBeLessThanOrEqual(75);
        for (const line of physicalLines(ics))
          expect(() => new TextDecoder('utf-8', { fatal: true }).decode(line)).not.toThrow();
      }),
    );
  });

  it('20 makes one ATTENDEE and one ORGANIZER of any name, and nothing else', () => {
    const names = (ics: string) => contentLines(Buffer.from(ics)).map((line) => line.split(/[;:]/)[0]);
    const plain = names(icsOf(anInvitation()));
    fc.assert(
      fc.property(hostile, hostile, (client, desk) => {
        const attendee = { name: client, address: 'kim@client.example' };
        const organizer = { name: desk, address: 'desk@expat-desk.example' };
        const ics = icsOf(anInvitation({ attendee, organizer }));
        expect(names(ics)).toEqual(plain);
        const { event } = parseCalendar(ics);
        expect(event.getFirstPropertyValue('attendee')).toBe('mailto:kim@client.example');
        expect(event.getFirstPropertyValue('organizer')).toBe('mailto:desk@expat-desk.example');
        expect(String(event.getFirstProperty('attendee')?.getParameter('cn'))).not.toMatch(/["\\^\p{Cc}]/u);
      }),
    );
  });

  it('writes the contact as one property', () => {
    const contact = `Desk; "Haus, 2"\nTelefon +49 211 0000000 ${'ü'.repeat(60)}`;
    const { text, event } = parseCalendar(icsOf(anInvitation({ contact })));
    expect(text('contact')).toBe(contact);
    expect(event.getAllProperties('contact')).toHaveLength(1);
  });

  it('asks for an answer to an invitation, but not to its cancellation', () => {
    const rsvp = (method: 'REQUEST' | 'CANCEL') =>
      parseCalendar(icsOf(anInvitation({ method })))
        .event.getFirstProperty('attendee')
        ?.getParameter('rsvp');
    expect([rsvp('REQUEST'), rsvp('CANCEL')]).toEqual(['TRUE', undefined]);
  });

  it('keeps a name that needs no change', () => {
    const name = '山田 花子 / O’Neill, Größe; Ж: 👩‍👩‍👧';
    const { event } = parseCalendar(icsOf(anInvitation({ attendee: { name, address: 'kim@client.example' } })));
    expect(event.getFirstProperty('attendee')?.getParameter('cn')).toBe(name);
  });

  it('uses the address of a party without a usable name', () => {
    const { event } = parseCalendar(icsOf(anInvitation({ attendee: { name: '"^"', address: 'kim@client.example' } })));
    expect(event.getFirstProperty('attendee')?.getParameter('cn')).toBe('kim@client.example');
  });

  it.each(['a@b.example, c@d.example', 'a@b.example\r\nATTENDEE:mailto:x@y.example', '"a:b"@c.example', ''])(
    'refuses the address %j',
    (address) => {
      expect(() => icsOf(anInvitation({ attendee: { name: '', address } }))).toThrow('invalid');
    },
  );

  it.each([
    ['America/New_York', '20261201T030000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU'],
    ['Europe/London', '20261201T080000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
    ['Asia/Tokyo', '20261201T170000', 'TZOFFSETTO:+0900'],
  ])('writes the times of a desk in %s in its zone', (timeZone, local, rule) => {
    const ics = icsOf(anInvitation({ timeZone }));
    expect(contentLines(Buffer.from(ics))).toEqual(
      expect.arrayContaining([`DTSTART;TZID=${timeZone}:${local}`, `TZID:${timeZone}`, rule]),
    );
    expect(parseCalendar(ics).instant('dtstart')).toBe('2026-12-01T08:00:00.000Z');
  });

  it.each([
    ['the repeated hour of autumn', 'Europe/Berlin', '2026-10-25T02:30:00+01:00'],
    ['a zone that has no VTIMEZONE of its name', 'UTC', '2026-12-01T09:00:00Z'],
  ])('writes UTC for %s', (_, timeZone, from) => {
    const start = Date.parse(from);
    const ics = icsOf(anInvitation({ timeZone, start, end: start + 30 * 60_000 }));
    expect(ics).toMatch(/\r\nDTSTART:\d{8}T\d{6}Z\r\n/);
    expect(ics).not.toContain('VTIMEZONE');
    expect(parseCalendar(ics).instant('dtstart')).toBe(new Date(start).toISOString());
  });
});

describe('vtimezone', () => {
  it('returns the same in every version of the zone library with the same rules', () => {
    expect(vtimezone('Europe/Berlin')).not.toContain('LAST-MODIFIED');
  });
  it('returns null for an unknown zone', () => {
    expect(vtimezone('Europe/Atlantis')).toBeNull();
  });
});

describe('calendarFiles', () => {
  const file = calendarFiles(mailDeps);
  const { booked, cancelled } = aLife(reader('de'));

  it('publishes the booking without inviting anybody', () => {
    const { root, event } = parseCalendar(file(booked.desk, booked.booking));
    expect(root.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(event.hasProperty('attendee')).toBe(false);
    expect(event.hasProperty('organizer')).toBe(true);
    expectGolden('download.de.ics', file(booked.desk, booked.booking));
  });

  it('marks a cancelled booking', () => {
    expect(parseCalendar(file(cancelled.desk, cancelled.booking)).text('status')).toBe('CANCELLED');
  });
});
