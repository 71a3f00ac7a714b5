import { screenToken } from '../../../../src/app/queue/readQueue';
import { MINUTE } from '../../../../src/domain/calendar/interval';
import type { Desk } from '../../../../src/domain/desk';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aReceptionist } from '../../../support/builders';
import { aBrowser, type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const QUEUE = '/staff/expat-desk/queue';
const CAME = { do: 'add', topic: 'residence', language: 'en' };

let app: TestApp;
let receptionist: Browser;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
});
afterEach(() => app.close());

const read = async (path = QUEUE, who = receptionist) => (await who.get(path).expect(200)).text;
/** Sends a form of the page. */
const send = async (fields: Record<string, string>, who = receptionist) =>
  who.post(QUEUE, { ...hiddenFields(await read(QUEUE, who), QUEUE), ...fields });
/** Returns the page that is shown after that. */
const shown = async (fields: Record<string, string>, who = receptionist) => {
  const { text, headers } = await send(fields, who);
  return headers.location ? read(headers.location, who) : text;
};
const waits = async () => (await app.app.readQueue(aReceptionist(), 'expat-desk')).people;

describe('The waiting room', () => {
  it('says that nobody waits, and is in the navigation', async () => {
    const text = await read();
    expect(wordsIn(text)).toContain('Niemand wartet.');
    expect(text).toMatch(/href="\/staff\/expat-desk\/queue" aria-current="page">Warteraum/);
  });

  it('puts somebody into the line, says when it is their turn, and has their ticket', async () => {
    const { headers } = await send({ ...CAME, name: 'Ola Wartend', urgent: 'Frist heute' });
    expect(headers.location).toBe(`${QUEUE}?done=W1`);
    const text = await read(headers.location);
    expect(wordsIn(text)).toMatch(/W1 steht in der Reihe: Platz 1, etwa um 10:00\./);
    expect(wordsIn(text)).toMatch(/W1 Ola Wartend dringend: Frist heute ohne Termin · Aufenthaltsrecht, Englisch/);
    const [, ticket = ''] = /href="(\/q\/[\w-]+)" aria-label="Zettel für W1"/.exec(text) ?? [];
    const phone = aBrowser(app);
    const page = await phone.get(ticket).set('Accept-Language', 'de').expect(200);
    expect(page.headers.refresh).toBe('30');
    expect(wordsIn(page.text)).toMatch(/Your number W1 Please wait\. You are next\. It is your turn at about 10:00\./);
    expect(page.text).not.toMatch(/Ola|Frist/);
    expect(page.text).toMatch(/<path d="M4 4h1v1h-1z/);
  });

  it('counts who is before somebody, and how long they may have to wait', async () => {
    for (const _ of [1, 2, 3]) await send(CAME);
    const { entry } = (await waits()).at(-1) ?? {};
    const page = await aBrowser(app)
      .get(`/q/${app.deps.tokens.tokenFor(entry?.id ?? '')}?lang=de`)
      .expect(200);
    expect(wordsIn(page.text)).toMatch(
      /W3 Bitte warten Sie\. Vor Ihnen sind noch 2 Personen\. Sie sind etwa um 10:30 an der Reihe, wahrscheinlich zwischen 10:21 und 10:42\./,
    );
  });

  it('calls, begins, ends and undoes, and each page says so', async () => {
    await send(CAME);
    const [{ id = '' } = {}] = await waits();
    for (const [step, said] of [
      ['call', 'W1 ist aufgerufen.'],
      ['miss', 'W1 wartet wieder.'],
      ['undo', 'W1 ist aufgerufen.'],
      ['start', 'Die Beratung von W1 läuft.'],
      ['finish', 'Die Beratung von W1 ist fertig.'],
    ] as const) {
      expect(wordsIn(await shown({ do: 'step', id, step }))).toContain(said);
    }
    expect(wordsIn(await read())).toMatch(/Niemand wartet\. Fertig oder gegangen \(1\) W1/);
  });

  it('says that somebody else was faster', async () => {
    await send(CAME);
    const [{ id = '' } = {}] = await waits();
    await app.app.stepInQueue({ who: aReceptionist(), id, what: 'leave' });
    expect(wordsIn(await shown({ do: 'step', id, step: 'call' }))).toContain(
      'Das ging nicht: Jemand anderes war schneller.',
    );
  });

  it('calls the next person for an advisor, who has one button for it', async () => {
    await send(CAME);
    const advisor = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
    const text = await read(QUEUE, advisor);
    expect(text).toContain('name="advisor" value="a1"');
    expect(text).not.toContain('id="advisor"');
    const next = { do: 'next', advisor: 'a1' };
    expect(wordsIn(await shown(next, advisor))).toMatch(/W1 ist aufgerufen.* mit Ada Beispiel/);
    expect(wordsIn(await shown(next, advisor))).toContain('Niemand wartet, den Ada Beispiel jetzt');
    expect(wordsIn(await shown({ ...next, advisor: 'x' }))).toContain('Diese Person berät hier nicht.');
  });

  it('takes a form that is sent twice once, and one that was filled in anew as somebody else', async () => {
    const form = { ...hiddenFields(await read(), QUEUE), ...CAME, key: 'the-same' };
    for (const name of ['Ola', 'Ola', 'Kim']) await receptionist.post(QUEUE, { ...form, name }).expect(303);
    expect((await waits()).map(({ number, entry }) => [number, entry?.name])).toEqual([
      ['W1', 'Ola'],
      ['W2', 'Kim'],
    ]);
  });

  it('says that nobody speaks the language about the topic, and keeps what was typed', async () => {
    const text = await shown({ ...CAME, language: 'uk', name: 'Ola' });
    expect(wordsIn(text)).toContain('Über dieses Thema berät hier niemand in dieser Sprache.');
    expect(text).toContain('value="Ola"');
  });

  it('marks who waits for long, and for too long', async () => {
    await send(CAME);
    for (const [minutes, tone] of [
      [19, undefined],
      [20, 'long'],
      [40, 'too-long'],
    ] as const) {
      app.clock.set('2026-11-24T10:00:00+01:00');
      app.clock.advance(minutes * MINUTE);
      const text = await read();
      expect(text).toContain(`${minutes} Min.`);
      expect(/queue-wait--([\w-]+)/.exec(text)?.[1]).toBe(tone);
    }
  });

  it('has appointments that are here, with a link to the booking', async () => {
    const { id, reference } = await booked(app);
    app.clock.set('2026-12-01T08:50:00+01:00');
    const who = await signedInAs(app, { email: 'second@expat-desk.example' });
    await app.app.recordAttendance({ bookingId: id, what: 'check-in', who: aReceptionist() });
    const text = await read(QUEUE, who);
    expect(text).toContain(`href="/staff/bookings/${id}"`);
    expect(wordsIn(text)).toMatch(new RegExp(`${reference.split('-')[0]} .* Termin 09:00 mit Ada Beispiel`));
    expect(wordsIn(await shown({ do: 'step', id, step: 'call' }, who))).toContain('ist aufgerufen.');
  });
});

describe('At closing time', () => {
  it('offers three starts to whoever cannot be seen today, each on the page that books it', async () => {
    app.clock.set('2026-11-24T16:45:00+01:00');
    const evening = await signedInAs(app, { email: 'evening@expat-desk.example' });
    await send(CAME, evening);
    const text = await read(QUEUE, evening);
    expect(wordsIn(text)).toMatch(
      /Heute reicht die Zeit nicht mehr\. Sie können anbieten: Mittwoch, 25\. November 2026.*09:00/,
    );
    const hrefs = [...text.matchAll(/href="(\/staff\/expat-desk\/bookings\/new\?[^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
    expect(hrefs).toHaveLength(3);
    const page = await read(hrefs[1], evening);
    expect(page).toMatch(/value="2026-11-25T09:30:00\+01:00"[^>]* checked/);
    app.clock.set('2026-11-24T15:00:00+01:00');
    expect(await read(QUEUE, evening)).not.toContain('Sie können anbieten');
  });
});

describe('The screen of the waiting room', () => {
  it('shows numbers only, and renews itself', async () => {
    await send({ ...CAME, name: 'Ola Wartend' });
    await send({ ...CAME, name: 'Kim Wartend' });
    await send({ do: 'next', advisor: 'a1' });
    const [, href = ''] = /href="(\/screen\/[\w-]+)"/.exec(await read()) ?? [];
    const { text, headers } = await aBrowser(app).get(href).expect(200);
    expect(headers.refresh).toBe('5');
    expect(wordsIn(text)).toMatch(/W1 .*W2/);
    expect(wordsIn(text)).not.toContain('Zimmer');
    expect(text).not.toContain('Wartend');
    await aBrowser(app).get('/screen/another').expect(404);
  });

  it('shows the door of whoever has called, and so does the ticket', async () => {
    const desk = (await app.storage.desks.find('expat-desk')) as Desk;
    const advisors = desk.advisors.map((each) => ({ ...each, door: 'Zimmer 2' }));
    await app.storage.write(({ desks }) => desks.replace({ ...desk, advisors }));
    await send(CAME);
    await send({ do: 'next', advisor: 'a1' });
    const [{ id = '' } = {}] = await waits();
    const tokens = app.deps.tokens;
    for (const path of [`/q/${tokens.tokenFor(id)}`, `/screen/${screenToken(tokens, 'expat-desk')}`])
      expect(wordsIn((await aBrowser(app).get(path).expect(200)).text)).toContain('W1 Zimmer 2');
  });
});
