import { MAX_QUESTIONS } from '../../../../src/domain/booking/questions';
import { type TestApp, testApp } from '../../../support/app';
import { aDeskThatAsks, aQuestion } from '../../../support/builders';
import { type Browser, hiddenFields as escapedFields, signedInAs, wordsIn } from '../../../support/staff';

const TOPIC = '/staff/expat-desk/topics/residence';
const NEW = `${TOPIC}/new-question`;
const at = (id: string) => `${TOPIC}/questions/${id}`;
const GOAL = {
  ...aQuestion({ id: 'goal', kind: 'choice' }),
  label: { de: 'Wozu?', en: 'What for?' },
  choices: [
    { id: 'work', label: { de: 'Arbeit', en: 'Work', vi: 'Việc làm' } },
    { id: 'study', label: { de: 'Studium', en: 'Study' } },
  ],
};
const CHOICE = {
  ...{ kind: 'choice', audience: 'client', keepDays: '14' },
  ...{ 'label.de': 'Größe der Familie', 'label.en': 'Size of the family', 'hint.de': 'Mit Ihnen' },
  ...{ 'hint.en': 'You included', 'choices.de': 'Allein\n Zu zweit ', 'choices.en': 'Alone\r\nTwo' },
};

const TEXT = { kind: 'text', audience: 'client', keepDays: '7', 'label.de': 'Seit wann?', 'label.en': 'Since when?' };

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp({ desks: [aDeskThatAsks([aQuestion(), GOAL])] });
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

/** The fields that the first of the forms that go to this address says unseen. */
function hiddenFields(html: string, address: string): Record<string, string> {
  const plain = (text: string) =>
    text
      .replace(/&quot;/g, '"')
      .replace(/&#x3D;/g, '=')
      .replace(/&#10;/g, '\n')
      .replace(/&amp;/g, '&');
  return Object.fromEntries(Object.entries(escapedFields(html, address)).map(([name, text]) => [name, plain(text)]));
}
const opened = async (address: string) => hiddenFields((await manager.get(address).expect(200)).text, address);

async function save(address: string, begun: Record<string, string>, fields: Record<string, string>) {
  const { text } = await manager.post(address, { ...begun, ...fields, step: 'preview' });
  return manager.post(address, { ...hiddenFields(text, address), step: 'save' });
}

/** Presses a button of the list. */
const press = async (id: string, step: string) => manager.post(at(id), { ...(await opened(at(id))), step }).expect(303);

const topic = async () => (await app.storage.desks.topics('expat-desk')).find(({ part }) => part.id === 'residence');
const questions = async () => (await topic())?.part.questions ?? [];
const asked = async () => (await questions()).map(({ id, retired }) => (retired ? `(${id})` : id)).join(' ');

/** The fields of the form of a stored question. */
const GOAL_FIELDS = {
  ...{ audience: 'client', keepDays: '7', 'label.de': 'Wozu?', 'label.en': 'What for?' },
  ...{ 'choices.de': 'Arbeit\nStudium', 'choices.en': 'Work\nStudy' },
};

describe('The page of a question', () => {
  it('shows how clients will be asked, and enters the question when it is saved', async () => {
    const { text } = await manager.post(NEW, { ...(await opened(NEW)), ...CHOICE, step: 'preview' });
    expect(wordsIn(text)).toMatch(
      /So werden Kundinnen und Kunden gefragt.*Größe der Familie \(freiwillig\) Mit Ihnen Allein Zu zweit/,
    );
    expect(wordsIn(text)).toMatch(/Size of the family \(optional\) You included Alone Two/);
    expect(await asked()).toBe('visa goal');
    const { headers } = await manager.post(NEW, { ...hiddenFields(text, NEW), step: 'save' }).expect(303);
    expect(wordsIn((await manager.get(headers.location ?? '')).text)).toContain('Gespeichert: Größe der Familie');
    expect((await questions()).at(-1)).toEqual({
      ...{ id: 'groesse-der-familie', kind: 'choice', required: false, max: null, keepDays: 14, audience: 'client' },
      label: { de: 'Größe der Familie', en: 'Size of the family' },
      hint: { de: 'Mit Ihnen', en: 'You included' },
      choices: [
        { id: 'allein', label: { de: 'Allein', en: 'Alone' } },
        { id: 'zu-zweit', label: { de: 'Zu zweit', en: 'Two' } },
      ],
    });
    expect(await topic()).toMatchObject({ version: 2, origin: 'staff' });
  });

  it.each([
    ['a choice', CHOICE, 'groesse-der-familie'],
    ['a text', TEXT, 'seit-wann'],
  ])('enters one question where the button is pressed twice (%s)', async (_, fields, id) => {
    const { text } = await manager.post(NEW, { ...(await opened(NEW)), ...fields, step: 'preview' });
    for (const _press of 'xx') await manager.post(NEW, { ...hiddenFields(text, NEW), step: 'save' }).expect(303);
    expect(await asked()).toBe(`visa goal ${id}`);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['no English text', { 'label.en': '' }, /Hier fehlt der Text/],
    ['a single choice', { 'choices.de': 'Allein', 'choices.en': 'Alone' }, /Mindestens zwei Zeilen/],
    ['the same choice twice', { 'choices.de': 'Allein\nAllein' }, /Mindestens zwei Zeilen, jede einmal/],
    ['fewer choices in English', { 'choices.en': 'Alone' }, /So viele Zeilen wie auf Deutsch/],
    ['fewer choices in Turkish', { 'choices.tr': 'Bir' }, /So viele Zeilen wie auf Deutsch/],
    ['choices of a text', { kind: 'text' }, /nur mit der Art „Auswahl“/],
    ['a length of a choice', { max: '10' }, /nur für Texte/],
    ['no days', { keepDays: 'lange' }, /Eine Zahl von 0 bis 3650/],
    ['another kind', { kind: 'song' }, /Eine der vier Arten/],
  ])('refuses %s beside the field, and keeps what was typed', async (_, wrong, says) => {
    const fields = { ...(await opened(NEW)), ...CHOICE, ...wrong, step: 'save' };
    const { text } = await manager.post(NEW, fields);
    expect(wordsIn(text)).toMatch(says);
    expect(text).toContain('value="Größe der Familie"');
    expect(await asked()).toBe('visa goal');
  });

  it('keeps a choice that is reworded in one language or has another place, and takes any other for a new one', async () => {
    const lines = { 'choices.de': 'Studium\nBeruf\nFamilie', 'choices.en': 'Study\nWork\nFamily' };
    const { status } = await save(at('goal'), await opened(at('goal')), { ...GOAL_FIELDS, ...lines });
    expect(status).toBe(303);
    expect((await questions())[1]?.choices).toEqual([
      { id: 'study', label: { de: 'Studium', en: 'Study' } },
      { id: 'work', label: { de: 'Beruf', en: 'Work', vi: 'Việc làm' } },
      { id: 'familie', label: { de: 'Familie', en: 'Family' } },
    ]);
  });

  it('keeps the kind of a question that there is', async () => {
    const fields = { ...GOAL_FIELDS, kind: 'text', required: 'true' };
    await save(at('goal'), await opened(at('goal')), fields);
    expect((await questions())[1]).toMatchObject({ kind: 'choice', required: true });
  });

  it('asks no more, offers to take that back, and asks again', async () => {
    const left = await press('visa', 'leave');
    expect(await asked()).toBe('goal (visa)');
    const { text } = await manager.get(left.headers.location ?? '');
    expect(wordsIn(text)).toMatch(/Wird nicht mehr gefragt: Welches Visum haben Sie\? .*Rückgängig/);
    await manager.post(at('visa'), { ...hiddenFields(text, at('visa')) }).expect(303);
    expect(await asked()).toBe('goal visa');
  });

  it('takes a new id, where a question that is asked no more has the name', async () => {
    await press('goal', 'leave');
    await save(NEW, await opened(NEW), { ...CHOICE, 'label.de': 'goal' });
    expect(await asked()).toBe('visa goal-2 (goal)');
  });

  it('moves a question up and down', async () => {
    await press('goal', 'earlier');
    expect(await asked()).toBe('goal visa');
    await press('goal', 'later');
    expect(await asked()).toBe('visa goal');
  });

  it.each(['earlier', 'leave'])('answers 412 to "%s" after somebody else has changed the topic', async (step) => {
    const begun = await opened(at('visa'));
    await press('goal', 'earlier');
    await manager.post(at('visa'), { ...begun, step }).expect(412);
    expect(await asked()).toBe('goal visa');
  });

  it('asks which text holds that two managers have changed', async () => {
    const begun = await opened(at('goal'));
    await save(at('goal'), begun, { ...GOAL_FIELDS, 'label.de': 'Warum?', keepDays: '9' });
    const mine = { ...begun, ...GOAL_FIELDS, 'label.de': 'Weshalb?', required: 'true', step: 'save' };
    const { text } = await manager.post(at('goal'), mine);
    expect(wordsIn(text)).toMatch(/Jemand war schneller.*Frage \(Deutsch\).*Weshalb\?.*Warum\?/);
    expect((await questions())[1]).toMatchObject({ label: { de: 'Warum?' }, keepDays: 9, required: false });
  });

  it('asks reception alone where that was chosen, and says so before it is saved', async () => {
    const { text } = await manager.post(NEW, { ...(await opened(NEW)), ...TEXT, audience: 'staff', step: 'preview' });
    expect(wordsIn(text)).toContain('So wird der Empfang gefragt');
    await manager.post(NEW, { ...hiddenFields(text, NEW), step: 'save' }).expect(303);
    expect((await questions()).at(-1)).toMatchObject({ id: 'seit-wann', audience: 'staff', max: 500 });
    expect(wordsIn((await manager.get(TOPIC)).text)).toContain('nur für den Empfang');
  });

  it('offers no further question where a topic asks as much as it can, and refuses one', async () => {
    const begun = await opened(NEW);
    const many = Array.from({ length: MAX_QUESTIONS }, (_, i) => aQuestion({ id: `q${i}` }));
    const { part } = (await topic()) ?? {};
    if (!part) throw new Error('no topic');
    await app.storage.write(({ desks }) => desks.putTopic('expat-desk', { ...part, questions: many }, 'staff'));
    const { text } = await manager.get(TOPIC);
    expect(wordsIn(text)).toContain(`Mehr als ${MAX_QUESTIONS} Fragen beantwortet niemand`);
    expect(text).not.toContain(`href="${NEW}"`);
    const refused = await manager.post(NEW, { ...begun, ...TEXT, step: 'save' });
    expect(wordsIn(refused.text)).toContain('Dieses Thema fragt schon so viel wie möglich.');
    expect(await questions()).toHaveLength(MAX_QUESTIONS);
  });
});
