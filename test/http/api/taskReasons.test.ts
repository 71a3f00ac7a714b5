import { anAdvisor, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book } from './apiClient';

const DESK = '/staff/desks/expat-desk';

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp();
  manager = await api.as('manager');
});
afterEach(() => api.close());

const CHANGES: readonly [name: string, says: RegExp, change: (advisorId: string) => Promise<unknown>][] = [
  [
    'the desk is closed',
    /closed at its time/,
    () =>
      api.post(
        `${DESK}/exceptions`,
        { from: '2026-12-01', to: '2026-12-02', closed: true, reason: { de: 'x', en: 'y' } },
        manager,
      ),
  ],
  [
    'the advisor is away',
    /advisor is away/,
    (id) =>
      api.post(
        `/staff/advisors/${id}/absences`,
        { start: '2026-12-01T08:00:00+01:00', end: '2026-12-01T12:00:00+01:00' },
        manager,
      ),
  ],
  ['the topic is offered no more', /topic is not offered any more/, () => putTopic({ retired: true })],
  [
    'the advisor does not speak the language any more',
    /does not cover its topic, speak its language or give consultations in its mode/,
    (id) => putAdvisor(anAdvisor({ id, languages: ['de'] })),
  ],
  [
    'the advisor works at other times',
    /does not work at its time/,
    (id) =>
      putAdvisor(anAdvisor({ id, workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=WE', start: '09:00', end: '12:00' }] })),
  ],
];
const putTopic = (part: { retired: boolean }) =>
  api.storage.desks
    .topics('expat-desk')
    .then((all) => all.find(({ part: { id } }) => id === 'residence'))
    .then((entry) =>
      api.app.changeTopic({
        who: { kind: 'system' },
        deskId: 'expat-desk',
        topic: { ...aTopic(), ...entry?.part, ...part },
        seen: undefined,
      }),
    );
const putAdvisor = (advisor: ReturnType<typeof anAdvisor>) =>
  api.app.changeAdvisor({ who: { kind: 'system' }, deskId: 'expat-desk', advisor, seen: undefined });

describe('A task about a booking to which nobody attends', () => {
  it.each(CHANGES)('says in words that %s', async (_, says, change) => {
    const { id } = await book(api);
    const booking = await api.storage.bookings.find(id);
    await change(booking?.advisorId ?? '');
    const { tasks } = (await api.get(`${DESK}/tasks`, manager).expect(200)).body;
    expect(tasks).toMatchObject([{ kind: 'outside_hours', booking: id, reason: expect.stringMatching(says) }]);
  });
});
