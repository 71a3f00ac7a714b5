import { applyDesks } from '../../../src/app/desks/applyDesks';
import { randomIds } from '../../../src/identity/ids';
import { aDesk, aPartner, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, problem } from './apiClient';

const DESK = '/staff/desks/expat-desk';
const AT = `${DESK}/partners`;
const CHAMBER = {
  name: { de: 'Kammer', en: 'Chamber', tr: 'Oda' },
  description: { de: 'Prüft Abschlüsse.', en: 'Checks qualifications.' },
  phone: '+49 221 4710 302',
  website: 'https://kammer.example/',
  hours: { de: 'Vormittags', en: 'In the mornings' },
};
const NEW = { 'If-None-Match': '*' };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  const topics = [aTopic({ partners: ['authority'] }), aTopic({ id: 'career' })];
  const partners = [aPartner(), aPartner({ id: 'agency', bring: { de: 'Zeugnisse', en: 'Certificates' } })];
  api = await apiApp({ desks: [aDesk({ topics, partners }), aDesk({ id: 'wuppertal' })] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const seen = (version: unknown) => ({ ...manager, 'If-Match': `"${version}"` });
const listed = async () => (await api.get(AT, manager).expect(200)).body.partners;
const read = async (id: string) => (await api.get(`${AT}/${id}`, manager).expect(200)).body;
/** A part as it is read, as it is sent back. */
const sent = ({ id: _, version: _v, origin: _o, missing: _m, ...body }: Record<string, unknown>) => body;
const told = async () => (await api.get('/desks/expat-desk')).body;
const namedBy = async (topic: string) =>
  (await told()).topics.find(({ id }: { id: string }) => id === topic).partners as string[];

describe('Partners', () => {
  it('are listed in the order of the desk, each with its version and with what is missing in which language', async () => {
    const [authority, agency] = await listed();
    expect([authority.id, agency.id]).toEqual(['authority', 'agency']);
    expect(authority).toMatchObject({ origin: 'file', version: 1, retired: false, phone: null });
    expect(agency.missing.tr).toEqual(['name', 'description', 'bring']);
    const one = await api.get(`${AT}/authority`, manager).expect(200);
    expect([one.headers.etag, one.body]).toEqual(['"1"', authority]);
  });

  it('are told to everybody with the desk, and by the topics that lead on to them', async () => {
    const { partners } = await told();
    expect(partners[0]).toEqual(aPartner());
    expect([await namedBy('residence'), await namedBy('career')]).toEqual([['authority'], []]);
  });

  it('can be sent back as they were read, which changes nothing but the version', async () => {
    const partner = await read('agency');
    const { body, headers } = await api.put(`${AT}/agency`, sent(partner), seen(1)).expect(200);
    expect(body).toMatchObject({ outcome: 'changed', version: 2, changes: [], affected: [] });
    expect(headers.etag).toBe('"2"');
    expect(await read('agency')).toEqual({ ...partner, origin: 'staff', version: 2 });
  });

  it('are entered, and named by a topic', async () => {
    const { body } = await api.put(`${AT}/chamber`, CHAMBER, { ...manager, ...NEW }).expect(201);
    expect(body).toMatchObject({ outcome: 'entered', version: 1, changes: [{ kind: 'added', at: 'partner chamber' }] });
    const career = sent((await api.get(`${DESK}/topics/career`, manager)).body);
    const naming = { ...career, partners: ['chamber', 'authority'] };
    await api.put(`${DESK}/topics/career`, naming, seen(1)).expect(200);
    expect(await namedBy('career')).toEqual(['authority', 'chamber']);
    const unknown = await api.put(`${DESK}/topics/career`, { ...career, partners: ['nobody'] }, seen(2));
    expect(problem(unknown, 422, 'invalid').errors).toMatchObject([{ pointer: '/partners/0' }]);
  });

  it.each([
    ['without If-Match', {}, 428, 'version-required'],
    ['with the version before the last', { 'If-Match': '"1"' }, 412, 'version-moved-on'],
    ['as new, though it is there', { 'If-None-Match': '*' }, 412, 'version-moved-on'],
  ])('are not changed %s', async (_, headers, status, code) => {
    await api.put(`${AT}/agency`, sent(await read('agency')), seen(1)).expect(200);
    const before = await listed();
    problem(await api.put(`${AT}/agency`, CHAMBER, { ...manager, ...headers }), status, code);
    if (!('If-None-Match' in headers)) problem(await api.del(`${AT}/agency`, { ...manager, ...headers }), status, code);
    expect(await listed()).toEqual(before);
  });

  it('are retired if a topic names them: it falls away there, and stands there again when it is brought back', async () => {
    const { body } = await api.del(`${AT}/authority`, seen(1)).expect(200);
    expect(body).toMatchObject({ outcome: 'retired', version: 2 });
    expect([await namedBy('residence'), (await told()).partners.map(({ id }: { id: string }) => id)]).toEqual([
      [],
      ['agency'],
    ]);
    // The topic is changed meanwhile, by somebody who does not name it.
    const residence = sent((await api.get(`${DESK}/topics/residence`, manager)).body);
    const changed = await api.put(`${DESK}/topics/residence`, { ...residence, partners: ['agency'] }, seen(1));
    expect(changed.body).toMatchObject({ changes: [{ at: 'topic residence: partners', after: ['agency'] }] });
    await api.put(`${AT}/authority`, { ...sent(await read('authority')), retired: false }, seen(2)).expect(200);
    expect(await namedBy('residence')).toEqual(['authority', 'agency']);
  });

  it('are deleted if no topic names them', async () => {
    const { body } = await api.del(`${AT}/agency`, seen(1)).expect(200);
    expect(body).toMatchObject({ outcome: 'deleted', version: null });
    await api.get(`${AT}/agency`, manager).expect(404);
  });

  it('tell what a change would do, and do nothing, in a dry run', async () => {
    const before = await api.dump('partner');
    const { body } = await api.put(`${AT}/agency?dryRun=true`, CHAMBER, seen(1)).expect(200);
    expect(body.changes).toContainEqual(expect.objectContaining({ at: 'partner agency: phone', after: CHAMBER.phone }));
    expect(await api.dump('partner')).toEqual(before);
  });

  it.each([
    ['an id in the body', { ...CHAMBER, id: 'chamber' }, '/id'],
    ['no German name', { ...CHAMBER, name: { en: 'Chamber' } }, '/name/de'],
    ['a website without https', { ...CHAMBER, website: 'http://kammer.example/' }, '/website'],
    ['a website that is a script', { ...CHAMBER, website: 'javascript:alert(1)' }, '/website'],
    ['no phone number', { ...CHAMBER, phone: 'call us' }, '/phone'],
    ['a desk that is not there', { ...CHAMBER, bookingDesk: 'nowhere' }, '/bookingDesk'],
    ['its own desk', { ...CHAMBER, bookingDesk: 'expat-desk' }, '/bookingDesk'],
    [
      'two ways of booking',
      { ...CHAMBER, bookingDesk: 'wuppertal', bookingUrl: 'https://kammer.example/x' },
      '/bookingDesk',
    ],
  ])('are refused with %s', async (_, body, pointer) => {
    const { errors } = problem(await api.put(`${AT}/chamber`, body, { ...manager, ...NEW }), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('may be booked at another desk', async () => {
    await api.put(`${AT}/chamber`, { ...CHAMBER, bookingDesk: 'wuppertal' }, { ...manager, ...NEW }).expect(201);
    expect((await told()).partners.at(-1)).toMatchObject({ id: 'chamber', bookingDesk: 'wuppertal' });
  });

  it('are read by everybody at the desk, and changed by managers', async () => {
    const receptionist = await api.as('receptionist');
    await api.get(AT, receptionist).expect(200);
    problem(await api.put(`${AT}/chamber`, CHAMBER, { ...receptionist, ...NEW }), 403, 'forbidden');
  });
});

describe('A desk file that comes later', () => {
  it('leaves alone the partners that staff changed, takes the rest over, and retires what it no longer names', async () => {
    await api.put(`${AT}/agency`, CHAMBER, seen(1)).expect(200);
    const partners = [aPartner({ phone: '115' }), aPartner({ id: 'agency' }), aPartner({ id: 'new' })];
    const apply = applyDesks({ storage: api.storage, now: api.clock.now, ids: randomIds });
    await apply([aDesk({ partners })], { apply: true });
    const state = async () =>
      (await listed()).map((each: Record<string, unknown>) => [each.id, each.phone, each.version, each.retired]);
    expect(await state()).toEqual([
      ['authority', '115', 2, false],
      ['agency', CHAMBER.phone, 2, false],
      ['new', null, 1, false],
    ]);
    await apply([aDesk({ partners: partners.slice(0, 1) })], { apply: true });
    expect(await state()).toEqual([
      ['authority', '115', 2, false],
      ['agency', CHAMBER.phone, 2, false],
      ['new', null, 2, true],
    ]);
  });
});
