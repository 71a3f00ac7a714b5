import type { Message } from '../../src/domain/notifications/message';
import { organizerAddress, senderAddress } from '../../src/mail/calendarFile';
import { aBooking, aClient, aDesk, anAdvisor, aTopic, NOW } from '../support/builders';
import { aLife, aMailWriter, aMessage, anOccasion, clientMail, reader } from '../support/mails';

const compose = aMailWriter();
const staffMails = (messages: Message[]) => messages.filter((message) => message.recipient === 'staff');

/** The words of a mail, without addresses of pages: those are links in HTML, and printed in the text. */
function words(text: string): string[] {
  return text.replace(/https?:\/\/\S+/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
}

function ofHtml(html: string): string[] {
  const body = html.slice(html.indexOf('<body')).replace(/<div style="display: none[^>]*>[^<]*<\/div>/, '');
  const plain = body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');
  return words(plain);
}

describe('The client’s mail', () => {
  it.each(['booked', 'moved', 'cancelled'] as const)('says the same in HTML and in text: %s', (stage) => {
    for (const language of ['de', 'en'] as const) {
      const message = aMessage(stage, reader(language));
      expect(ofHtml(message.html)).toEqual(words(message.text));
    }
  });

  it('is in the client’s language, and in English where there is none', () => {
    expect(aMessage('booked', reader('de'))).toMatchObject({ language: 'de' });
    expect(aMessage('booked', { client: aClient({ language: 'pl' }) })).toMatchObject({ language: 'en' });
    expect(aMessage('booked', reader('de')).html).toContain('<html lang="de" dir="ltr">');
    expect(aMessage('booked', reader('ar')).html).toContain('<html lang="ar" dir="rtl">');
  });

  it('says what, when in which zone, where, what to bring, the reference and that it is free of charge', () => {
    const { text } = aMessage('booked', reader('de'));
    for (const line of [
      'Aufenthaltsrecht',
      'Donnerstag, 25. März 2027',
      '09:00–09:30 Uhr',
      'Mitteleuropäische Normalzeit (MEZ), Zeitzone Europe/Berlin',
      'Musterplatz 1, 40213 Düsseldorf',
      '- Reisepass',
      '- Aufenthaltstitel',
      'K7MQ-4XWT',
      'kostenfrei',
    ])
      expect(text).toContain(line);
  });

  it('says the way in below the address', () => {
    const directions = { de: 'Eingang am Platz.\nErster Stock.', en: 'First floor.' };
    const occasion = anOccasion({ desk: aDesk({ directions }), booking: aBooking(reader('de')) });
    expect(clientMail(compose(occasion)).text).toContain(
      'Musterplatz 1, 40213 Düsseldorf\n  Eingang am Platz.\n  Erster Stock.',
    );
  });

  it('has two ways to the booking: the secret link, and the page that asks for the reference', () => {
    const { text, html } = aMessage('booked', reader('en'));
    for (const address of ['https://termine.example/b/Zm9v', 'https://termine.example/en/expat-desk/find-booking']) {
      expect(text).toContain(address);
      expect(html).toContain(`href="${address}`);
    }
  });

  it('links the desk’s number for dialling', () => {
    const { html, text } = aMessage('booked', reader('en'));
    expect(html).toContain('href="tel:+492110000000"');
    expect(text).toContain('or call us: +49 211 0000000');
  });

  it('does not put the secret link into the calendar', () => {
    expect(aMessage('booked').calendar?.content).not.toContain('/b/');
  });

  it('shows the old and the new time of a moved booking', () => {
    const { text } = aMessage('moved', reader('en'));
    expect(text).toMatch(/New time:\n {2}Tuesday,? 30 March 2027\n {2}09:00–09:30\n.*Summer Time/);
    expect(text).toMatch(/Previous time:\n {2}Thursday,? 25 March 2027, 09:00–09:30/);
  });

  it('offers to book again when this one is cancelled, and to undo a cancellation by the client', () => {
    const { text } = aMessage('cancelled', reader('en'));
    expect(text).toContain('This consultation does not take place.');
    expect(text).toContain('https://termine.example/en/expat-desk\n');
    // Half an hour after 10:02, at the desk.
    expect(text).toMatch(/Until 10:32 you can take that back, .*:\nhttps:\/\/termine.example\/b\//);
    const { cancelled } = aLife(reader('en'));
    const byDesk = {
      ...cancelled,
      event: { type: 'cancelled', by: { kind: 'staff', name: 'R' }, reason: null },
    } as const;
    expect(clientMail(aMailWriter()(byDesk)).text).not.toContain('/b/');
  });

  describe('when the desk itself cancels or moves', () => {
    const by = { kind: 'staff', name: 'Rezi Empfang' } as const;
    const freeTimes = ['2027-03-31T09:00:00+02:00', '2027-03-31T10:30:00+02:00', '2027-04-01T08:00:00+02:00'].map(
      (at) => Date.parse(at),
    );
    const mail = (language: 'de' | 'en', stage: 'cancelled' | 'moved', part = {}) => {
      const occasion = aLife(reader(language))[stage];
      const event = { type: stage, by, reason: 'Die Beraterin ist krank.\nBitte entschuldigen Sie.' } as const;
      return clientMail(compose({ ...occasion, event, freeTimes, ...part }));
    };

    it('says who cancelled and why, apologises, and offers the next free times as links', () => {
      const { text, html, subject, calendar } = mail('en', 'cancelled');
      expect(text).toContain('We are sorry: Expat Service Desk had to cancel this consultation.');
      expect(text).toContain('Reason:\n  Die Beraterin ist krank.\n  Bitte entschuldigen Sie.');
      const page = 'https://termine.example/en/expat-desk/book';
      const asked = 'language=en&topic=residence&mode=in_person';
      expect(text).toContain(
        `- Wednesday, 31 March 2027, 10:30:\n  ${page}/time?${asked}&start=2027-03-31T08%3A30%3A00.000Z\n`,
      );
      expect(html.match(/book\/time\?[^"]*start/g)).toHaveLength(3);
      expect(text).toContain(`${page}/time?${asked}\n`);
      expect([text, html, subject, calendar?.content].join()).not.toContain('Rezi');
      expect([subject, calendar?.content].join()).not.toContain('krank');
    });

    it('links to the page with all days if nothing is free', () => {
      const { text } = mail('de', 'cancelled', { freeTimes: [] });
      expect(text).not.toContain('zurzeit frei');
      expect(text).toContain('https://termine.example/de/expat-desk/book/time?');
    });

    it('offers to move a moved booking to other times', () => {
      const { text } = mail('de', 'moved');
      expect(text).toContain('es tut uns leid: Expat Service Desk musste Ihren Termin verschieben.');
      expect(text).toContain('Grund:\n  Die Beraterin ist krank.');
      expect(text).toMatch(
        /Passt Ihnen die neue Zeit nicht\?.*\n- Mittwoch, 31\. März 2027, 09:00 Uhr:\n.*\/b\/.*\/move\?date=2027-03-31\n/,
      );
    });

    it('says why another person advises at the same time', () => {
      const { before, booking } = { ...aLife(reader('de')).moved, before: aLife(reader('de')).booked.booking };
      const tied = { ...booking, tied: true, advisorId: 'a2', time: before.time };
      const { text } = mail('de', 'moved', { before, booking: tied });
      expect(text).toContain('aber mit einer anderen Person');
      expect(text).toContain('Grund:\n  Die Beraterin ist krank.');
      expect(text).not.toContain('zurzeit auch frei');
    });

    it('says the same in HTML and in text', () => {
      for (const stage of ['cancelled', 'moved'] as const) {
        const { html, text } = mail('de', stage);
        expect(ofHtml(html)).toEqual(words(text));
      }
    });

    it('says nothing of that if the client made the change', () => {
      expect(aMessage('cancelled', reader('de')).text).not.toMatch(/leid|zurzeit frei|Grund/);
    });
  });

  describe('to a video consultation', () => {
    const LINK = 'https://video.example/room?pwd=a&b=1,2;3';
    const link = (
      booking: ReturnType<typeof aBooking>,
      before = aBooking({ mode: 'video' }),
      language: 'de' | 'en' = 'de',
    ) => {
      const by = { kind: 'staff', name: 'Rezi' } as const;
      const event = { type: 'video_link_changed', by, reason: null } as const;
      const to = reader(language);
      return compose(anOccasion({ event, before: { ...before, ...to }, booking: { ...booking, ...to } }));
    };

    it('promises the link if there is none yet', () => {
      const { text, calendar } = aMessage('booked', { mode: 'video', ...reader('de') });
      expect(text).toContain('Per Video: Wir schicken Ihnen den Link vor dem Termin per Mail.');
      expect(calendar?.content).not.toContain('CONFERENCE');
    });

    it('contains it in the text, as a link in HTML, and as location and conference of the calendar entry', () => {
      const { text, html, calendar, subject } = aMessage('booked', { mode: 'video', videoLink: LINK, ...reader('de') });
      expect(text).toContain(`Video-Link:\n  ${LINK}\n`);
      expect(html).toContain(`href="${LINK.replace('&', '&amp;').replaceAll('=', '&#x3D;')}"`);
      const entry = calendar?.content.replaceAll('\r\n ', '') ?? '';
      expect(entry).toContain('LOCATION:https://video.example/room?pwd=a&b=1\\,2\\;3\r\n');
      expect(entry).toContain(`CONFERENCE;VALUE=URI;FEATURE=VIDEO:${LINK}\r\n`);
      expect(subject).not.toContain('video.example');
      for (const line of calendar?.content.split('\r\n') ?? []) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    });

    it('tells both of a new link with the same SEQUENCE, and says so if the link is removed', () => {
      const changed = link(aBooking({ mode: 'video', videoLink: LINK, version: 2 }));
      const { subject, text, html, calendar } = clientMail(changed);
      expect(subject).toMatch(/^Video-Link: Ihr Termin am/);
      expect(text).toContain('mit diesem Link kommen Sie zu Ihrem Termin');
      expect(ofHtml(html.replaceAll(/>https:[^<]*</g, '><'))).toEqual(words(text));
      expect(calendar).toMatchObject({ method: 'REQUEST', content: expect.stringContaining('SEQUENCE:0\r\n') });
      expect(staffMails(changed)).toMatchObject([{ text: expect.stringContaining(LINK) }]);
      const gone = clientMail(
        link(aBooking({ mode: 'video', version: 3 }), aBooking({ mode: 'video', videoLink: LINK }), 'en'),
      );
      expect(gone.text).toContain('We send you a new one before the consultation.');
      expect(gone.messageId).not.toBe(clientMail(changed).messageId);
    });

    it('no longer contains it when the booking is cancelled', () => {
      const { text, calendar } = aMessage('cancelled', { mode: 'video', videoLink: LINK });
      expect([text, calendar?.content].join()).not.toContain('video.example');
    });
  });

  it('is a complete invitation when a cancellation is undone', () => {
    const { text, subject } = aMessage('restored', reader('en'));
    expect(subject).toContain('Going ahead: your consultation on Tuesday, 30 March 2027');
    for (const fact of ['Passport', 'Musterplatz 1', 'See, move or cancel the consultation'])
      expect(text).toContain(fact);
  });

  it('contains only the manage link when that was requested, without a calendar part', () => {
    const [message, ...others] = compose(anOccasion({ event: { type: 'link' } }));
    expect(others).toEqual([]);
    expect(message).toMatchObject({ kind: 'link', calendar: null });
    expect(message?.messageId).toBe(`<9f1c6c0e-6a4f-4b7e-9d6c-2f5f2f0a7c11.0.link.${NOW}@expat-desk.example>`);
    expect(message?.text).not.toContain('2026');
  });

  it('has no calendar part if the calendar has no entry, and does not promise one', () => {
    const { calendar, text } = clientMail(compose(anOccasion({ calendar: false })));
    expect(calendar).toBeNull();
    expect(text).not.toContain('calendar');
  });

  it.each([
    ['phone', '+49 30 1234567', 'we call you on +49 30 1234567'],
    ['phone', null, 'Please reply to this mail with the number'],
    ['video', null, 'we send you the link by mail before'],
  ] as const)('says where a consultation by %s with the number %s takes place', (mode, phone, sentence) => {
    expect(aMessage('booked', { mode, client: aClient({ phone }) }).text).toContain(sentence);
  });

  it('names the advisor only where the booking is tied to one', () => {
    expect(aMessage('booked').text).not.toContain('Ada Beispiel');
    expect(aMessage('booked', { tied: true }).text).toContain('Ada Beispiel');
  });

  it('says only the new name when the advisor changes at the same time, with a Message-ID of its own', () => {
    const booking = aBooking({ tied: true, advisorId: 'a2', version: 4 });
    const moved = {
      before: aBooking({ tied: true }),
      event: { type: 'moved', by: { kind: 'client' }, reason: null },
    } as const;
    const message = clientMail(compose(anOccasion({ ...moved, booking })));
    expect(message.text).toContain('Somebody else advises you');
    expect(message.text).toContain('Bo Muster');
    expect(message.messageId).toContain('.0.moved.4@');
    expect(message.calendar?.content).toContain('SEQUENCE:0\r\n');
  });

  it('escapes in HTML what the text shows unescaped', () => {
    const desk = aDesk({ address: 'A & B <Haus> "1"' });
    const { html, text } = clientMail(compose(anOccasion({ desk })));
    expect(text).toContain('A & B <Haus> "1"');
    expect(html).toContain('A &amp; B &lt;Haus&gt; &quot;1&quot;');
    expect(html).not.toContain('<Haus>');
  });

  it.each([
    ['Kim Probe', 'Hello Kim Probe,'],
    ['山田 花子', 'Hello 山田 花子,'],
    ['Dr. O’Neill-Größe', 'Hello Dr. O’Neill-Größe,'],
    ['Win at evil.example', 'Hello,'],
    ['http://evil.example', 'Hello,'],
    ['<script>alert(1)</script>', 'Hello,'],
    ['{{constructor}}', 'Hello,'],
    ['a'.repeat(200), 'Hello,'],
  ])('greets %s with %s', (name, greeting) => {
    const message = aMessage('booked', { client: aClient({ name }) });
    expect(message.text).toContain(`\n${greeting}\n`);
    expect(message.html).toContain(`<bdi>${greeting}</bdi>`);
  });

  it('is not written to a client without a mail address, but the advisor is told', () => {
    const booking = aBooking({ client: aClient({ email: null }) });
    expect(compose(anOccasion({ booking })).map((message) => message.recipient)).toEqual(['staff']);
  });

  it('loads nothing from other servers', () => {
    for (const stage of ['booked', 'moved', 'cancelled'] as const)
      expect(aMessage(stage).html).not.toMatch(/<img|<script|<link|url\(|@import|src=/i);
  });
});

describe('The advisor’s copy', () => {
  it('goes to the advisor in German, without a calendar part, and says what the advisor needs', () => {
    const [copy] = staffMails(compose(anOccasion({ booking: aBooking(reader('en')) })));
    expect(copy).toMatchObject({ language: 'de', calendar: null, to: { address: anAdvisor().email } });
    for (const fact of ['Kim Probe', 'Aufenthaltsrecht', 'Englisch', 'vor Ort', 'K7MQ-4XWT', '09:00–09:30'])
      expect(copy?.text).toContain(fact);
    expect(copy?.text).toContain('https://termine.example/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962');
    expect(copy?.text).not.toContain('/b/');
    expect(copy?.text).not.toContain('kim@client.example');
  });

  it('says the same in HTML and in text', () => {
    for (const copy of staffMails(compose(aLife().moved))) expect(ofHtml(copy.html)).toEqual(words(copy.text));
  });

  it('goes to the new and to the old advisor when the advisor changes', () => {
    const { moved } = aLife();
    const copies = staffMails(compose({ ...moved, booking: { ...moved.booking, advisorId: 'a2' } }));
    expect(copies.map((copy) => [copy.to.address, copy.subject])).toEqual([
      ['a2@expat-desk.example', 'Termin übernommen: Dienstag, 30. März 2027, 09:00 Uhr'],
      ['a1@expat-desk.example', 'Termin abgegeben: Donnerstag, 25. März 2027, 09:00 Uhr'],
    ]);
    expect(new Set(copies.map((copy) => copy.messageId)).size).toBe(2);
  });

  it('gives the reason for a reassignment that nobody chose: one more consultation fits', () => {
    const event = { type: 'reassigned', by: { kind: 'system' }, reason: null } as const;
    const copies = staffMails(
      compose(anOccasion({ event, before: aBooking(), booking: aBooking({ advisorId: 'a2' }) })),
    );
    expect(copies.map(({ text }) => /^Diesen Termin .*$/m.exec(text)?.[0])).toEqual([
      expect.stringContaining('haben jetzt Sie, damit ein weiterer Platz hat.'),
      expect.stringContaining('hat jetzt jemand anderes, damit ein weiterer Platz hat.'),
    ]);
  });

  it('is left out for an advisor who is no longer there', () => {
    expect(staffMails(compose(anOccasion({ booking: aBooking({ advisorId: 'gone' }) })))).toEqual([]);
  });
});

describe('Every mail', () => {
  const all = Object.values(aLife()).flatMap((occasion) => compose(occasion));

  it('has a subject without personal data or the topic', () => {
    for (const { subject } of all) expect(subject).not.toMatch(/Kim|Probe|K7MQ|Residence|Aufenthalt|Ada|@/);
  });

  it('calls the appointment Termin in German', () => {
    const german = Object.values(aLife(reader('de'))).flatMap((occasion) => compose(occasion));
    for (const { subject, text } of [...all, ...german].filter(({ language }) => language === 'de'))
      for (const line of [subject, ...text.split('\n')]) expect(line).not.toMatch(/\bBeratung(en)?\b/);
  });

  it('has a Message-ID that no other mail has', () => {
    expect(new Set(all.map((message) => message.messageId)).size).toBe(all.length);
  });

  it('comes from the desk’s own mailbox, where answers go', () => {
    for (const { from, replyTo } of all) {
      expect(from).toEqual({ name: 'Expat Service Desk', address: 'beratung@expat-desk.example' });
      expect(replyTo).toEqual(from);
    }
  });

  it.each([
    ['termine@city.example', 'Expat Service Desk'],
    ['Stadt Musterhausen <termine@city.example>', 'Stadt Musterhausen'],
    ['"Amt, Musterhausen" <termine@city.example>', 'Amt, Musterhausen'],
  ])('comes from %s if that was set at booking, as does the invitation', (mailFrom, name) => {
    const booking = aBooking({ organizer: organizerAddress({ mailFrom }, aDesk()) });
    const message = clientMail(aMailWriter({ mailFrom })(anOccasion({ booking })));
    expect(message.from).toEqual({ name, address: 'termine@city.example' });
    expect(message.replyTo.address).toBe('beratung@expat-desk.example');
    expect(message.messageId).toMatch(/@city\.example>$/);
    expect(message.calendar?.content).toContain('mailto:termine@city.example');
  });

  it.each(['noreply', 'no-reply', 'NoReply+termine', 'do-not-reply', 'donotreply', 'keine-antwort', 'nicht-antworten'])(
    'never has %s as ORGANIZER, which nobody reads',
    (local) => {
      expect(organizerAddress({ mailFrom: `${local}@city.example` }, aDesk())).toBe('beratung@expat-desk.example');
      expect(senderAddress({ mailFrom: `${local}@city.example` }, aDesk())).toBe(`${local}@city.example`);
    },
  );

  it.each(['nora', 'termine', 'noreen.reply', 'antwort'])('may have %s as ORGANIZER', (local) => {
    expect(organizerAddress({ mailFrom: `${local}@city.example` }, aDesk())).toBe(`${local}@city.example`);
  });

  it('is one thread for each advisor, too', () => {
    const [copy] = staffMails(compose(aLife().moved));
    const [first] = staffMails(compose(aLife().booked));
    expect([first?.thread, copy?.thread]).toEqual([null, first?.messageId]);
  });

  it('comes from the present sender, unless it contains the booking’s invitation', () => {
    const later = aMailWriter({ mailFrom: 'Stadt Musterhausen <noreply@city.example>' });
    const link = anOccasion({ event: { type: 'link' } });
    for (const { from, messageId } of [...staffMails(later(anOccasion())), clientMail(later(link))]) {
      expect(from).toEqual({ name: 'Stadt Musterhausen', address: 'noreply@city.example' });
      expect(messageId).toMatch(/@city\.example>$/);
    }
    const { from, messageId } = clientMail(later(anOccasion()));
    expect(from).toEqual({ name: 'Stadt Musterhausen', address: 'beratung@expat-desk.example' });
    expect(messageId).toMatch(/@expat-desk\.example>$/);
  });

  it('is the same when it is written twice', () => {
    expect(compose(aLife().moved)).toEqual(compose(aLife().moved));
  });

  it('is not written to a text that is not exactly one address', () => {
    const client = aClient({ email: 'a@b.example, c@d.example' });
    expect(() => compose(anOccasion({ booking: aBooking({ client }) }))).toThrow('invalid');
  });

  it('prints a topic’s name even if it looks like a template', () => {
    const desk = aDesk({ topics: [aTopic({ name: { en: '{{7*7}} $t(mail.price)' } })] });
    expect(clientMail(compose(anOccasion({ desk }))).text).toContain('{{7*7}} $t(mail.price)');
  });
});
