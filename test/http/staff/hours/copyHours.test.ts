import { testApp } from '../../../support/app';
import { aDesk } from '../../../support/builders';
import { hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const COPY = '/staff/expat-desk/hours/copy';

describe('The rules of another desk', () => {
  it('are shown with what they would change here, and taken over', async () => {
    const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '10:00', end: '12:00' }];
    const other = aDesk({ id: 'wuppertal', name: { de: 'Servicestelle', en: 'Service point' } });
    const app = await testApp({ desks: [aDesk(), { ...other, hours: { ...other.hours, rules } }] });
    const manager = await signedInAs(app, { role: 'manager' });
    const first = (await manager.get(COPY).expect(200)).text;
    const chosen = { ...hiddenFields(first, COPY), step: 'preview', other: 'wuppertal' };
    const page = (await manager.post(COPY, chosen).expect(200)).text;
    expect(wordsIn(page)).toMatch(
      /jeden Dienstag von 10 bis 12 Uhr.*Mittwoch, 25. November 2026 09:00–17:00 geschlossen/,
    );
    const own = page.slice(page.indexOf('id="preview"'));
    await manager.post(COPY, { ...hiddenFields(own, COPY), step: 'enter' }).expect(303);
    expect((await app.storage.desks.find('expat-desk'))?.hours.rules).toEqual(rules);
    expect((await app.storage.hoursVersions.latest('expat-desk'))?.why).toBe('übernommen von Servicestelle');
    await app.close();
  });
});
