import { simpleParser } from 'mailparser';
import { publication } from '../../src/domain/notifications/invitation';
import { calendarFiles, invitationFacts } from '../../src/mail/calendarFile';
import { smtpMailer } from '../../src/mail/smtp';
import { aBooking, aClient, aDesk, anAdvisor, aTopic, NOW } from '../support/builders';
import { contentLines, parseCalendar, physicalLines } from '../support/calendars';
import { expectGolden } from '../support/golden';
import {
  aLife,
  aMailWriter,
  aMessage,
  anOccasion,
  bytesOf,
  clientMail,
  type DatedMessage,
  mailDeps,
  mailFacts,
  reader,
  STAGES,
  type Stage,
  written,
} from '../support/mails';
import { type MimePart, mimeTree, parameter } from '../support/mimeTree';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';

// The numbers are those of the hard assertions on invitations. All is read from what a real SMTP server was given.

let peer: SmtpPeer;
let mailer: ReturnType<typeof smtpMailer>;
const wire = {} as Record<'de' | 'en', Record<Stage, Delivery>>;

interface Delivery {
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly inline: MimePart;
  readonly attached: MimePart;
}

async function deliver(message: DatedMessage): Promise<Delivery> {
  await mailer.send(written(message));
  const { to, raw } = peer.received.at(-1) ?? { to: [], raw: Buffer.alloc(0) };
  const [alternative, attached] = mimeTree(raw).parts;
  const inline = alternative?.parts.at(-1);
  if (!inline || !attached) throw new Error('no calendar part');
  return { to, raw, inline, attached };
}

const everyMail = (['de', 'en'] as const).flatMap((language) => STAGES.map((stage) => [language, stage] as const));

beforeAll(async () => {
  peer = await smtpPeer();
  mailer = smtpMailer(peer.url);
  for (const [language, stage] of everyMail) {
    wire[language] ??= {} as Record<Stage, Delivery>;
    wire[language][stage] = await deliver(aMessage(stage, reader(language)));
  }
});

afterAll(async () => {
  mailer.close();
  await peer.close();
});

describe.each(everyMail)('the mail to a reader of %s for %s', (language, stage) => {
  const mail = () => wire[language][stage];
  const ics = () => mail().inline.body;
  const lines = () => contentLines(ics());

  it('1 has one text/calendar part, last in multipart/alternative, after plain text and HTML', () => {
    const tree = mimeTree(mail().raw);
    expect(tree.type).toBe('multipart/mixed');
    expect(tree.parts.map((part) => part.type)).toEqual(['multipart/alternative', 'application/ics']);
    expect(tree.parts[0]?.parts.map((part) => part.type)).toEqual(['text/plain', 'text/html', 'text/calendar']);
  });

  it('2 names METHOD in the Content-Type, with charset and a safe encoding', () => {
    const method = stage === 'cancelled' ? 'CANCEL' : 'REQUEST';
    expect(parameter(mail().inline, 'method')?.toUpperCase()).toBe(method);
    expect(lines()).toContain(`METHOD:${method}`);
    expect(parameter(mail().inline, 'charset')?.toLowerCase()).toBe('utf-8');
    expect(mail().inline.headers.get('content-transfer-encoding')).toMatch(/^(base64|quoted-printable)$/);
  });

  it('3 attaches the same bytes as invite.ics', () => {
    expect(mail().attached.body.equals(ics())).toBe(true);
    expect(mail().attached.headers.get('content-disposition')).toContain('filename=invite.ics');
  });

  it('4 has METHOD, VERSION, PRODID and CALSCALE once, before the first component', () => {
    const all = lines();
    for (const name of ['METHOD', 'VERSION', 'PRODID', 'CALSCALE']) {
      const at = all.flatMap((line, i) => (line.startsWith(`${name}:`) ? [i] : []));
      expect(at).toHaveLength(1);
      expect(at[0]).toBeLessThan(all.findIndex((line) => /^BEGIN:V(?!CALENDAR)/.test(line)));
    }
    expect(all).toContain('VERSION:2.0');
    expect(all.some((line) => line.startsWith('TIMEZONE-ID'))).toBe(false);
  });

  it('5 ends every line with CRLF, also the last one', () => {
    expect(ics().toString('latin1').endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(ics().toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(mail().raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('6 has no line above 75 octets and is UTF-8 once unfolded', () => {
    for (const line of physicalLines(ics())) expect(line.length).toBeLessThanOrEqual(75);
    expect(() => contentLines(ics())).not.toThrow();
  });

  it('9 gives DTSTAMP in UTC', () => {
    expect(lines().find((line) => line.startsWith('DTSTAMP'))).toMatch(/^DTSTAMP:\d{8}T\d{6}Z$/);
  });

  it('9 is byte for byte the same when it is sent again', async () => {
    expect((await deliver(aMessage(stage, reader(language)))).raw.equals(mail().raw)).toBe(true);
  });

  it('11 gives DTSTART and DTEND in the desk’s zone, with one VTIMEZONE in RRULE form', () => {
    const all = lines();
    expect(all.filter((line) => /^DT(START|END);TZID=Europe\/Berlin:\d{8}T\d{6}$/.test(line))).toHaveLength(2);
    expect(all.filter((line) => line === 'BEGIN:VTIMEZONE')).toHaveLength(1);
    expect(all.filter((line) => line === 'TZID:Europe/Berlin')).toHaveLength(1);
    expect(all).toContain('DTSTART:19700329T020000');
    expect(all).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU');
    expect(all).toContain('DTSTART:19701025T030000');
    expect(all).toContain('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU');
    expect(all.some((line) => line.startsWith('RDATE'))).toBe(false);
  });

  it('13 means the same instant to a second parser, before and after the change of clocks', () => {
    const instant = stage === 'booked' ? '2027-03-25T08:00:00.000Z' : '2027-03-30T07:00:00.000Z';
    expect(parseCalendar(ics().toString()).instant('dtstart')).toBe(instant);
  });

  it('14 ends after it starts, and has no DURATION', () => {
    const calendar = parseCalendar(ics().toString());
    expect(calendar.instant('dtend') > calendar.instant('dtstart')).toBe(true);
    expect(calendar.event.hasProperty('duration')).toBe(false);
  });

  it('15 has one ORGANIZER, and it is the sender', async () => {
    const { event } = parseCalendar(ics().toString());
    const from = (await simpleParser(mail().raw)).from?.value[0]?.address;
    expect(event.getAllProperties('organizer').map((p) => p.getFirstValue())).toEqual([`mailto:${from}`]);
  });

  it('16 has one ATTENDEE, the recipient, who is asked to answer', () => {
    const { event } = parseCalendar(ics().toString());
    const attendees = event.getAllProperties('attendee');
    expect(attendees.map((p) => p.getFirstValue())).toEqual(mail().to.map((address) => `mailto:${address}`));
    expect(attendees[0]?.getParameter('role')).toBe('REQ-PARTICIPANT');
    expect(attendees[0]?.getParameter('partstat')).toBe('NEEDS-ACTION');
    expect(attendees[0]?.getParameter('rsvp')).toBe(stage === 'cancelled' ? undefined : 'TRUE');
    expect(mail().raw.toString() + ics().toString()).not.toContain(anAdvisor().email);
  });

  it('22 has the headers of an automatic mail and an address for answers', async () => {
    const { headers, replyTo, messageId } = await simpleParser(mail().raw);
    const sequence = STAGES.indexOf(stage);
    expect(messageId).toBe(`<9f1c6c0e-6a4f-4b7e-9d6c-2f5f2f0a7c11.${sequence}.${stage}@expat-desk.example>`);
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('x-auto-response-suppress')).toBe('OOF, AutoReply');
    expect(headers.get('content-language')).toBe(language);
    expect(replyTo?.value[0]?.address).toBe(aDesk().email);
  });

  it('is the golden mail', () => {
    expectGolden(`${stage}.${language}.ics`, ics());
    expectGolden(`${stage}.${language}.eml`, mail().raw);
    // What its reader sees, since nobody reads base64.
    const [text, html] = mimeTree(mail().raw).parts[0]?.parts ?? [];
    expectGolden(`${stage}.${language}.txt`, text?.body ?? '');
    expectGolden(`${stage}.${language}.html`, html?.body ?? '');
  });
});

describe('one booking’s mails together', () => {
  const uids = () => STAGES.map((stage) => parseCalendar(wire.en[stage].inline.body.toString()).text('uid'));

  it('7 have one UID, a UUID without host or name, which the download has too', () => {
    const { booked } = aLife(reader('en'));
    const download = parseCalendar(calendarFiles(mailDeps)(booked.desk, booked.booking));
    expect(new Set([...uids(), download.text('uid')]).size).toBe(1);
    expect(uids()[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('8 count SEQUENCE up from 0', () => {
    const sequences = STAGES.map((stage) => parseCalendar(wire.en[stage].inline.body.toString()).text('sequence'));
    expect(sequences).toEqual(['0', '1', '2', '3']);
  });

  it('form one thread that begins with the confirmation', async () => {
    const first = '<9f1c6c0e-6a4f-4b7e-9d6c-2f5f2f0a7c11.0.booked@expat-desk.example>';
    for (const stage of STAGES) {
      const { messageId, inReplyTo, references } = await simpleParser(wire.en[stage].raw);
      if (stage === 'booked') expect([messageId, inReplyTo, references]).toEqual([first, undefined, undefined]);
      else expect([inReplyTo, references]).toEqual([first, first]);
    }
  });

  it('15 keep their ORGANIZER when the advisor changes', async () => {
    const { booked, moved } = aLife(reader('en'));
    const organizers = [];
    for (const occasion of [booked, { ...moved, booking: { ...moved.booking, advisorId: 'a2' } }]) {
      const { inline } = await deliver(clientMail(aMailWriter()(occasion)));
      organizers.push(parseCalendar(inline.body.toString()).event.getFirstPropertyValue('organizer'));
    }
    expect(new Set(organizers).size).toBe(1);
  });

  it('17 have a CANCEL of the same UID, ORGANIZER and ATTENDEE, and without an alarm', () => {
    const request = parseCalendar(wire.en.moved.inline.body.toString()).event;
    const { root, event, text } = parseCalendar(wire.en.cancelled.inline.body.toString());
    expect(root.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(text('status')).toBe('CANCELLED');
    for (const name of ['uid', 'organizer', 'attendee'])
      expect(event.getFirstPropertyValue(name)).toBe(request.getFirstPropertyValue(name));
    expect(event.getAllSubcomponents('valarm')).toHaveLength(0);
    // What is over can be neither moved nor cancelled.
    expect(text('description')).not.toContain('find-booking');
    expect(text('contact')).toContain(aDesk().phone);
  });
});

describe('text written by a client or a desk', () => {
  const asylum = aTopic({ name: { de: 'Asyl', en: 'Asylum' }, neutralName: null });
  const pregnancy = aTopic({
    name: { de: 'Schwangerschaft', en: 'Pregnancy' },
    neutralName: { de: 'Familie', en: 'Family' },
  });

  it('20 a name with quotes, line breaks, carets and NUL makes one ATTENDEE and no new property', async () => {
    const plain = await deliver(aMessage('booked', { client: aClient({ name: 'Kim' }) }));
    const names = (ics: Buffer) => contentLines(ics).map((line) => line.split(/[;:]/)[0]);
    for (const name of [
      '"',
      'a"\r\nATTENDEE:mailto:b@c.example',
      "^n^'^^",
      'a\u0000b',
      '\r\nBCC: x@y.example\r\n\r\n<b>',
    ]) {
      const { inline, raw, to } = await deliver(aMessage('booked', { client: aClient({ name }) }));
      expect(names(inline.body)).toEqual(names(plain.inline.body));
      expect(parseCalendar(inline.body.toString()).event.getAllProperties('attendee')).toHaveLength(1);
      expect([...mimeTree(raw).headers.keys()]).toEqual([...mimeTree(plain.raw).headers.keys()]);
      expect(to).toEqual(['kim@client.example']);
    }
  });

  it.each([
    ['日本語', '日本語'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['300 × ü', 'ü'.repeat(300)],
    ['a;b,c\\d⏎e"f:g', 'a;b,c\\d\ne"f:g'],
    ['all of it twice', `日本語👩‍👩‍👧${'ü'.repeat(300)}a;b,c\\d\ne"f:g`.repeat(2)],
  ])(
    '6 and 19 %s as name and address arrives in short lines of UTF-8, and a second parser reads what was written',
    async (_, text) => {
      const desk = aDesk({ name: { en: text }, address: text, advisors: [anAdvisor({ name: text })] });
      const booking = aBooking({ tied: true, client: aClient({ name: text }) });
      const { raw } = await deliver(clientMail(aMailWriter()(anOccasion({ desk, booking }))));
      const ics = mimeTree(raw).parts[0]?.parts.at(-1)?.body ?? Buffer.alloc(0);

      for (const line of physicalLines(ics)) expect(line.length).toBeLessThanOrEqual(75);
      expect(() => contentLines(ics)).not.toThrow();
      const facts = invitationFacts(mailDeps, { desk, booking, language: 'en', stamp: NOW });
      const written = publication(facts);
      const read = parseCalendar(ics.toString());
      expect(read.text('summary')).toBe(`Consultation · ${text}`);
      expect(read.text('location')).toBe(text);
      expect(written.description).toContain(text);
      expect(read.text('description')).toBe(written.description);
      expect(read.event.getFirstProperty('attendee')?.getParameter('cn')).toBe(
        text.replace(/["\\]/g, '').replace(/\n/g, ' '),
      );
    },
  );

  it.each([asylum, pregnancy])(
    '21 the topic $name.de is named neither in the calendar nor in the subject',
    async (topic) => {
      const occasion = { ...aLife().booked, desk: aDesk({ topics: [topic] }) };
      const { inline, raw } = await deliver(clientMail(aMailWriter()(occasion)));
      const seen = inline.body.toString() + (await simpleParser(raw)).subject;
      for (const word of ['Asyl', 'Schwanger', 'Pregnan']) expect(seen).not.toContain(word);
      const summary =
        topic === pregnancy ? 'Consultation: Family · Expat Service Desk' : 'Consultation · Expat Service Desk';
      expect(parseCalendar(inline.body.toString()).text('summary')).toBe(summary);
    },
  );

  it('21 free text and answers are in no mail at all', async () => {
    const part = { note: 'Geheimnis-eins', answers: { family: 'Geheimnis-zwei' } };
    const occasions = STAGES.map((stage) => aLife(part)[stage]);
    // Nor in what the outbox stores until the mail is written.
    expect(JSON.stringify(occasions.flatMap(mailFacts()))).not.toContain('Geheimnis');
    for (const message of occasions.flatMap(aMailWriter()))
      expect(JSON.stringify(message) + bytesOf(message)).not.toContain('Geheimnis');
  });
});
